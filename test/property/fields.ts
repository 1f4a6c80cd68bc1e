import { builtAnnotations } from '../../src/annotations/registry.ts';
import { refusedAnnotations } from '../../src/annotations/refused.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { refusedOptions } from '../../src/controller-config/refused.ts';
import { options } from '../../src/controller-config/registry.ts';
import { authority, HASHES, pem } from '../support/credentials.ts';
import { ingress, rule, secret, tlsSecret, userSecret } from '../support/manifests.ts';
import type { IngressOptions, Manifest } from '../support/manifests.ts';

/** A place in a manifest that somebody else may fill. */
export interface Field {
  readonly name: string;
  /** Objects with the text in that place; `id` makes their other names unique. */
  readonly make: (text: string, id: string) => readonly Manifest[];
  /** Texts that are at home there. */
  readonly harmless: readonly string[];
  readonly settings?: (text: string) => Partial<CompileSettings>;
  /** There is one such place for everybody, so that texts cannot be tried side by side. */
  readonly isGlobal?: boolean;
  /** nginx would look the text up when it starts. */
  readonly isLookedUp?: boolean;
}

const ADDRESS = '10.1.2.3';
const NAMES = ['web', 'web-7.example', 'a'.repeat(63)];
const WORDS = ['web', 'Some words', 'US$5 and more'];

function service(name: string, id: string, spec: Manifest = {}): Manifest {
  const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: id }, spec: { ports, ...spec } };
}

function sliceMetadata(name: string, id: string): Manifest {
  return { name: 'web-x7k2p', namespace: id, labels: { 'kubernetes.io/service-name': name } };
}

function slice(name: string, id: string, more: Manifest = {}): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: sliceMetadata(name, id),
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: [{ addresses: [ADDRESS] }],
    ...more,
  };
}

function endpoints(id: string, subset: Manifest): Manifest {
  const usual = { addresses: [{ ip: ADDRESS }], ports: [{ name: 'http', port: 8080 }] };
  const metadata = { name: 'web', namespace: id };
  return { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ ...usual, ...subset }] };
}

/** An Ingress for a host of its own, in a namespace of its own. */
function route(id: string, options: IngressOptions = {}): Manifest {
  const host = `${id}.example.com`;
  return ingress({ name: 'web', namespace: id, host, paths: [['/a', 'Prefix', 'web']], ...options });
}

const web = (id: string) => [service('web', id), slice('web', id)];

function withMeta(object: Manifest, more: Manifest): Manifest {
  return { ...object, metadata: { ...(object['metadata'] as Manifest), ...more } };
}

const inNamespace = (object: Manifest, namespace: string) => withMeta(object, { namespace });

/** A route whose Ingress has the text somewhere. */
function inIngress(name: string, harmless: readonly string[], options: (text: string) => IngressOptions): Field {
  return { name, harmless, make: (text, id) => [...web(id), route(id, options(text))] };
}

