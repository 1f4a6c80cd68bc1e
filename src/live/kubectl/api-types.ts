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

export const SERVICE: ApiType = { name: 'Service', ...needed, forms: [core('Service', 'services')] };

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

export const SECRET: ApiType = {
  name: 'Secret',
  isNamespaced: true,
  isNeeded: false,
  onlyMetadata: true,
  forms: [core('Secret', 'secrets')],
};

export const CONFIG_MAP: ApiType = { name: 'ConfigMap', ...needed, forms: [core('ConfigMap', 'configmaps')] };

function core(kind: string, plural: string): Served {
  return { apiVersion: 'v1', kind, plural };
}

/** The part of a cluster that is listed and watched as one. */
export interface Scope {
  /** Undefined for all of them, and for types without. */
  readonly namespace?: string;
  /** One object alone. */
  readonly name?: string;
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
