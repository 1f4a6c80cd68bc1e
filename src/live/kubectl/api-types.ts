/** Objects of one type, in one version of the API. */
export interface Served {
  /** `networking.k8s.io/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  /** As in paths: `ingresses`. */
  readonly plural: string;
}

/** A type of object that a configuration is made of, with all forms in which a server may offer it. */
export interface ApiType {
  /** What people call it, as long as nothing else is known: the kind of the best form. */
  readonly name: string;
  readonly isNamespaced: boolean;
  /** Best first. */
  readonly forms: readonly Served[];
  /** Nothing is known of the cluster without it. Others count as empty as long as the API server forbids them. */
  readonly isNeeded: boolean;
  /** Only names and versions are read. */
  readonly onlyMetadata: boolean;
}

/** A type that every server has in one form. */
export interface CoreType extends ApiType {
  readonly form: Served;
}

const NETWORKING = ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1'];
const needed = { isNamespaced: true, isNeeded: true, onlyMetadata: false };

export const INGRESS: ApiType = {
  name: 'Ingress',
  ...needed,
  forms: [...NETWORKING, 'extensions/v1beta1'].map(apiVersion => ({
    apiVersion,
    kind: 'Ingress',
    plural: 'ingresses',
  })),
};

export const INGRESS_CLASS: ApiType = {
  name: 'IngressClass',
  isNamespaced: false,
  isNeeded: false,
  onlyMetadata: false,
  forms: NETWORKING.map(apiVersion => ({ apiVersion, kind: 'IngressClass', plural: 'ingressclasses' })),
};

export const SERVICE = coreType('Service', 'services', true);

/** Slices, or plain Endpoints where the server has none. */
export const ENDPOINTS: ApiType = {
  name: 'EndpointSlice',
  ...needed,
  forms: [
    ...['discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1'].map(apiVersion => ({
      apiVersion,
      kind: 'EndpointSlice',
      plural: 'endpointslices',
    })),
    core('Endpoints', 'endpoints'),
  ],
};

export const SECRET = coreType('Secret', 'secrets', false);

export const CONFIG_MAP = coreType('ConfigMap', 'configmaps', true);

function coreType(kind: string, plural: string, isNeeded: boolean): CoreType {
  const form = core(kind, plural);
  return { ...needed, name: kind, isNeeded, forms: [form], form };
}

function core(kind: string, plural: string): Served {
  return { apiVersion: 'v1', kind, plural };
}

/** The same type, of whose objects only names and versions are read. */
export function namesOf(type: ApiType): ApiType {
  return { ...type, onlyMetadata: true };
}

/** The part of a cluster that is listed and watched as one. */
export interface Scope {
  /** Undefined for all of them, and for types without. */
  readonly namespace?: string;
  /** One object alone. */
  readonly name?: string;
}

/** Whether an object (`namespace/name`) is in this part. */
export function isWithin({ namespace, name }: Scope, key: string): boolean {
  if (namespace === undefined) return true;
  return name === undefined ? key.startsWith(`${namespace}/`) : key === `${namespace}/${name}`;
}

/** Where a version of the API describes itself. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** A list or a watch; `query` are further parameters. */
export function collectionPath(
  { apiVersion, plural }: Served,
  { namespace, name }: Scope,
  query: Readonly<Record<string, string>>,
): string {
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const selected = name === undefined ? {} : { fieldSelector: `metadata.name=${name}` };
  const parameters = new URLSearchParams({ ...selected, ...query });
  return `${groupPath(apiVersion)}${within}/${plural}?${parameters.toString()}`;
}
