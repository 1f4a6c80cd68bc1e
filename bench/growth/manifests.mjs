// @ts-check

/** @typedef {Readonly<Record<string, unknown>>} Fields */
/** @typedef {Fields & { readonly kind: string }} Manifest */

/**
 * Inputs of one shape, in any size: each is of one kind of thing, very often. What an input of the size `n` costs must
 * grow as `n` does.
 * @typedef {(n: number) => readonly Manifest[]} Shape
 */

export const CONTROLLER_CONFIG = 'shop/options';
export const TCP_SERVICES = 'shop/tcp';

export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** `n` values, made of their numbers. */
export function many(/** @type {number} */ n, /** @type {(index: number) => any} */ make) {
  return Array.from({ length: n }, (_, index) => make(index));
}

/** An object with `n` keys. */
export function table(
  /** @type {number} */ n,
  /** @type {(index: number) => string} */ key,
  /** @type {(index: number) => unknown} */ value,
) {
  return Object.fromEntries(many(n, index => [key(index), value(index)]));
}

export function object(
  /** @type {string} */ kind,
  /** @type {string} */ name,
  /** @type {Fields} */ fields,
  metadata = {},
) {
  const apiVersions = new Map([
    ['Ingress', 'networking.k8s.io/v1'],
    ['IngressClass', 'networking.k8s.io/v1'],
    ['EndpointSlice', 'discovery.k8s.io/v1'],
  ]);
  const apiVersion = apiVersions.get(kind) ?? 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...fields };
}

/** @typedef {{ readonly service?: string, readonly port?: Fields, readonly type?: string }} Leading */

export function path(
  /** @type {string} */ text,
  /** @type {Leading} */ { service = 'web', port = { number: 80 }, type = 'Prefix' } = {},
) {
  return { path: text, pathType: type, backend: { service: { name: service, port } } };
}

export function rule(/** @type {string} */ host, paths = [path('/')]) {
  return { host, http: { paths } };
}

/** @typedef {{ readonly name?: string, readonly annotations?: object, readonly spec?: object }} IngressParts */

export function ingress(
  /** @type {readonly unknown[] | undefined} */ rules,
  /** @type {IngressParts} */ { name = 'web', annotations, spec } = {},
) {
  const all = { ingressClassName: 'nginx', ...(rules === undefined ? {} : { rules }), ...spec };
  return object('Ingress', name, { spec: all }, annotations === undefined ? {} : { annotations });
}

export function service(name = 'web', ports = [{ port: 80 }], metadata = {}) {
  return object('Service', name, { spec: { clusterIP: '10.0.0.1', ports } }, metadata);
}

export function secret(/** @type {string} */ name, /** @type {Record<string, string>} */ texts, type = 'Opaque') {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return object('Secret', name, { type, data: Object.fromEntries(data) });
}

export function configMap(/** @type {string} */ fullName, /** @type {Record<string, unknown>} */ data) {
  return object('ConfigMap', fullName.slice(fullName.indexOf('/') + 1), { data });
}

export function slice(
  /** @type {string} */ name,
  /** @type {readonly string[]} */ addresses,
  ports = [{ port: 8080 }],
) {
  return object(
    'EndpointSlice',
    name,
    { addressType: 'IPv4', ports, endpoints: addresses.map(address => ({ addresses: [address] })) },
    { labels: { 'kubernetes.io/service-name': 'web' } },
  );
}

export const address = (/** @type {number} */ i) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
/** An Ingress of its own for each of many hosts, with annotations that differ. */
export const annotated = (
  /** @type {number} */ n,
  /** @type {(index: number) => Readonly<Record<string, string>>} */ annotations,
) =>
  many(n, i => {
    const named = Object.entries(annotations(i)).map(([name, value]) => [`${PREFIX}${name}`, value]);
    return ingress([rule(`h${i}.example`)], { name: `a${i}`, annotations: Object.fromEntries(named) });
  });
export const BASIC = { [`${PREFIX}auth-type`]: 'basic', [`${PREFIX}auth-secret`]: 'staff' };
export const REGEX = { [`${PREFIX}use-regex`]: 'true' };
/** One host, one path: what stands beside the many. */
export const PLAIN = ingress([rule('shop.example')]);
export const WEB = service();
export const onePerHost = (/** @type {number} */ n) => many(n, i => rule(`h${i}.example`));