const ingressFields: readonly Field[] = [
  {
    name: 'host',
    harmless: ['shop.example.com', '*.shop.example.com', `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`],
    make: (text, id) => [...web(id), route(id, { rules: [rule(text, [['/a', 'Prefix', 'web']])] })],
  },
  inIngress('path as prefix', ['b', '/b/', ' $b'], text => ({ paths: [[`/a${text}`, 'Prefix', 'web']] })),
  inIngress('path, exact', ['b', '/b/', ' $b'], text => ({ paths: [[`/a${text}`, 'Exact', 'web']] })),
  inIngress('path as expression', ['b', '/(.*)$', '\\d+'], text => ({
    annotations: { 'use-regex': 'true' },
    paths: [[`/a${text}`, 'ImplementationSpecific', 'web']],
  })),
  inIngress('path with a rewrite', ['b', '/(.*)$', '\\d+'], text => ({
    annotations: { 'rewrite-target': '/$1' },
    paths: [[`/a${text}`, 'ImplementationSpecific', 'web']],
  })),
  inIngress('path with affinity', ['b', '/(.*)$', '$request_uri'], text => ({
    annotations: { affinity: 'cookie' },
    paths: [[`/a${text}`, 'ImplementationSpecific', 'web']],
  })),
  inIngress('whole path', ['/b', '/b/c/'], text => ({ paths: [[text, 'Prefix', 'web']] })),
  inIngress('service of a path', NAMES, text => ({ paths: [['/a', 'Prefix', text]] })),
  inIngress('port of a path', ['http', 'other'], text => ({ paths: [['/a', 'Prefix', 'web', text]] })),
  inIngress('default backend', NAMES, text => ({ defaultBackend: text })),
  inIngress('class', ['nginx', 'other'], text => ({ className: text })),
  inIngress('class annotation', ['nginx', 'other'], text => ({
    className: null,
    annotations: { 'kubernetes.io/ingress.class': text },
  })),
  inIngress('name of the Ingress', NAMES, text => ({ name: text })),
  inIngress('time of the Ingress', ['2024-01-01T00:00:00Z'], text => ({ createdAt: text })),
  inIngress('host of tls', ['shop.example.com'], text => ({ tls: [{ hosts: [text], secretName: 'tls' }] })),
  inIngress('Secret of tls', NAMES, text => ({ tls: [{ hosts: ['shop.example.com'], secretName: text }] })),
  {
    name: 'namespace of the Ingress',
    harmless: ['shop', 'a'.repeat(63)],
    make: (text, id) => [...web(id).map(object => inNamespace(object, text)), route(id, { namespace: text })],
  },
  {
    name: 'uid, labels and generateName of the Ingress',
    harmless: WORDS,
    make: (text, id) => [
      ...web(id),
      withMeta(route(id), { uid: text, labels: { [text]: text, app: text }, generateName: text }),
    ],
  },
  {
    name: 'unknown fields',
    harmless: ['anything'],
    make: (text, id) => [...web(id), { ...route(id), [text]: text }],
  },
];

const ASKS = { 'auth-url': 'http://auth.example.com/' };

/** What annotations need, by how their names begin, to have an effect. */
const COMPANIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'proxy-ssl-': { 'proxy-ssl-secret': 'NAMESPACE/authority', 'backend-protocol': 'HTTPS' },
  'auth-tls-': { 'auth-tls-secret': 'NAMESPACE/authority' },
  'auth-type': { 'auth-secret': 'users' },
  'auth-secret': { 'auth-type': 'basic', 'auth-secret': 'users' },
  'auth-realm': { 'auth-type': 'basic', 'auth-secret': 'users' },
  'auth-cache-duration': { ...ASKS, 'auth-cache-key': '$host' },
  'auth-signin-': { ...ASKS, 'auth-signin': '/sign-in?a' },
  'auth-': ASKS,
  'cors-': { 'enable-cors': 'true' },
  'limit-': { 'limit-rps': '10' },
  affinity: { affinity: 'cookie', 'session-cookie-samesite': 'None' },
  'x-forwarded-prefix': { 'rewrite-target': '/$1' },
  'proxy-redirect-': { 'proxy-redirect-from': '/a', 'proxy-redirect-to': '/b' },
  'session-cookie-': { affinity: 'cookie', 'session-cookie-samesite': 'None' },
  'upstream-hash-by-': { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' },
  'fastcgi-': { 'backend-protocol': 'FCGI' },
  'opentelemetry-': { 'enable-opentelemetry': 'true' },
  'modsecurity-': { 'enable-modsecurity': 'true' },
  'mirror-': { 'mirror-target': 'http://web.shop.svc.cluster.local/a' },
  'default-backend': { 'custom-http-errors': '404,503' },
  'permanent-redirect': { 'permanent-redirect': '/a' },
  'temporal-redirect': { 'temporal-redirect': 'http://a.example' },
};

/** Annotations that name an object of their own namespace. */
function inNamespaceOf(id: string, annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(annotations);
  return Object.fromEntries(entries.map(([name, text]) => [name, text.replace('NAMESPACE', id)]));
}

