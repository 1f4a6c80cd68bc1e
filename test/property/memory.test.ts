import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { RoutesMemory } from '../../src/answers/routes.ts';
import { routesOf } from '../../src/answers/routes.ts';
import { WANTED_KINDS } from '../../src/cluster/wanted.ts';
import { compile, compileSteps } from '../../src/compile/compile.ts';
import type { Compiled } from '../../src/compile/compile.ts';
import type { RoutingCheckMemory } from '../../src/lint/check-routing.ts';
import { checkRouting, createRoutingCheckMemory } from '../../src/lint/check-routing.ts';
import type { CompileMemory } from '../../src/compile/memory.ts';
import { createCompileMemory } from '../../src/compile/memory.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import type { RenderMemory } from '../../src/nginx/render.ts';
import { createRenderMemory, renderNginx } from '../../src/nginx/render.ts';
import type { RenderOptions } from '../../src/nginx/render.ts';
import type { Ingress, Resource } from '../../src/resources/model.ts';
import { refuseIngress } from '../../src/resources/refused-ingress.ts';
import {
  classOf,
  configMapOf,
  endpointsOf,
  ingressOf,
  secretOf,
  serviceOf,
  settingsOf,
  sliceOf,
  tlsSecretOf,
} from '../support/resources.ts';
import { authority, HASHES } from '../support/credentials.ts';
import type { IngressParts } from '../support/resources.ts';
import { runs } from './runs.ts';

const AUTH = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Staff only' };

