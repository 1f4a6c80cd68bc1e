// @ts-check
import { dump } from 'js-yaml';

/** @typedef {Readonly<Record<string, unknown>>} Fields */
/** @typedef {Fields & { readonly kind: string }} Manifest */

/**
 * Inputs of one shape, in any size: each is of one kind of thing, very often. What an input of the size `n` costs must
 * grow as `n` does.
 * @typedef {(n: number) => readonly Manifest[]} Shape
 */

export const CONTROLLER_CONFIG = 'shop/options';
export const TCP_SERVICES = 'shop/tcp';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** `n` values, made of their numbers. */
function many(/** @type {number} */ n, /** @type {(index: number) => any} */ make) {
  return Array.from({ length: n }, (_, index) => make(index));
}

/** An object with `n` keys. */
function table(
  /** @type {number} */ n,
  /** @type {(index: number) => string} */ key,
  /** @type {(index: number) => unknown} */ value,
) {
  return Object.fromEntries(many(n, index => [key(index), value(index)]));
}

function object(/** @type {string} */ kind, /** @type {string} */ name, /** @type {Fields} */ fields, metadata = {}) {
  const apiVersions = new Map([
    ['Ingress', 'networking.k8s.io/v1'],
    ['IngressClass', 'networking.k8s.io/v1'],
    ['EndpointSlice', 'discovery.k8s.io/v1'],
  ]);
  const apiVersion = apiVersions.get(kind) ?? 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...fields };
}

/** @typedef {{ readonly service?: string, readonly port?: Fields, readonly type?: string }} Leading */

function path(
  /** @type {string} */ text,
  /** @type {Leading} */ { service = 'web', port = { number: 80 }, type = 'Prefix' } = {},
) {
  return { path: text, pathType: type, backend: { service: { name: service, port } } };
}

function rule(/** @type {string} */ host, paths = [path('/')]) {
  return { host, http: { paths } };
}

/** @typedef {{ readonly name?: string, readonly annotations?: object, readonly spec?: object }} IngressParts */

function ingress(
  /** @type {readonly unknown[] | undefined} */ rules,
  /** @type {IngressParts} */ { name = 'web', annotations, spec } = {},
) {
  const all = { ingressClassName: 'nginx', ...(rules === undefined ? {} : { rules }), ...spec };
  return object('Ingress', name, { spec: all }, annotations === undefined ? {} : { annotations });
}

function service(name = 'web', ports = [{ port: 80 }]) {
  return object('Service', name, { spec: { clusterIP: '10.0.0.1', ports } });
}

function secret(/** @type {string} */ name, /** @type {Record<string, string>} */ texts, type = 'Opaque') {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return object('Secret', name, { type, data: Object.fromEntries(data) });
}

function configMap(/** @type {string} */ fullName, /** @type {Record<string, unknown>} */ data) {
  return object('ConfigMap', fullName.slice(fullName.indexOf('/') + 1), { data });
}

function slice(/** @type {string} */ name, /** @type {readonly string[]} */ addresses, ports = [{ port: 8080 }]) {
  return object(
    'EndpointSlice',
    name,
    { addressType: 'IPv4', ports, endpoints: addresses.map(address => ({ addresses: [address] })) },
    { labels: { 'kubernetes.io/service-name': 'web' } },
  );
}

const address = (/** @type {number} */ i) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const BASIC = { [`${PREFIX}auth-type`]: 'basic', [`${PREFIX}auth-secret`]: 'staff' };
const REGEX = { [`${PREFIX}use-regex`]: 'true' };
/** One host, one path: what stands beside the many. */
const PLAIN = ingress([rule('shop.example')]);
const WEB = service();
const onePerHost = (/** @type {number} */ n) => many(n, i => rule(`h${i}.example`));