/** The value of an annotation; what needs a Secret or an expression has it. */
function annotationField(annotation: string): Field {
  const known: Readonly<Record<string, readonly string[]>> = {
    'auth-type': ['basic'],
    'auth-secret': ['users'],
    'auth-secret-type': ['auth-file', 'auth-map'],
    'auth-realm': ['Some words', ''],
    'auth-tls-secret': ['ingress/authority', 'a/b'],
    'proxy-ssl-secret': ['ingress/authority', 'a/b'],
    'proxy-ssl-ciphers': ['DEFAULT', 'HIGH:!aNULL'],
    'proxy-ssl-name': ['a.example', '$host'],
    'proxy-ssl-protocols': ['TLSv1.2', 'TLSv1.2 TLSv1.3'],
    'proxy-ssl-server-name': ['on', 'off'],
    'proxy-ssl-verify': ['on', 'off'],
    'proxy-ssl-verify-depth': ['1', '3'],
    'auth-tls-verify-client': ['on', 'optional_no_ca'],
    'auth-tls-verify-depth': ['1', '3'],
    'auth-tls-error-page': ['https://a.example/b', '/b', 'a.example/b'],
    'auth-tls-pass-certificate-to-upstream': ['true', 'false'],
    'auth-tls-match-cn': ['CN=a', 'CN=(a|b)[^"]{2,3};'],
    'auth-url': [
      'http://a.example',
      'https://$host/b?c=$request_uri',
      'http://web.$namespace.svc:80/$escaped_request_uri',
    ],
    'auth-method': ['POST', 'TRACE'],
    'auth-signin': ['/b?c', 'https://$host/b?rd=$escaped_request_uri'],
    'auth-signin-redirect-param': ['back', 'a&b='],
    'auth-response-headers': ['X-A, x_b', 'Authorization,X-A'],
    'auth-request-redirect': ['https://a.example/?b=1'],
    'auth-always-set-cookie': ['true', 'false'],
    'auth-cache-key': ['$cookie_a', 'a b-${host}'],
    'auth-cache-duration': ['200 202 10m, 401 1s', '5m'],
    'auth-proxy-set-headers': ['ingress/headers', 'a/b'],
    'enable-global-auth': ['true', 'false'],
    'rewrite-target': ['/$1', '/b'],
    'use-regex': ['true', 'false'],
    'ssl-redirect': ['true', 'false'],
    'force-ssl-redirect': ['true', 'false'],
    affinity: ['cookie'],
    'affinity-mode': ['persistent'],
    'session-cookie-samesite': ['None'],
    'allowlist-source-range': ['10.0.0.0/8', '127.0.0.1, 2001:db8::/32'],
    'whitelist-source-range': ['0.0.0.0/0', '10.1.2.3/8,::1'],
    'denylist-source-range': ['192.0.2.1'],
    satisfy: ['any', 'all'],
    'limit-rps': ['10', '0'],
    'limit-rpm': ['100'],
    'limit-connections': ['10'],
    'limit-burst-multiplier': ['2', '0'],
    'limit-allowlist': ['10.0.0.0/8,::1'],
    'limit-whitelist': ['10.0.0.1'],
    'limit-rate': ['100', '-1'],
    'limit-rate-after': ['10'],
    'upstream-hash-by': ['$request_uri', '${host}-$arg_a$', 'a$1'],
    'upstream-hash-by-subset': ['true'],
    'upstream-hash-by-subset-size': ['2'],
    'service-upstream': ['true', 'false'],
    'opentelemetry-operation-name': ['checkout'],
    'modsecurity-transaction-id': ['$request_id', 'a-$host'],
    'modsecurity-snippet': ['SecRuleEngine DetectionOnly'],
    'mirror-target': ['http://web.shop.svc.cluster.local$request_uri', 'https://m.example.com/a?b=$arg_c'],
    'mirror-host': ['m.example.com', '$host'],
    'mirror-request-body': ['on', 'off'],
    'load-balance': ['ewma', 'round_robin'],
    'proxy-body-size': ['8m', '0', '4G'],
    'client-body-buffer-size': ['64k', '1M'],
    'proxy-connect-timeout': ['5', '30'],
    'proxy-send-timeout': ['60', '300'],
    'proxy-read-timeout': ['60', '3600'],
    'backend-protocol': ['HTTPS', 'grpc', 'AUTO_HTTP', 'FCGI'],
    'fastcgi-index': ['index.php', 'a-b_c'],
    'fastcgi-params-configmap': ['params', 'nobody'],
    'proxy-buffering': ['on', 'off'],
    'proxy-request-buffering': ['on', 'off'],
    'proxy-buffer-size': ['16k', '1M', '1'],
    'proxy-buffers-number': ['2', '8'],
    'proxy-busy-buffers-size': ['8k', '1', '1M'],
    'proxy-max-temp-file-size': ['0', '4k', '2048m'],
    'proxy-next-upstream': ['error http_502', 'off', 'non_idempotent error'],
    'proxy-next-upstream-timeout': ['0', '5'],
    'proxy-next-upstream-tries': ['0', '5'],
    'proxy-http-version': ['1.0', '1.1'],
    'enable-access-log': ['true', 'false'],
    'enable-rewrite-log': ['true', 'false'],
    'upstream-vhost': ['inner.example.com', '$service_name.$namespace', '${host}'],
    'connection-proxy-header': ['close', 'keep-alive'],
    'x-forwarded-prefix': ['/a', '/$1', '/$host'],
    'proxy-cookie-domain': ['off', 'a.example b.example', '~a b'],
    'proxy-cookie-path': ['off', '/a /b', '~/a,b? /'],
    'proxy-redirect-from': ['off', 'default', '/a', '~/a?b'],
    'proxy-redirect-to': ['off', '/b', 'https://a.example/?b=1'],
    'custom-headers': ['ingress/headers', 'a/b'],
    'configuration-snippet': [
      'add_header X-A "b;{}" always;',
      'if ($host ~ "a{2}") { return 301 "https://a.example$uri"; }',
    ],
    'server-snippet': ['location /b { return 200 "a;}\\n"; }', 'set $a "b"; more_set_headers "X-A: $a";'],
    'enable-cors': ['true', 'false'],
    'cors-allow-origin': ['*', 'https://a.example', 'https://*.a.example,http://b.example:81,null'],
    'cors-allow-methods': ['GET', 'GET, POST'],
    'cors-allow-headers': ['X-A', 'X-A, X_b'],
    'cors-expose-headers': ['X-A', '*'],
    'cors-allow-credentials': ['true', 'false'],
    'cors-max-age': ['10', '-1'],
    'custom-http-errors': ['404', '404,503'],
    'default-backend': ['web', 'other'],
    'disable-proxy-intercept-errors': ['true', 'false'],
    'preserve-trailing-slash': ['true', 'false'],
    'use-port-in-redirects': ['true', 'false'],
    'from-to-www-redirect': ['true', 'false'],
    'ssl-passthrough': ['true', 'false'],
    'server-alias': ['a.example', '*.b.example,~^c\\d+$'],
    'app-root': ['/b', '/$host'],
    'ssl-ciphers': ['HIGH:!aNULL', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    'ssl-prefer-server-ciphers': ['true', 'false'],
    'permanent-redirect': ['https://a.example/b?c=d', '/b'],
    'permanent-redirect-code': ['308', '300'],
    'temporal-redirect': ['https://a.example/'],
    'temporal-redirect-code': ['307'],
    'relative-redirects': ['true', 'false'],
  };
  const others = Object.entries(COMPANIONS).find(([begin]) => annotation.startsWith(begin))?.[1] ?? {};
  return {
    name: `annotation ${annotation}`,
    harmless: known[annotation] ?? ['true', 'web', '/a', '10'],
    make: (text, id) => [
      ...web(id),
      inNamespace(userSecret('users'), id),
      inNamespace(secret('authority', { 'ca.crt': authority('clients.crt') }), id),
      route(id, {
        annotations: { ...inNamespaceOf(id, others), [annotation]: text },
        paths: [['/a(.*)', 'ImplementationSpecific', 'web']],
      }),
    ],
  };
}

const CANARY_TEXTS: Readonly<Record<string, readonly string[]>> = {
  canary: ['true', 'false'],
  'canary-by-header': ['X-Canary', 'x_canary', 'X.Canary'],
  'canary-by-header-value': ['beta', '1.2:3', 'two words'],
  'canary-by-header-pattern': ['^v[0-9]+$', 'a{2,3}|(b)\\.'],
  'canary-by-cookie': ['canary', 'a.b-c', 'two words'],
  'canary-weight': ['0', '10', '100', '150'],
  'canary-weight-total': ['100', '1000', '7'],
  'affinity-canary-behavior': ['sticky', 'legacy'],
};

/** The value of an annotation of a canary, whose main Ingress is there. */
function canaryField(annotation: string): Field {
  return {
    name: `annotation ${annotation}`,
    harmless: CANARY_TEXTS[annotation] ?? ['true'],
    make: (text, id) => [
      ...web(id),
      service('next', id),
      slice('next', id, { metadata: { ...sliceMetadata('next', id), name: 'next-x7k2p' } }),
      route(id),
      route(id, {
        name: 'web-canary',
        paths: [['/a', 'Prefix', 'next']],
        annotations: { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-weight': '10', [annotation]: text },
      }),
    ],
  };
}

const annotationFields: readonly Field[] = [
  ...Object.keys(builtAnnotations()).map(each => (each in CANARY_TEXTS ? canaryField(each) : annotationField(each))),
  inIngress('all annotations that are refused', WORDS, text => ({
    annotations: Object.fromEntries(Object.keys(refusedAnnotations).map(name => [name, text])),
  })),
  inIngress('each annotation that is refused', WORDS, text => ({
    annotations: { [Object.keys(refusedAnnotations)[text.length] ?? 'affinity']: text },
  })),
  inIngress('key of an annotation of the controller', ['such-a-thing'], text => ({
    annotations: { [`nginx.ingress.kubernetes.io/${text}`]: 'x' },
  })),
  inIngress('key of an annotation', ['example.com/thing'], text => ({ annotations: { [`/${text}`]: text } })),
];

const usersOf = (id: string, secretName: string) =>
  route(id, { annotations: { 'auth-type': 'basic', 'auth-secret': secretName } });
const host = 'shop.example.com';

const secretFields: readonly Field[] = [
  {
    name: 'name of a Secret with users',
    harmless: NAMES,
    make: (text, id) => [...web(id), inNamespace(userSecret(text), id), usersOf(id, text)],
  },
  {
    name: 'lines of a Secret with users',
    harmless: [`ines:${HASHES.ines}`],
    make: (text, id) => [
      ...web(id),
      inNamespace(secret('users', { auth: `ines:${HASHES.ines}\n${text}\n` }), id),
      usersOf(id, 'users'),
    ],
  },
  {
    name: 'keys and values of a Secret as map',
    harmless: ['ines'],
    make: (text, id) => [
      ...web(id),
      inNamespace(secret('users', { [text]: text, tomasz: HASHES.tomasz }), id),
      route(id, { annotations: { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-secret-type': 'auth-map' } }),
    ],
  },
  {
    name: 'name of a Secret with a certificate',
    harmless: NAMES,
    make: (text, id) => [
      ...web(id),
      inNamespace(tlsSecret(text, 'wildcard'), id),
      route(id, { host: `${id}.apps.example.com`, tls: [{ hosts: [`${id}.apps.example.com`], secretName: text }] }),
    ],
  },
  {
    name: 'text of a certificate',
    harmless: ['', '\n'],
    make: (text, id) => [
      ...web(id),
      inNamespace(secret('tls', { 'tls.crt': pem('shop').chain + text, 'tls.key': text + pem('shop').key }), id),
      route(id, { host: `${id}.example.com`, tls: [{ hosts: [host], secretName: 'tls' }] }),
    ],
  },
  {
    name: 'data of a Secret, raw',
    harmless: ['eA=='],
    make: (text, id) => [
      ...web(id),
      { ...inNamespace(secret('users', {}), id), data: { auth: text, 'tls.crt': text, 'tls.key': text } },
      usersOf(id, 'users'),
    ],
  },
];

/** A route to a Service of the text's name or kind. */
const serviceFields: readonly Field[] = [
  {
    name: 'name of a Service and its reference',
    harmless: NAMES,
    make: (text, id) => [service(text, id), slice(text, id), route(id, { paths: [['/a', 'Prefix', text]] })],
  },
  {
    name: 'name of a port everywhere',
    harmless: ['http', 'web-2'],
    make: (text, id) => [
      service('web', id, { ports: [{ name: text, port: 80, targetPort: text }] }),
      slice('web', id, { ports: [{ name: text, port: 8080 }] }),
      route(id, { paths: [['/a', 'Prefix', 'web', text]] }),
    ],
  },
  {
    name: 'cluster IP',
    harmless: ['10.0.0.1', 'fd00::1'],
    make: (text, id) => [service('web', id, { clusterIP: text }), route(id)],
    settings: () => ({ backendAddress: 'cluster-ip' }),
  },
  {
    name: 'type, protocol and affinity of a Service',
    harmless: ['NodePort'],
    make: (text, id) => [
      service('web', id, { type: text, sessionAffinity: text, ports: [{ port: 80, protocol: text }] }),
      slice('web', id),
      route(id),
    ],
  },
  {
    name: 'external name',
    harmless: ['db.example.com', 'DB.example.com.', '10.0.0.1'],
    make: (text, id) => [service('web', id, { type: 'ExternalName', externalName: text }), route(id)],
    isLookedUp: true,
  },
  {
    name: 'address in a slice',
    harmless: ['10.0.0.1'],
    make: (text, id) => [service('web', id), slice('web', id, { endpoints: [{ addresses: [text] }] }), route(id)],
  },
  {
    name: 'address in a slice of names',
    harmless: ['db.example.com', '10.0.0.1'],
    make: (text, id) => [
      service('web', id),
      slice('web', id, { addressType: 'FQDN', endpoints: [{ addresses: [text] }] }),
      route(id),
    ],
    isLookedUp: true,
  },
  {
    name: 'address in Endpoints',
    harmless: ['10.0.0.1', 'fd00::1'],
    make: (text, id) => [service('web', id), endpoints(id, { addresses: [{ ip: text, hostname: text }] }), route(id)],
  },
  {
    name: 'hostname, node and zone of an endpoint',
    harmless: ['web-0'],
    make: (text, id) => [
      service('web', id),
      slice('web', id, { endpoints: [{ addresses: [ADDRESS], hostname: text, nodeName: text, zone: text }] }),
      route(id),
    ],
  },
  {
    name: 'label of a slice',
    harmless: ['web', 'other'],
    make: (text, id) => [service('web', id), slice(text, id), route(id)],
  },
  {
    name: 'name and controller of an IngressClass',
    harmless: ['internal'],
    make: (text, id) => [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name: text },
        spec: { controller: text },
      },
      ...web(id),
      route(id),
    ],
    isGlobal: true,
  },
];

function configMap(data: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'controller', namespace: 'ingress' }, data };
}

/** Texts that become one word of nginx, and more. */
const LONG_FORMATS = Array.from({ length: 16 }, (_, index) => 'x'.repeat(1000 * (index + 1)));

/** Options that change something, with what is at home there. */
const OPTION_VALUES: Readonly<Record<string, readonly string[]>> = {
  'access-log-path': ['/var/log/nginx/all.log', '/dev/stdout'],
  'http-access-log-path': ['/var/log/nginx/http.log', ''],
  'stream-access-log-path': ['/var/log/nginx/tcp.log'],
  'access-log-params': ['buffer=16k gzip flush=1m', ''],
  'error-log-path': ['/var/log/nginx/errors.log', '/dev/stderr'],
  'error-log-level': ['warn', 'debug'],
  'log-format-upstream': [
    '$namespace/$service_name "$request"',
    '{"a": "$host"}\n',
    'US${literal_dollar}5',
    ...LONG_FORMATS,
  ],
  'log-format-stream': ['$remote_addr $proxy_upstream_name', ...LONG_FORMATS],
  'skip-access-log-urls': ['/healthz,~^/metrics'],
  'debug-connections': ['192.0.2.1', '10.0.0.0/8'],
  'add-headers': ['n0/headers', 'ingress/headers'],
  'proxy-set-headers': ['n0/headers', 'ingress/headers'],
  'hide-headers': ['X-Powered-By', 'X-Team,Access-Control-Allow-Origin'],
  'ssl-ciphers': ['ECDHE-ECDSA-AES128-GCM-SHA256', 'HIGH:!aNULL'],
  'ssl-protocols': ['TLSv1.2', 'TLSv1.2 TLSv1.3'],
  'no-auth-locations': ['/b', '/b,/c'],
  'proxy-ssl-location-only': ['true', 'false'],
  'ssl-ecdh-curve': ['auto', 'X25519:P-256'],
  'ssl-dh-param': ['ingress/dh', ''],
  'ssl-early-data': ['true', 'false'],
  'ssl-reject-handshake': ['true', 'false'],
  'ssl-session-cache': ['true', 'false'],
  'ssl-session-cache-size': ['10m', '64k'],
  'ssl-session-timeout': ['10m', '1h30m'],
  'ssl-session-tickets': ['true', 'false'],
  'ssl-session-ticket-key': ['bm90IGEgc2VjcmV0OiBhbiBleGFtcGxlIG9mIGEga2V5IGZvciB0aWNrZXRzLiAu'],
  'ssl-buffer-size': ['4k', '16384'],
  'use-http2': ['true', 'false'],
  'http2-max-concurrent-streams': ['128', '64'],
  'enable-ocsp': ['true', 'false'],
  'global-auth-url': ['http://auth.example.com/b?c=$request_uri', 'https://$host/b', 'http://web.$namespace.svc/'],
  'global-auth-method': ['POST'],
  'global-auth-signin': ['https://$host/b?rd=$escaped_request_uri'],
  'global-auth-signin-redirect-param': ['back'],
  'global-auth-response-headers': ['X-A,x_b', 'Authorization'],
  'global-auth-request-redirect': ['https://$host/b c'],
  'global-auth-always-set-cookie': ['true'],
  'global-auth-cache-key': ['$cookie_a', 'a b$host;'],
  'global-auth-cache-duration': ['200 5m, 401 1s'],
  'enable-auth-access-log': ['true'],
  'no-tls-redirect-locations': ['/b', '/b,/c'],
  'http-redirect-code': ['308', '301'],
  'proxy-body-size': ['8m', '0', '4G'],
  'client-body-buffer-size': ['64k', '1M'],
  'proxy-connect-timeout': ['5', '30'],
  'proxy-send-timeout': ['60', '300'],
  'proxy-read-timeout': ['60', '3600'],
  'custom-http-errors': ['404', '404,503'],
  'proxy-buffering': ['on', 'off'],
  'proxy-request-buffering': ['on', 'off'],
  'proxy-buffer-size': ['16k', '1M'],
  'proxy-buffers-number': ['2', '8'],
  'proxy-busy-buffers-size': ['8k', '1M', ''],
  'proxy-max-temp-file-size': ['0', '4k'],
  'proxy-next-upstream': ['error http_502', 'off'],
  'proxy-next-upstream-timeout': ['0', '5'],
  'proxy-next-upstream-tries': ['0', '5'],
  'proxy-http-version': ['1.0', '1.1'],
  'proxy-cookie-domain': ['off', 'a.example b.example'],
  'proxy-cookie-path': ['off', '/a /b'],
  'proxy-redirect-from': ['off', '/a'],
  'proxy-redirect-to': ['off', '/b'],
  'global-allowed-response-headers': ['X-Team', 'X-Team,X-Other'],
  'whitelist-source-range': ['10.0.0.0/8', '127.0.0.1, 2001:db8::/32'],
  'denylist-source-range': ['192.0.2.1'],
  'block-cidrs': ['192.0.2.0/24,::1'],
  'block-user-agents': ['BadBot,~*curl', '~^$'],
  'block-referers': ['~*spam\\.example'],
  'upstream-keepalive-connections': ['0', '32', '-1'],
  'upstream-keepalive-time': ['10m', '30s'],
  'client-header-buffer-size': ['4k', '1'],
  'large-client-header-buffers': ['4 16k', '1 512'],
  'default-type': ['text/plain'],
  'worker-processes': ['auto', '2'],
  'worker-cpu-affinity': ['auto', '01 10', ''],
  'max-worker-connections': ['1024', '0'],
  'max-worker-open-files': ['8192'],
  'nginx-status-ipv4-whitelist': ['127.0.0.1', '10.0.0.0/8'],
  'nginx-status-ipv6-whitelist': ['::1'],
  'server-name-hash-bucket-size': ['1024', '64'],
  'gzip-types': ['application/json text/css', '*'],
  'gzip-disable': ['MSIE [4-6]\\.', ''],
  'limit-req-status-code': ['429'],
  'limit-conn-status-code': ['429'],
  'limit-conn-zone-variable': ['$http_x_key', '$binary_remote_addr'],
  'limit-rate': ['100'],
  'limit-rate-after': ['10'],
};

const optionFields: readonly Field[] = [
  ...Object.keys(options).map(option => ({
    name: `option ${option}`,
    harmless: OPTION_VALUES[option] ?? ['true', 'false', '10'],
    make: (text: string, id: string) => [configMap({ [option]: text }), ...web(id), route(id)],
    settings: () => ({ controllerConfig: 'ingress/controller' }),
    isGlobal: true,
  })),
  {
    name: 'all options that are refused',
    harmless: WORDS,
    make: (text, id) => {
      const refused = Object.keys(refusedOptions);
      return [configMap(Object.fromEntries(refused.map(option => [option, text]))), ...web(id), route(id)];
    },
    settings: () => ({ controllerConfig: 'ingress/controller' }),
    isGlobal: true,
  },
  ...(['X-Team', undefined] as const).map(header => ({
    name: header === undefined ? 'name of a header in a ConfigMap' : 'value of a header in a ConfigMap',
    harmless: ['X-Team', 'X-Other'],
    make: (text: string, id: string) => [
      configMap({ 'global-allowed-response-headers': 'X-Team,X-Other' }),
      { ...configMap({ [header ?? text]: text }), metadata: { name: 'headers', namespace: id } },
      ...web(id),
      route(id, { annotations: { 'custom-headers': `${id}/headers` } }),
    ],
    settings: () => ({ controllerConfig: 'ingress/controller' }),
    isGlobal: true,
  })),
  ...(['SCRIPT_FILENAME', undefined] as const).map(param => ({
    name: param === undefined ? 'name of a FastCGI parameter' : 'value of a FastCGI parameter',
    harmless: ['/srv/www$fastcgi_script_name', 'APP_ENV'],
    make: (text: string, id: string) => [
      { ...configMap({ [param ?? text]: text }), metadata: { name: 'params', namespace: id } },
      ...web(id),
      route(id, { annotations: { 'backend-protocol': 'FCGI', 'fastcgi-params-configmap': 'params' } }),
    ],
  })),
  ...['add-headers', 'proxy-set-headers'].flatMap(option =>
    (['X-Team', undefined] as const).map(header => ({
      name: `${header === undefined ? 'name' : 'value'} of a header of ${option}`,
      harmless: header === undefined ? ['X-Team', 'X-Other'] : ['web', '$host and $namespace', '$uri', ''],
      make: (text: string, id: string) => [
        configMap({ [option]: `${id}/headers` }),
        { ...configMap({ [header ?? text]: text }), metadata: { name: 'headers', namespace: id } },
        ...web(id),
        route(id),
      ],
      settings: () => ({ controllerConfig: 'ingress/controller' }),
      isGlobal: true,
    })),
  ),
  {
    name: 'key of an option',
    harmless: ['such-a-thing'],
    make: (text, id) => [configMap({ [text]: text }), ...web(id), route(id)],
    settings: () => ({ controllerConfig: 'ingress/controller' }),
    isGlobal: true,
  },
  ...(['tcpServicesConfigMap', 'udpServicesConfigMap'] as const).flatMap(setting => [
    {
      name: `value of ${setting}`,
      harmless: ['n0/web:80', 'n0/web:http'],
      make: (text: string, id: string) => [configMap({ '5432': text }), ...web(id), route(id)],
      settings: () => ({ [setting]: 'ingress/controller' }),
      isGlobal: true,
    },
    {
      name: `key of ${setting}`,
      harmless: ['5432'],
      make: (text: string, id: string) => [configMap({ [text]: 'n0/web:80' }), ...web(id), route(id)],
      settings: () => ({ [setting]: 'ingress/controller' }),
      isGlobal: true,
    },
  ]),
];

export const fields: readonly Field[] = [
  ...ingressFields,
  ...annotationFields,
  ...secretFields,
  ...serviceFields,
  ...optionFields,
];