/** What an Ingress may be: the forms differ in what they share with those of other Ingresses. */
const FORMS: readonly IngressParts[] = [
  { hosts: { 'news.example.com': [['/', 'web:80']] }, annotations: { ...AUTH, 'force-ssl-redirect': 'true' } },
  { hosts: { 'www.shop.example.com': [['/', 'web:80']] } },
  {
    hosts: {
      'www.shop.example.com': [
        ['/', 'blog:80'],
        ['/b', 'web:http', 'Exact'],
      ],
      'blog.apps.example.com': [['/x', 'web:80']],
    },
  },
  {
    hosts: {
      'www.shop.example.com': [
        ['/b', 'blog:80'],
        ['/b/', 'web:80'],
      ],
    },
    tls: { shop: ['www.shop.example.com'] },
    annotations: {
      'proxy-body-size': '8m',
      'proxy-read-timeout': '300',
      'proxy-buffer-size': '16k',
      'proxy-next-upstream': 'off',
    },
  },
  {
    hosts: { '*.apps.example.com': [['/', 'web:80']] },
    tls: { shop: ['*.apps.example.com'] },
    annotations: { 'force-ssl-redirect': 'true' },
  },
  {
    hosts: {
      'blog.apps.example.com': [
        ['/', 'nobody:80'],
        ['/n', '!Bucket'],
      ],
      '': [['/c', 'web:80']],
    },
    defaultBackend: 'web:80',
  },
  { hosts: { 'www.shop.example.com': [['/p', 'web:80']], 'shop.example.com': [['/', 'blog']] }, annotations: AUTH },
  {
    hosts: { 'blog.apps.example.com': [['/tls', 'web:80']] },
    annotations: { 'auth-tls-secret': 'shop/authority', 'auth-tls-match-cn': 'CN=alice' },
  },
  {
    hosts: { 'blog.apps.example.com': [['/ssl', 'web:80']], 'www.shop.example.com': [['/ssl', 'blog:80']] },
    annotations: { 'proxy-ssl-secret': 'shop/authority', 'backend-protocol': 'HTTPS' },
  },
  {
    hosts: { 'blog.apps.example.com': [['/https', 'web:80']] },
    annotations: { 'backend-protocol': 'HTTPS' },
  },
  { defaultBackend: 'blog:80', annotations: { ...AUTH, 'auth-secret': 'missing' } },
  {
    hosts: { 'blog.apps.example.com': [['/r(.*)', 'web:80', 'ImplementationSpecific']] },
    annotations: { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/r$1', 'upstream-vhost': '$service_name.local' },
  },
  {
    hosts: { 'blog.apps.example.com': [['/broken(', 'web:80', 'ImplementationSpecific']] },
    annotations: { 'use-regex': 'true' },
  },
  {
    hosts: { 'shop.example.com': [['/', 'web:80']] },
    tls: { broken: ['shop.example.com'], '': ['shop.example.com'] },
    className: 'other',
  },
  {
    hosts: { 'www.shop.example.com': [['/alias;', 'web:80']], 'shop.example.com': [['/up', 'web:80']] },
    annotations: { 'proxy-body-size': '0', 'client-body-buffer-size': '1 MB' },
  },
  {
    hosts: { 'shop.example.com': [['/', 'web:80']] },
    annotations: { canary: 'true', 'ssl-redirect': 'maybe', nonsense: '1' },
  },
  {
    hosts: { 'www.shop.example.com': [['/', 'blog:80']], 'news.example.com': [['/', 'blog:80']] },
    annotations: { canary: 'true', 'canary-weight': '20', 'canary-by-header': 'X-Canary' },
  },
  { defaultBackend: 'web:80', annotations: { canary: 'true', 'canary-by-cookie': 'a.b' } },
  {
    hosts: { 'blog.apps.example.com': [['/x', 'phone:5432']], 'www.shop.example.com': [['/b', 'web:81', 'Exact']] },
    annotations: { canary: 'true', 'canary-weight': '100', 'auth-tls-secret': 'shop/authority' },
  },
  {
    hosts: { 'www.shop.example.com': [['/', 'phone:5432']], 'blog.apps.example.com': [['/x', 'phone:5432']] },
    annotations: { canary: 'true', 'canary-weight': '100' },
  },
  {
    hosts: {
      'www.shop.example.com': [
        ['/l', 'far:80'],
        ['/m', 'phone:5432'],
      ],
    },
    tls: { shop: [] },
    annotations: {
      'auth-url': 'http://web.shop.svc/$ingress_name',
      'auth-signin': '/s',
      'auth-response-headers': 'X-A',
    },
  },
  {
    hosts: { 'www.shop.example.com': [['/s', 'web:80']], 'news.example.com': [['/', 'far:80']] },
    annotations: { affinity: 'cookie', 'affinity-mode': 'persistent' },
  },
  {
    hosts: {
      'www.shop.example.com': [
        ['/t', 'web:80'],
        ['/u', 'web:http'],
      ],
    },
    annotations: { affinity: 'cookie', 'session-cookie-name': 'route', 'session-cookie-path': '/' },
  },
  {
    hosts: { 'www.shop.example.com': [['/s', 'blog:80']] },
    annotations: { canary: 'true', 'canary-weight': '50' },
  },
  {
    hosts: { 'www.shop.example.com': [['/v', 'web:80']], 'news.example.com': [['/w', 'blog:80']] },
    annotations: { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' },
  },
  {
    hosts: { 'www.shop.example.com': [['/y', 'web:80']], 'blog.example.com': [['/z', 'blog:80']] },
    annotations: { 'load-balance': 'ewma' },
  },
  {
    hosts: { 'www.shop.example.com': [['/y', 'web:80']], 'news.example.com': [['/s', 'web:http']] },
    annotations: { 'service-upstream': 'true' },
  },
  { hosts: { 'news.example.com': [['/o', 'blog:80']] }, annotations: { 'enable-opentelemetry': 'true' } },
  { hosts: { 'www.shop.example.com': [['/n', 'web:80']] }, annotations: { 'enable-modsecurity': 'true' } },
  {
    hosts: { 'www.shop.example.com': [['/m', 'web:80']], 'news.example.com': [['/m', 'blog:80']] },
    annotations: { 'mirror-target': 'http://blog.shop.svc.cluster.local$request_uri' },
  },
  { hosts: { 'www.shop.example.com': [['/', 'web:80']] }, annotations: { 'ssl-passthrough': 'true' } },
  {
    hosts: { 'snippets.example.com': [['/', 'web:80']] },
    annotations: { 'configuration-snippet': 'add_header X-Name "$service_name";', 'server-snippet': 'return 403;' },
  },
  {
    hosts: {
      'www.shop.example.com': [
        ['/e', 'nobody:80'],
        ['/f', 'web:http'],
      ],
    },
    annotations: { 'custom-http-errors': '404,503', 'default-backend': 'blog' },
  },
  {
    hosts: { 'shop.example.com': [['/i', 'web:80']], 'news.example.com': [['/', 'blog:80']] },
    annotations: { 'whitelist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.0.0.1' },
  },
  {
    hosts: { 'shop.example.com': [['/j', 'web:80']], 'news.example.com': [['/', 'blog:80']] },
    annotations: { 'limit-rps': '10', 'limit-connections': '5', 'limit-allowlist': '10.0.0.0/8', satisfy: 'any' },
  },
  { hosts: { 'shop.example.com': [['/g', 'nobody:80']] }, annotations: { 'default-backend': 'web' } },
  {
    hosts: { 'shop.example.com': [['/', 'web:80']], 'news.example.com': [['/h', 'blog:80']] },
    annotations: { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.example,b' },
  },
  {
    hosts: { 'www.shop.example.com': [['/p', 'web:80']] },
    annotations: { 'backend-protocol': 'HTTPS', affinity: 'cookie' },
  },
  { hosts: { 'news.example.com': [['/q', 'blog:80']] }, annotations: { 'backend-protocol': 'GRPC' } },
  {
    hosts: { 'www.shop.example.com': [['/q', 'blog:80']] },
    annotations: { 'backend-protocol': 'FCGI', 'fastcgi-index': 'a.php', 'fastcgi-params-configmap': 'params' },
  },
  {
    hosts: { 'news.example.com': [['/k', 'blog:80']], 'shop.example.com': [['/k', 'web:80']] },
    annotations: {
      ...AUTH,
      'auth-url': 'https://shop.example.com/verify',
      'auth-method': 'POST',
      'auth-cache-key': '$host',
      'auth-proxy-set-headers': 'shop/options',
    },
  },
  {
    hosts: { 'blog.apps.example.com': [['/ga', 'web:80']] },
    annotations: { 'enable-global-auth': 'false', 'auth-keepalive': '3' },
  },
];

function ingresses(name: string, createdAt: string, first = 0): readonly Ingress[] {
  const forms = [...FORMS.slice(first), ...FORMS.slice(0, first)];
  const formed = forms.map(form => ingressOf({ name, createdAt, ...form }));
  // The same again, as other objects; and refused ones.
  return [
    ...formed,
    ...forms.slice(0, 3).map(form => ingressOf({ name, createdAt, ...form })),
    ...formed.map(refuseIngress),
  ];
}

const LATE = '2025-02-01T00:00:00Z';

/** Names that several objects could have; each is there in one of its forms, or not at all. */
const SLOTS: readonly (readonly Resource[])[] = [
  ingresses('one', '2025-01-01T00:00:00Z'),
  ingresses('two', '2025-01-02T00:00:00Z', 3),
  ingresses('three', '2025-01-02T00:00:00Z', 9),
  // Two objects of a name.
  ingresses('one', '2025-01-03T00:00:00Z').map(ingress => ({ ...ingress, document: 'twice' })),
  // Backends that come to the name of another one.
  [
    ingressOf({
      namespace: 'a-b',
      name: 'x',
      hosts: { 'm.example.com': [['/', 'c:80']], 'news.example.com': [['/d', 'c:80']] },
      createdAt: LATE,
    }),
    ingressOf({ namespace: 'a', name: 'y', hosts: { 'n.example.com': [['/', 'b-c:80']] }, createdAt: LATE }),
  ],
  [ingressOf({ namespace: 'a', name: 'z', hosts: { 'o.example.com': [['/z', 'b-c:80']] }, createdAt: LATE })],
  [serviceOf('a-b/c'), serviceOf('a-b/c', ['80'], { clusterIP: '10.96.0.3' })],
  [serviceOf('a/b-c', ['80@30080'], { clusterIP: '10.96.0.4' })],
  [serviceOf('web', ['http:80->8080@30081']), serviceOf('web', ['http:80->8081']), serviceOf('web', ['other:81'])],
  [
    serviceOf('web', ['http:80->8080'], { clusterIP: '10.96.0.1' }),
    serviceOf('web', ['http:80'], { clusterIP: 'None' }),
  ],
  [serviceOf('blog', ['80'], { clusterIP: '10.96.0.2' }), serviceOf('blog', ['80->90'])],
  ['db.acme.io', '198.51.100.7'].map(externalName =>
    serviceOf('phone', ['5432'], { type: 'ExternalName', externalName }),
  ),
  [
    sliceOf('web', ['http:8080'], ['10.0.0.1']),
    sliceOf('web', ['http:8080'], ['-10.0.0.1']),
    sliceOf('web', ['8080'], []),
  ],
  [sliceOf('web', ['http:8080'], ['10.0.0.2'], '-second')],
  [endpointsOf('blog', ['80'], ['10.0.0.3', '10.0.0.4']), endpointsOf('nobody', ['80'], ['10.0.0.5'])],
  [sliceOf('a-b/c', ['80'], ['10.0.1.1'])],
  [sliceOf('a/b-c', ['80'], ['10.0.1.2'])],
  [tlsSecretOf('shop', 'shop'), tlsSecretOf('shop', 'other'), secretOf('shop', { 'tls.crt': 'x', 'tls.key': 'y' })],
  [secretOf('broken', { 'tls.crt': 'x' })],
  [
    secretOf('authority', { 'ca.crt': authority('clients.crt') }),
    secretOf('authority', { 'ca.crt': authority('others.crt'), 'ca.crl': authority('clients.crl') }),
    secretOf('authority', { 'ca.crt': 'x' }),
  ],
  [
    secretOf('users', { auth: `ines:${HASHES.ines}` }),
    secretOf('users', { auth: 'ines:x\nbad line' }),
    secretOf('users', {}),
  ],
  [classOf('nginx'), classOf('nginx', 'example.com/other'), classOf('other', 'k8s.io/ingress-nginx', true)],
  [
    configMapOf('shop/options', { 'ssl-redirect': 'false', 'service-upstream': 'true' }),
    configMapOf('shop/options', {
      'upstream-keepalive-connections': '0',
      'nginx-status-ipv4-whitelist': '10.0.0.0/8',
      'server-name-hash-max-size': '4096',
      'large-client-header-buffers': '2 16k',
      'max-worker-connections': '1024',
      'default-type': 'text/plain',
      'gzip-level': '5',
    }),
    configMapOf('shop/options', { hsts: 'maybe', 'no-auth-locations': '/p', nonsense: '1' }),
    configMapOf('shop/options', {
      'proxy-body-size': '8M',
      'client-body-buffer-size': '64k',
      'proxy-read-timeout': '0',
      'proxy-busy-buffers-size': '8k',
      'proxy-next-upstream': 'error',
      'custom-http-errors': '404',
      'whitelist-source-range': '10.0.0.0/8',
      'limit-conn-zone-variable': '$http_x_key',
      'block-user-agents': 'BadBot',
      'use-forwarded-headers': 'true',
      'use-proxy-protocol': 'true',
      'limit-rate': '100',
      'add-headers': 'shop/headers',
      'proxy-set-headers': 'shop/headers',
      'hide-headers': 'X-Powered-By',
      'log-format-upstream': '$namespace/$service_name',
      'skip-access-log-urls': '/healthz',
      'enable-access-log-for-default-backend': 'true',
    }),
    configMapOf('shop/options', {
      'allow-snippet-annotations': 'true',
      'annotations-risk-level': 'Critical',
      'location-snippet': 'add_header X-All "$namespace";',
      'server-snippet': 'location = /srv { return 200 $snippet; }',
      'http-snippet': 'map $host $snippet { default a; }',
      'stream-snippet': 'map $remote_addr $b { default a; }',
    }),
    configMapOf('shop/options', { 'annotations-risk-level': 'Low', 'location-snippet': 'proxy_cache a;' }),
  ],
  [configMapOf('shop/params', { A: '$uri' }), configMapOf('shop/params', { A: 'b;' })],
  [
    configMapOf('shop/headers', { 'X-Team': 'web' }),
    configMapOf('shop/headers', { 'X-Team': '$ingress_name', 'X-B': '$x' }),
  ],
  [configMapOf('shop/tcp', { '9000': 'shop/web:80', x: 'y' })],
];

/** Slots of a name that another slot has as well: in the beginning they are empty. */
const DOUBLES = new Set([3, 9]);

const SETTINGS: readonly Partial<CompileSettings>[] = [
  {},
  { backendAddress: 'dns' },
  { backendAddress: 'node-port', nodeAddresses: ['192.0.2.1'] },
  { backendAddress: 'port-forward', forwards: new Map([['shop/web:80', 20_080]]) },
  {
    backendAddress: 'port-forward',
    forwards: new Map([
      ['shop/web:80', 20_081],
      ['shop/blog:80', 20_082],
    ]),
  },
  { defaultBackendService: 'shop/blog', resolvers: ['192.0.2.53'], httpsPort: 8443 },
  { controllerConfig: 'shop/options', defaultSslCertificate: 'shop/shop', tcpServicesConfigMap: 'shop/tcp' },
  { controllerConfig: 'shop/options', snippets: 'all' },
  { snippets: 'safe' },
  { defaultSslCertificate: 'none', watchWithoutClass: true, now: Date.parse('2099-01-01T00:00:00Z') },
  { world: { missing: 'note', external: [] }, isCheck: true },
  { world: { missing: 'error', external: ['Secret'] }, isCheck: true },
];

const OPTIONS: readonly RenderOptions[] = [{}, { version: { major: 1, minor: 28, patch: 0 } }];

/** A step: some slots get another form or none, and sometimes the rest is another. */
interface Step {
  /** Each a slot and a form of it. */
  readonly edits: readonly (readonly [slot: number, form: number])[];
  /** Undefined: as before. */
  readonly settings: number | undefined;
  readonly hasEndpoints: boolean;
  readonly options: number;
  /** A compilation of it is begun, and given up after so many pauses, before it is compiled to the end. */
  readonly givenUpAfter: number;
  /** The resources come in another order. */
  readonly isTurned: boolean;
}

const rarely = <T>(usual: T, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(fc.tuple(fc.nat({ max: SLOTS.length - 1 }), fc.nat({ max: 1_000 })), { minLength: 0, maxLength: 3 }),
  settings: rarely<number | undefined>(undefined, fc.nat({ max: SETTINGS.length - 1 })),
  hasEndpoints: rarely(true, fc.constant(false)),
  options: rarely(0, fc.constant(1)),
  givenUpAfter: rarely(0, fc.nat({ max: 8 })),
  isTurned: rarely(false, fc.constant(true)),
});

interface Memories {
  readonly checks: RoutingCheckMemory;
  readonly compile: CompileMemory;
  readonly render: RenderMemory;
  readonly routes: RoutesMemory;
}

/** All that comes of a state, as text; without memories, from scratch. */
function outcomeOf(state: readonly Resource[], settings: CompileSettings, options: RenderOptions, memories?: Memories) {
  const { report, diagnostics } = collect();
  const compiled: Compiled = compile(state, settings, report, memories?.compile);
  checkRouting(compiled.routing, report, memories?.checks);
  const { files, folders } = renderNginx(compiled.routing, options, memories?.render);
  const routes = JSON.stringify(routesOf(compiled.routing, memories?.routes));
  return {
    routing: JSON.stringify(compiled.routing),
    findings: JSON.stringify(diagnostics),
    routes,
    leftOut: JSON.stringify(compiled.leftOut),
    wanted: WANTED_KINDS.map(kind => [...compiled.wanted[kind]].toSorted()),
    forwards: [...compiled.forwardsWanted].toSorted(),
    files: files.map(({ bytes, ...file }) => JSON.stringify({ ...file, text: Buffer.from(bytes).toString() })),
    folders,
  };
}

/** Begins what a change of the input would end. */
function giveUp(state: readonly Resource[], settings: CompileSettings, memory: CompileMemory, pauses: number): void {
  const steps = compileSteps(state, settings, () => undefined, memory);
  for (let pause = 0; pause < pauses; pause += 1) if (steps.next().done === true) return;
}

test('a memory changes nothing but the time that it takes', () => {
  const property = fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), steps => {
    const memories: Memories = {
      compile: createCompileMemory(),
      checks: createRoutingCheckMemory(),
      render: createRenderMemory(),
      routes: { last: undefined },
    };
    const state = new Map(
      SLOTS.flatMap(([first], slot) => (first === undefined || DOUBLES.has(slot) ? [] : [[slot, first] as const])),
    );
    let settings = settingsOf();
    for (const { edits, settings: other, hasEndpoints, options, givenUpAfter, isTurned } of steps) {
      for (const [slot, form] of edits) {
        const forms = SLOTS[slot] ?? [];
        const resource = forms[form % (forms.length + 1)];
        if (resource === undefined) state.delete(slot);
        else state.set(slot, resource);
      }
      if (other !== undefined) settings = settingsOf(SETTINGS[other]);
      const inOrder = [...state.values()].filter(({ kind }) => hasEndpoints || kind !== 'EndpointSet');
      const resources = isTurned ? inOrder.toReversed() : inOrder;
      giveUp(resources, settings, memories.compile, givenUpAfter);
      const chosen = OPTIONS[options] ?? {};
      expect(outcomeOf(resources, settings, chosen, memories)).toEqual(outcomeOf(resources, settings, chosen));
    }
  });
  fc.assert(property, runs(150));
});

