import type { Finding } from '../diagnostics/diagnostic.ts';
import type { FieldPath, FieldRef } from '../diagnostics/place.ts';
import type { PlainObject, PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import type { ReadObject } from '../manifests/document.ts';
import { minorOf } from './kubernetes-release.ts';
import type { KubernetesVersion } from './kubernetes-release.ts';
import { metadataOf } from './metadata.ts';
import { isGiven } from './plain.ts';
import { deprecatedApiVersion, newerField, unservedApiVersion } from './rules/kubernetes-version.ts';

/** From when on a version of a kind is served, and from when on the server advises against it. */
interface Served {
  /** Minor versions of Kubernetes 1. */
  readonly since: number;
  readonly deprecated?: number;
  /** What to write instead. */
  readonly instead?: string;
}

/** Source: Kubernetes, deprecated API migration guide, and the release notes of each version. */
const SERVED: ReadonlyMap<string, Served> = new Map<string, Served>([
  ['Ingress networking.k8s.io/v1', { since: 19 }],
  ['Ingress networking.k8s.io/v1beta1', { since: 14, deprecated: 19, instead: 'networking.k8s.io/v1' }],
  ['Ingress extensions/v1beta1', { since: 1, deprecated: 14, instead: 'networking.k8s.io/v1' }],
  ['IngressClass networking.k8s.io/v1', { since: 19 }],
  ['IngressClass networking.k8s.io/v1beta1', { since: 18, deprecated: 19, instead: 'networking.k8s.io/v1' }],
  ['EndpointSlice discovery.k8s.io/v1', { since: 21 }],
  ['EndpointSlice discovery.k8s.io/v1beta1', { since: 17, deprecated: 21, instead: 'discovery.k8s.io/v1' }],
  ['Endpoints v1', { since: 0, deprecated: 33, instead: 'an EndpointSlice of discovery.k8s.io/v1' }],
]);

/**
 * Fields that came later, by kind, with the version from which on they are there without a feature gate. `*` stands for
 * each entry of a list.
 */
const FIELDS: Readonly<Record<string, readonly (readonly [path: string, since: number])[]>> = {
  Ingress: [
    ['spec.ingressClassName', 18],
    ['spec.rules.*.http.paths.*.pathType', 18],
  ],
  IngressClass: [
    ['spec.parameters.scope', 22],
    ['spec.parameters.namespace', 22],
  ],
  Service: [
    ['spec.ports.*.appProtocol', 19],
    ['spec.clusterIPs', 20],
    ['spec.ipFamilies', 21],
    ['spec.ipFamilyPolicy', 21],
    ['spec.allocateLoadBalancerNodePorts', 22],
    ['spec.internalTrafficPolicy', 22],
    ['spec.loadBalancerClass', 22],
    ['spec.trafficDistribution', 31],
  ],
  Endpoints: [['subsets.*.ports.*.appProtocol', 19]],
  EndpointSlice: [
    ['endpoints.*.nodeName', 21],
    ['endpoints.*.conditions.serving', 22],
    ['endpoints.*.conditions.terminating', 22],
    ['endpoints.*.hints', 23],
    ['endpoints.*.hints.forNodes', 34],
  ],
  Secret: [['immutable', 19]],
  ConfigMap: [['immutable', 19]],
};

function isLive(value: PlainObject): boolean {
  const { uid, resourceVersion } = metadataOf(value);
  return isGiven(uid) || isGiven(resourceVersion);
}

/** The first place where a value has a field; `*` in the path stands for each entry of a list. */
function placeOf(value: PlainValue, [step, ...rest]: readonly string[], at: FieldPath = []): FieldPath | undefined {
  if (step === undefined) return isGiven(value) ? at : undefined;
  if (step === '*') {
    if (!isList(value)) return undefined;
    for (const [index, entry] of value.entries()) {
      const place = placeOf(entry, rest, [...at, index]);
      if (place !== undefined) return place;
    }
    return undefined;
  }
  const child = isRecord(value) ? value[step] : undefined;
  return child === undefined ? undefined : placeOf(child, rest, [...at, step]);
}

/** What a version of Kubernetes does with an object that later or earlier ones take, but for versions that are gone. */
export function findVersionProblems({ document, value }: ReadObject, version: KubernetesVersion): readonly Finding[] {
  const { kind, apiVersion, id } = document;
  const minor = minorOf(version);
  const served = SERVED.get(`${kind} ${apiVersion}`);
  const at = (path: FieldPath): FieldRef => ({ document: id, path });
  if (served !== undefined && minor < served.since) {
    const message = `Kubernetes ${version} does not serve ${apiVersion} of ${kind}, only 1.${served.since} and later do`;
    return [{ rule: unservedApiVersion, message, at: at(['apiVersion']) }];
  }
  const found: Finding[] = [];
  if (served?.deprecated !== undefined && minor >= served.deprecated && !isLive(value)) {
    const message = `${apiVersion} of ${kind} is deprecated since Kubernetes 1.${served.deprecated}`;
    found.push({ rule: deprecatedApiVersion, message, help: `write ${served.instead}`, at: at(['apiVersion']) });
  }
  const fields = Object.hasOwn(FIELDS, kind) ? (FIELDS[kind] ?? []) : [];
  for (const [path, since] of fields) {
    if (since <= minor) continue;
    const steps = path.split('.');
    const place = placeOf(value, steps);
    if (place === undefined) continue;
    const message = `Kubernetes ${version} has no field \`${steps.at(-1)}\` here, only 1.${since} and later have it`;
    found.push({
      rule: newerField,
      message,
      help: 'remove it, or update the cluster',
      at: { ...at(place), part: 'key' },
    });
  }
  return found;
}