/** @type {Readonly<Record<string, Shape>>} */
const PATHS = {
  'prefix paths of a host': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`)),
      ),
    ]),
    WEB,
  ],
  'exact paths of a host': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { type: 'Exact' })),
      ),
    ]),
    WEB,
  ],
  'each path with and without slash': n => [
    ingress([rule('shop.example', [...many(n, i => path(`/p${i}`)), ...many(n, i => path(`/p${i}/`))])]),
    WEB,
  ],
  'paths below one another': n => [
    ingress([
      rule(
        'shop.example',
        many(Math.ceil(n / 20), i => path(`/${'a/'.repeat(i % 200)}${i}`)),
      ),
    ]),
    WEB,
  ],
  'regular expressions of a host': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}(/|$)(.*)`, { type: 'ImplementationSpecific' })),
        ),
      ],
      {
        annotations: { [`${PREFIX}rewrite-target`]: '/$2' },
      },
    ),
    WEB,
  ],
  'broken regular expressions': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}(`, { type: 'ImplementationSpecific' })),
        ),
      ],
      {
        annotations: REGEX,
      },
    ),
    WEB,
  ],
  'rewritten paths': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      {
        annotations: { [`${PREFIX}rewrite-target`]: '/' },
      },
    ),
    WEB,
  ],
  'paths without slash at the start': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`p${i}`)),
      ),
    ]),
    WEB,
  ],
  'the same path again': n => [
    ingress([
      rule(
        'shop.example',
        many(n, () => path('/same')),
      ),
    ]),
    WEB,
  ],
  'Ingresses with the same path': n => [
    ...many(n, i => ingress([rule('shop.example', [path('/same')])], { name: `a${i}` })),
    WEB,
  ],
  'Ingresses of one host': n => [
    ...many(n, i => ingress([rule('shop.example', [path(`/p${i}`)])], { name: `a${i}` })),
    WEB,
  ],
  'a long path': n => [ingress([rule('shop.example', [path(`/${'a'.repeat(n)}`)])]), WEB],
  'groups in groups of an expression': n => [
    ingress(
      [rule('shop.example', [path(`/${'(a|'.repeat(n)}b${')'.repeat(n)}`, { type: 'ImplementationSpecific' })])],
      { annotations: REGEX },
    ),
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const HOSTS = {
  'hosts of an Ingress': n => [ingress(onePerHost(n)), WEB],
  'Ingresses with a host each': n => [...many(n, i => ingress([rule(`h${i}.example`)], { name: `a${i}` })), WEB],
  'rules of one host': n => [ingress(many(n, i => rule('shop.example', [path(`/p${i}`)]))), WEB],
  'wildcard hosts': n => [ingress(many(n, i => rule(`*.h${i}.example`))), WEB],
  'a wildcard above each host': n => [
    ingress(many(n, i => [rule(`*.h${i}.example`), rule(`a.h${i}.example`)]).flat(), {
      spec: { tls: [{ hosts: many(n, i => `*.h${i}.example`), secretName: 'staff' }] },
    }),
    WEB,
  ],
  'hosts that are none': n => [ingress(many(n, i => rule(`H${i}.example`))), WEB],
  'Ingresses without rules': n => [
    ...many(n, i => ingress(undefined, { name: `a${i}`, spec: { defaultBackend: path('').backend } })),
    WEB,
  ],
  'Ingresses of other classes': n => [
    PLAIN,
    ...many(n, i => ingress(undefined, { name: `a${i}`, spec: { ingressClassName: `c${i}` } })),
    WEB,
  ],
  'IngressClasses that are the default': n => [
    ...many(n, i =>
      object(
        'IngressClass',
        `c${i}`,
        { spec: { controller: 'k8s.io/ingress-nginx' } },
        { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      ),
    ),
    PLAIN,
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const TLS = {
  'hosts in one TLS entry': n => [
    ingress(onePerHost(n), { spec: { tls: [{ hosts: many(n, i => `h${i}.example`), secretName: 'cert' }] } }),
    WEB,
  ],
  'hosts with a TLS entry each': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ hosts: [`h${i}.example`], secretName: 'cert' })) } }),
    WEB,
  ],
  'hosts and TLS entries without hosts': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ secretName: `t${i}` })) } }),
    WEB,
  ],
  'hosts and TLS entries of others': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ hosts: [`o${i}.example`], secretName: `t${i}` })) } }),
    WEB,
  ],
  'Ingresses with a Secret each for one host': n => [
    ...many(n, i =>
      ingress([rule('shop.example', [path(`/p${i}`)])], {
        name: `a${i}`,
        spec: { tls: [{ hosts: ['shop.example'], secretName: `t${i}` }] },
      }),
    ),
    WEB,
  ],
  'TLS Secrets that are none': n => [
    ...many(n, i =>
      ingress([rule(`h${i}.example`)], {
        name: `a${i}`,
        spec: { tls: [{ hosts: [`h${i}.example`], secretName: `t${i}` }] },
      }),
    ),
    ...many(n, i => secret(`t${i}`, { 'tls.crt': `no ${i}`, 'tls.key': 'no' }, 'kubernetes.io/tls')),
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const BACKENDS = {
  'Services of a host': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { service: `s${i}` })),
      ),
    ]),
    ...many(n, i => service(`s${i}`)),
  ],
  'Services that are missing': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { service: `s${i}` })),
      ),
    ]),
    WEB,
  ],
  'ports by name': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: { name: `p${i}` } })),
      ),
    ]),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'ports that the Service lacks': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: { name: `q${i}` } })),
      ),
    ]),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'endpoints of a Service': n => [
    PLAIN,
    WEB,
    ...many(Math.ceil(n / 1000), j =>
      slice(
        `e${j}`,
        many(Math.min(1000, n - 1000 * j), i => address(1000 * j + i)),
      ),
    ),
  ],
  'EndpointSlices of a Service': n => [PLAIN, WEB, ...many(n, i => slice(`e${i}`, [address(i)]))],
  'ports and endpoints': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: { number: i + 1 } })),
      ),
    ]),
    service(
      'web',
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
    slice(
      'e',
      [address(1)],
      many(n, i => ({ name: `p${i}`, port: i + 1 })),
    ),
  ],
  'backends without a port': n => [
    ingress([
      rule(
        'shop.example',
        many(n, i => path(`/p${i}`, { port: {} })),
      ),
    ]),
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const ANNOTATIONS = {
  'annotations of others': n => [
    ingress([rule('shop.example')], {
      annotations: table(
        n,
        i => `shop.example/k${i}`,
        () => 'v',
      ),
    }),
    WEB,
  ],
  'misspelt annotations': n => [
    ingress([rule('shop.example')], {
      annotations: table(
        n,
        i => `${PREFIX}proxy-bdy-sze-${i}`,
        () => 'v',
      ),
    }),
    WEB,
  ],
  'a long annotation': n => [
    ingress([rule('shop.example')], { annotations: { [`${PREFIX}auth-realm`]: 'v'.repeat(n), ...BASIC } }),
    WEB,
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
  ],
  'a password file each': n => [
    ...many(n, i =>
      ingress([rule(`h${i}.example`)], {
        name: `a${i}`,
        annotations: { ...BASIC, [`${PREFIX}auth-secret`]: `b${i}` },
      }),
    ),
    WEB,
    ...many(n, i => secret(`b${i}`, { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' })),
  ],
  'users of a password file': n => [
    ingress([rule('shop.example')], { annotations: BASIC }),
    WEB,
    secret('staff', { auth: many(n, i => `u${i}:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n`).join('') }),
  ],
  'lines that are no users': n => [
    ingress([rule('shop.example')], { annotations: BASIC }),
    WEB,
    secret('staff', { auth: many(n, i => `u${i}:bad\n`).join('') }),
  ],
  'users as an auth-map': n => [
    ingress([rule('shop.example')], { annotations: { ...BASIC, [`${PREFIX}auth-secret-type`]: 'auth-map' } }),
    WEB,
    secret(
      'staff',
      table(
        n,
        i => `u${i}`,
        () => '$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb',
      ),
    ),
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const CONFIG_MAPS = {
  'misspelt options': n => [
    PLAIN,
    WEB,
    configMap(
      CONTROLLER_CONFIG,
      table(
        n,
        i => `proxy-bdy-sze-${i}`,
        () => '1',
      ),
    ),
  ],
  'paths without authentication': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      { annotations: BASIC },
    ),
    WEB,
    configMap(CONTROLLER_CONFIG, { 'no-auth-locations': many(n, i => `/q${i}`).join(',') }),
    secret('staff', { auth: 'u:$apr1$aaaaaaaa$bbbbbbbbbbbbbbbbbbbbbb\n' }),
  ],
  'paths without redirect': n => [
    ingress(
      [
        rule(
          'shop.example',
          many(n, i => path(`/p${i}`)),
        ),
      ],
      {
        spec: { tls: [{ hosts: ['shop.example'], secretName: 'cert' }] },
      },
    ),
    WEB,
    configMap(CONTROLLER_CONFIG, { 'no-tls-redirect-locations': many(n, i => `/q${i}`).join(',') }),
  ],
  'TCP ports': n => [
    PLAIN,
    WEB,
    configMap(
      TCP_SERVICES,
      table(
        n,
        i => String(i + 10_000),
        () => 'shop/web:80',
      ),
    ),
  ],
  'TCP ports that lead nowhere': n => [
    PLAIN,
    WEB,
    configMap(
      TCP_SERVICES,
      table(
        n,
        i => String(i + 10_000),
        () => 'shop/none:80',
      ),
    ),
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
const OBJECTS = {
  'the same object again': n => [...many(n, () => PLAIN), WEB],
  'one name, many contents': n => [...many(n, i => ingress([rule('shop.example', [path(`/p${i}`)])])), WEB],
  'Secrets that nobody uses': n => [PLAIN, WEB, ...many(n, i => secret(`s${i}`, { key: 'value' }))],
  'ConfigMaps that nobody uses': n => [PLAIN, WEB, ...many(n, i => configMap(`shop/c${i}`, { key: 'value' }))],
  'unknown fields': n => [
    ingress([rule('shop.example')], {
      spec: table(
        n,
        i => `f${i}`,
        () => 1,
      ),
    }),
    WEB,
  ],
  labels: n => [
    PLAIN,
    object(
      'Service',
      'web',
      { spec: WEB.spec },
      {
        labels: table(
          n,
          i => `k${i}`,
          () => 'v',
        ),
      },
    ),
  ],
  'labels that are none': n => [
    PLAIN,
    object(
      'Service',
      'web',
      { spec: WEB.spec },
      {
        labels: table(
          n,
          i => `k${i}`,
          () => 'v v',
        ),
      },
    ),
  ],
  'objects of no kind': n => [PLAIN, WEB, ...many(n, i => ({ ...service(`s${i}`), kind: 'Servce' }))],
  'Services with mistakes': n => [PLAIN, WEB, ...many(n, i => service(`s${i}`, [{ port: 70_000 + i }]))],
  'Secrets that are not base64': n => [
    PLAIN,
    WEB,
    object('Secret', 'staff', {
      data: table(
        n,
        i => `k${i}`,
        () => '!',
      ),
    }),
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
export const SHAPES = { ...PATHS, ...HOSTS, ...TLS, ...BACKENDS, ...ANNOTATIONS, ...CONFIG_MAPS, ...OBJECTS };

const MANIFEST = [
  'apiVersion: networking.k8s.io/v1',
  'kind: Ingress',
  'metadata: { name: web, namespace: shop }',
  'spec:',
  '  ingressClassName: nginx',
  '  defaultBackend: { service: { name: web, port: { number: 80 } } }',
].join('\n');
const WRONG = 'apiVersion: v1\nkind: Service\nmetadata: { name: Web, namespace: shop }\nspec: {}\n';
const LIST = 'apiVersion: v1\nkind: List\nitems:\n';

/**
 * What only a text can be.
 * @type {Readonly<Record<string, (n: number) => string>>}
 */
export const TEXTS = {
  'documents with nothing in them': n => `${MANIFEST}\n${'---\n'.repeat(n)}`,
  'lines of comments': n => `${'# a comment\n'.repeat(n)}${MANIFEST}\n`,
  'a long line of spaces': n => `${MANIFEST}${' '.repeat(n * 10)}\n`,
  'anchors and aliases': n =>
    `${MANIFEST}\n  rules:\n  - &first { host: shop.example }\n${many(n, i => `  - &a${i} { host: h${i}.example }\n  - *a${i}\n`).join('')}`,
  'merges of one mapping': n =>
    `${MANIFEST}\n  rules:\n  - &base { host: shop.example }\n${many(n, i => `  - { <<: *base, host: h${i}.example }\n`).join('')}`,
  'keys that are there twice': n => `${MANIFEST}\n${many(n, () => '  ingressClassName: nginx\n').join('')}`,
  'lists in a document each': n => many(n, () => `${LIST}- apiVersion: v1\n  kind: Event\n`).join('---\n'),
  'wrong objects in a list': n => `${LIST}${many(n, () => `- ${WRONG.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`,
  'wrong documents': n => many(n, () => WRONG).join('---\n'),
  'documents that are broken': n => many(n, () => 'kind: [\n').join('---\n'),
  'lists in lists': n => `${MANIFEST}\n  rules: ${'['.repeat(n)}${']'.repeat(n)}\n`,
  'quotes that stay open': n => `${MANIFEST}\n  rules: "${'x\n  '.repeat(n)}`,
  'a folded text': n => `${MANIFEST}\n  text: >\n${'    word\n'.repeat(n)}`,
  'JSON documents one after another': n => many(n, i => JSON.stringify({ ...service(`s${i}`), extra: 1 })).join('\n'),
  'JSON documents with separators': n =>
    many(n, i => JSON.stringify({ ...service(`s${i}`, [{ port: 70_000 }]) })).join('\n---\n'),
  'lists of lists': n => `${'{"apiVersion":"v1","kind":"List","items":['.repeat(n)}${']}'.repeat(n)}`,
};

/** @type {Readonly<Record<string, (objects: readonly object[]) => string>>} */
export const FORMATS = {
  YAML: objects => objects.map(each => dump(each, { noRefs: true, lineWidth: -1 })).join('---\n'),
  JSON: objects => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
};