test('what has not changed is the same object', () => {
  const memory = createCompileMemory();
  const web = ingressOf({ hosts: { 'www.shop.example.com': [['/', 'web:80']] } });
  const blog = ingressOf({ name: 'blog', hosts: { 'blog.apps.example.com': [['/', 'blog:80']] } });
  const apps = ['web', 'blog'].map(name => [
    serviceOf(name, ['http:80->8080']),
    sliceOf(name, ['http:8080'], ['10.0.0.1']),
  ]);
  const given = [web, blog, ...apps.flat()];
  const run = (resources: readonly Resource[]) => compile(resources, settingsOf(), () => undefined, memory).routing;
  const first = run(given);
  const moved = ingressOf({ name: 'blog', hosts: { 'shop.example.com': [['/', 'blog:80']] } });
  const second = run(given.map(resource => (resource === blog ? moved : resource)));
  const third = run([...given, sliceOf('blog', ['http:8080'], ['10.0.0.2'], '-more')]);
  const server = ({ servers }: typeof first, host: string) => servers.find(found => found.host === host);
  const upstream = ({ upstreams }: typeof first, name: string) => upstreams.find(found => found.name === name);
  for (const later of [second, third]) {
    expect(server(later, 'www.shop.example.com')).toBe(server(first, 'www.shop.example.com'));
    expect(upstream(later, 'shop-web-80')).toBe(upstream(first, 'shop-web-80'));
  }
  expect(server(second, 'blog.apps.example.com')).toBeUndefined();
  // Another address is no other server.
  expect(upstream(third, 'shop-blog-80')).not.toBe(upstream(first, 'shop-blog-80'));
});
