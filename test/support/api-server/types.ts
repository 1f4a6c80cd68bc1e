/** An object of the API, as it is written; `metadata` gains uid, resourceVersion and the like once it is stored. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A type of object that the server knows. The plural is its name everywhere in the tests: no two groups share one. */
export interface ResourceType {
  readonly plural: string;
  readonly short?: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly hasStatus: boolean;
  /** All that may be served, oldest first. */
  readonly groupVersions: readonly string[];
}

const namespaced = { isNamespaced: true, hasStatus: false };
const clusterWide = { isNamespaced: false, hasStatus: false };
const CORE = ['v1'];
const INGRESS = ['extensions/v1beta1', 'networking.k8s.io/v1beta1', 'networking.k8s.io/v1'];

export const RESOURCE_TYPES: readonly ResourceType[] = [
  { plural: 'configmaps', short: 'cm', kind: 'ConfigMap', ...namespaced, groupVersions: CORE },
  { plural: 'endpoints', short: 'ep', kind: 'Endpoints', ...namespaced, groupVersions: CORE },
  { plural: 'namespaces', short: 'ns', kind: 'Namespace', ...clusterWide, groupVersions: CORE },
  { plural: 'nodes', short: 'no', kind: 'Node', ...clusterWide, groupVersions: CORE },
  { plural: 'pods', short: 'po', kind: 'Pod', ...namespaced, groupVersions: CORE },
  { plural: 'secrets', kind: 'Secret', ...namespaced, groupVersions: CORE },
  { plural: 'services', short: 'svc', kind: 'Service', ...namespaced, hasStatus: true, groupVersions: CORE },
  { plural: 'ingresses', short: 'ing', kind: 'Ingress', ...namespaced, hasStatus: true, groupVersions: INGRESS },
  { plural: 'ingressclasses', kind: 'IngressClass', ...clusterWide, groupVersions: INGRESS.slice(1) },
  {
    plural: 'endpointslices',
    kind: 'EndpointSlice',
    ...namespaced,
    groupVersions: ['discovery.k8s.io/v1beta1', 'discovery.k8s.io/v1'],
  },
  { plural: 'leases', kind: 'Lease', ...namespaced, groupVersions: ['coordination.k8s.io/v1'] },
];

/** Everything there is, as a server of Kubernetes 1.21 would have it. */
export const ALL_GROUP_VERSIONS: readonly string[] = [...new Set(RESOURCE_TYPES.flatMap(type => type.groupVersions))];

export function typeOfPlural(plural: string): ResourceType {
  const type = RESOURCE_TYPES.find(type => type.plural === plural);
  if (type === undefined) throw new Error(`the scripted API server has no ${plural}`);
  return type;
}

export function typeOfKind(kind: string): ResourceType {
  const type = RESOURCE_TYPES.find(type => type.kind === kind);
  if (type === undefined) throw new Error(`the scripted API server has no kind ${kind}`);
  return type;
}

/** `networking.k8s.io` of `networking.k8s.io/v1`; empty for the core group. */
export function groupOf(groupVersion: string): string {
  return groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : '';
}
