import type { FieldRef } from '../diagnostics/place.ts';

/** What every resource has. `document` is the id of the Document it came from. */
interface ResourceBase {
  readonly document: string;
  readonly namespace: string;
  readonly name: string;
}

/** A port of a Service as a backend names it. */
export type PortRef = { readonly number: number } | { readonly name: string };

/**
 * What a path or a default backend leads to. `resource` backends are kept so that they can be reported, `unreadable` ones,
 * which have been reported, so that their paths can be closed.
 */
export type IngressBackend =
  | { readonly kind: 'service'; readonly service: string; readonly port: PortRef | undefined; readonly at: FieldRef }
  | { readonly kind: 'resource'; readonly resource: string; readonly at: FieldRef }
  | { readonly kind: 'unreadable'; readonly at: FieldRef };

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface IngressPath {
  /** As written; empty when the manifest has none. */
  readonly path: string;
  /** `ImplementationSpecific` when a beta version leaves it out. */
  readonly pathType: PathType;
  readonly backend: IngressBackend;
  /** The item of `paths`. */
  readonly at: FieldRef;
}

export interface IngressRule {
  /** Empty when the rule has no host. */
  readonly host: string;
  /** Undefined when the rule has no `http`. */
  readonly paths: readonly IngressPath[] | undefined;
  readonly at: FieldRef;
}

export interface IngressTls {
  readonly hosts: readonly string[];
  /** Empty when there is none. */
  readonly secretName: string;
  readonly at: FieldRef;
}

/** How the class of an Ingress was written before there was `spec.ingressClassName`. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** What annotations of the controller begin with unless its flag --annotations-prefix says otherwise. */
export const ANNOTATIONS_PREFIX = 'nginx.ingress.kubernetes.io/';

/** An Ingress of any API version. */
export interface Ingress extends ResourceBase {
  readonly kind: 'Ingress';
  readonly apiVersion: string;
  /** Milliseconds since 1970; undefined when the manifest has none (files usually don't). */
  readonly createdAt: number | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** What those of the controller begin with, slash included. */
  readonly annotationsPrefix: string;
  /** Only labels that look like annotations of an ingress controller; missing where there is none. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly ingressClassName: string | undefined;
  readonly defaultBackend: IngressBackend | undefined;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly IngressTls[];
  /** The API server, kubectl or nginx refuses it: it is there so that what it asked for can be closed. */
  readonly isRefused: boolean;
  /** It is refused and has, at whatever place, an annotation that makes expressions of paths. */
  readonly mayHaveExpressions?: true;
}

/** Cluster-scoped: its namespace is empty. */
export interface IngressClass extends ResourceBase {
  readonly kind: 'IngressClass';
  readonly controller: string;
  readonly isDefault: boolean;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Undefined when the manifest has none: then it is the port. 0 counts as none. */
  readonly targetPort: number | string | undefined;
  /** Every node of the cluster listens there; undefined when the manifest has none (files usually don't). */
  readonly nodePort: number | undefined;
  readonly protocol: Protocol;
}

export interface Service extends ResourceBase {
  readonly kind: 'Service';
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** `None` for a headless Service; undefined when the manifest has none (files usually don't). */
  readonly clusterIP: string | undefined;
  readonly externalName: string | undefined;
  readonly ports: readonly ServicePort[];
  /** A cluster keeps the endpoints of such a Service; those of others are written by hand. */
  readonly hasSelector: boolean;
  /** The API server would refuse it: only its name is there, so that nobody takes it for one of another place. */
  readonly isRefused: boolean;
}

export interface EndpointPort {
  readonly name: string | undefined;
  /** Undefined in a slice means every port. */
  readonly port: number | undefined;
  readonly protocol: Protocol;
}

export interface Endpoint {
  /** IPv4 or IPv6 without brackets, or a DNS name when the slice is of type FQDN. */
  readonly address: string;
  /** A slice endpoint without the condition counts as ready, as in the API. */
  readonly isReady: boolean;
}

/** Addresses that share the same ports: one subset of Endpoints, or one EndpointSlice. */
export interface EndpointGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** Endpoints or one EndpointSlice. A Service may have several; they are merged in `src/cluster/`. */
export interface EndpointSet extends ResourceBase {
  readonly kind: 'EndpointSet';
  readonly from: 'Endpoints' | 'EndpointSlice';
  /** The Service that it belongs to, in its own namespace; undefined for a slice without the label. */
  readonly service: string | undefined;
  readonly groups: readonly EndpointGroup[];
  /** A cluster wrote it, as far as that shows; false says nothing. */
  readonly isFromCluster: boolean;
  /** The API server would refuse it: it has no endpoints, so that nobody takes them for being in another place. */
  readonly isRefused: boolean;
}

export interface Secret extends ResourceBase {
  readonly kind: 'Secret';
  readonly type: string;
  /** Values are still base64, whitespace removed; `stringData` is merged in, encoded. */
  readonly data: Readonly<Record<string, string>>;
  /** The keys of `data` that stand under `stringData` in the document. */
  readonly plainKeys: readonly string[];
  /** It had errors, which are reported: there is such a Secret, and its content is unknown. */
  readonly isRefused?: true;
}

export interface ConfigMap extends ResourceBase {
  readonly kind: 'ConfigMap';
  readonly data: Readonly<Record<string, string>>;
  /** It had errors, which are reported: it is there so that nobody calls it missing. */
  readonly isRefused?: true;
}

/**
 * A Secret that is not in the input because something makes it: it will be there, and what it will hold is unknown. Its
 * namespace is empty where it may be in any.
 */
export interface PromisedSecret extends ResourceBase {
  readonly kind: 'PromisedSecret';
  /** Who makes it: `SealedSecret`, `Certificate` … */
  readonly by: string;
  /** Undefined where only the maker knows. */
  readonly keys: readonly string[] | undefined;
  readonly type: string | undefined;
}

export type Resource = PromisedSecret | Ingress | IngressClass | Service | EndpointSet | Secret | ConfigMap;

/** The fields of an object by which people name it. */
export function refOf(resource: { readonly document: string }, ...path: readonly (string | number)[]): FieldRef {
  return { document: resource.document, path };
}

/** A key of a Secret, in whichever of its two fields the manifest has it. */
export function dataRef(secret: Secret, key: string): FieldRef {
  return refOf(secret, secret.plainKeys.includes(key) ? 'stringData' : 'data', key);
}

/** Milliseconds since 1970 of a timestamp of the API server; undefined for what is none. */
export function timeOf(text: string | undefined): number | undefined {
  const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
