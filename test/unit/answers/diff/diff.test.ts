import { expect, test } from 'vitest';

import { diffRoutings } from '../../../../src/answers/diff/diff.ts';
import { CHANGE_KINDS } from '../../../../src/answers/diff/kinds.ts';
import type { RoutingDiff } from '../../../../src/answers/diff/model.ts';
import type { Routing } from '../../../../src/routing/model.ts';
import type { Options } from '../../../support/explained.ts';
import { routingOf } from '../../../support/explained.ts';
import type { IngressOptions, Manifest, PathRow } from '../../../support/manifests.ts';
import { ingress, service, tlsSecret, userSecret } from '../../../support/manifests.ts';

const PORTS = [{ number: 80, pod: 8080 }];
const SERVICES = ['web', 'api', 'next'].map((name, index) =>
  service(name, PORTS, { clusterIP: `10.0.0.${index + 1}` }),
);
const ALL = [...SERVICES, userSecret('users'), userSecret('staff'), tlsSecret('tls', 'shop')];
const HOST = 'shop.example.com';
const WILDCARD = ingress({ name: 'all', host: '*.example.com', paths: [['/', 'Prefix', 'web']] });
const CART: PathRow = ['/cart', 'Prefix', 'web'];
const ROOT: PathRow = ['/', 'Prefix', 'web'];

function shop(options: Partial<IngressOptions> = {}): Manifest {
  return ingress({ host: HOST, paths: [ROOT], ...options });
}

const annotated = (annotations: Readonly<Record<string, string>>): readonly Manifest[] => [shop({ annotations })];

function diffOf(
  before: readonly Manifest[],
  after: readonly Manifest[],
  options: { readonly before?: Options; readonly after?: Options } = {},
): RoutingDiff {
  return diffRoutings(routingOf([...ALL, ...before], options.before), routingOf([...ALL, ...after], options.after));
}

/** `removed-route /cart /cart/` */
function shown({ changes }: RoutingDiff): readonly string[] {
  return changes.map(({ kind, subject, routes }) =>
    [kind, ...(subject === undefined ? [] : [subject]), ...routes.map(({ path }) => path)].join(' '),
  );
}

const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };
const OPEN = { 'enable-cors': 'true' };
const TLS = [{ hosts: [HOST], secretName: 'tls' }];

test.each<readonly [string, readonly Manifest[], readonly Manifest[], readonly string[]]>([
  ['a path goes', [shop({ paths: [ROOT, ['/old', 'Exact', 'api']] })], [shop()], ['removed-route /old']],
  ['a path comes', [shop()], [shop({ paths: [ROOT, ['/new', 'Exact', 'api']] })], ['added-route /new']],
  ['a host goes', [shop()], [], ['removed-route /']],
  ['a path goes to another Service', [shop()], [shop({ paths: [['/', 'Prefix', 'api']] })], ['moved-route /']],
  ['a Service lacks the port', [shop()], [shop({ paths: [['/', 'Prefix', 'web', 81]] })], ['closed-route /']],
  [
    'the type of a path changes: what lies below it is no longer served',
    [shop({ paths: [CART] })],
    [shop({ paths: [['/cart', 'Exact', 'web']] })],
    ['removed-route /cart/'],
  ],
  [
    'one path makes all of the host expressions',
    [shop({ paths: [ROOT] })],
    [
      shop({ paths: [ROOT] }),
      shop({
        name: 'more',
        annotations: { 'use-regex': 'true' },
        paths: [['/x[0-9]', 'ImplementationSpecific', 'web']],
      }),
    ],
    ['regex-host shop.example.com', 'added-route ^/x[0-9]'],
  ],
  [
    'the same where no path is for all: what answers 404 to others was no route',
    [shop({ paths: [CART] })],
    [shop({ annotations: { 'use-regex': 'true' }, paths: [CART] })],
    ['regex-host shop.example.com'],
  ],
  [
    'a password goes whose Secret is elsewhere, as in Git',
    annotated({ ...BASIC, 'auth-secret': 'elsewhere' }),
    annotated({}),
    ['auth-removed /'],
  ],
  [
    'a Secret comes that a password needs',
    annotated({ ...BASIC, 'auth-secret': 'elsewhere' }),
    annotated(BASIC),
    ['auth-added /', 'opened-route /'],
  ],
  [
    'a check of client certificates goes whose Secret is elsewhere',
    annotated({ 'auth-tls-secret': 'shop/elsewhere' }),
    annotated({}),
    ['client-certificate-removed /'],
  ],
  [
    'an expression takes the requests of another path',
    [shop({ annotations: { 'use-regex': 'true' }, paths: [['/a+', 'ImplementationSpecific', 'web']] })],
    [
      shop({
        annotations: { 'use-regex': 'true' },
        paths: [
          ['/a+', 'ImplementationSpecific', 'web'],
          ['/[a-z]', 'ImplementationSpecific', 'api'],
        ],
      }),
    ],
    ['shadowed-route ^/a+', 'added-route ^/[a-z]'],
  ],
  ['a password is no longer asked for', annotated(BASIC), annotated({}), ['auth-removed /']],
  ['a password is asked for', annotated({}), annotated(BASIC), ['auth-added /']],
  ['other users', annotated(BASIC), annotated({ ...BASIC, 'auth-secret': 'staff' }), ['auth-changed /']],
  [
    'one check is enough',
    annotated({ ...BASIC, 'whitelist-source-range': '10.0.0.0/8' }),
    annotated({ ...BASIC, 'whitelist-source-range': '10.0.0.0/8', satisfy: 'any' }),
    ['checks-weakened /'],
  ],
  [
    'an allow list goes',
    annotated({ 'whitelist-source-range': '10.0.0.0/8' }),
    annotated({}),
    ['allow-list-removed /'],
  ],
  [
    'an allow list is widened',
    annotated({ 'whitelist-source-range': '10.1.0.0/16' }),
    annotated({ 'whitelist-source-range': '10.0.0.0/8' }),
    ['allow-list-widened /'],
  ],
  [
    'an allow list lets everybody in',
    annotated({ 'whitelist-source-range': '10.1.0.0/16' }),
    annotated({ 'whitelist-source-range': '0.0.0.0/0, ::/0' }),
    ['allow-list-widened /'],
  ],
  [
    'an allow list names a network that another one of it has in it',
    annotated({ 'whitelist-source-range': '10.0.0.0/8, 10.1.0.0/16, ::/0, 2001:db8::1' }),
    annotated({ 'whitelist-source-range': '::/0, 10.0.0.0/8' }),
    [],
  ],
  [
    'an allow list is in another order',
    annotated({ 'whitelist-source-range': '10.1.0.0/16, 10.0.0.1' }),
    annotated({ 'whitelist-source-range': '10.0.0.1, 10.1.0.0/16' }),
    [],
  ],
  [
    'an allow list is narrowed',
    annotated({ 'whitelist-source-range': '10.0.0.0/8, 2001:db8::/32' }),
    annotated({ 'whitelist-source-range': '10.0.0.1, 2001:db8:1::/48' }),
    ['allow-list-narrowed /'],
  ],
  [
    'an allow list names others',
    annotated({ 'whitelist-source-range': '10.0.0.0/8' }),
    annotated({ 'whitelist-source-range': '192.168.0.0/16' }),
    ['allow-list-changed /'],
  ],
  ['a limit goes', annotated({ 'limit-rps': '5' }), annotated({}), ['limit-removed /']],
  ['a limit changes', annotated({ 'limit-rps': '5' }), annotated({ 'limit-rps': '6' }), ['limit-changed /']],
  ['CORS for any site', annotated({}), annotated(OPEN), ['cors-opened /']],
  [
    'CORS for one site',
    annotated(OPEN),
    annotated({ ...OPEN, 'cors-allow-origin': 'https://a.example' }),
    ['cors-changed /'],
  ],
  [
    'TLS goes, and with it the redirect to HTTPS',
    [shop({ tls: TLS })],
    [shop()],
    ['tls-removed shop.example.com', 'https-redirect-removed /'],
  ],
  [
    'the redirect to HTTPS goes',
    [shop({ tls: TLS })],
    [shop({ tls: TLS, annotations: { 'ssl-redirect': 'false' } })],
    ['https-redirect-removed /'],
  ],
  ['a smaller body', annotated({}), annotated({ 'proxy-body-size': '10k' }), ['body-size-lowered /']],
  ['a larger body', annotated({}), annotated({ 'proxy-body-size': '0' }), ['body-size-raised /']],
  ['less time', annotated({}), annotated({ 'proxy-read-timeout': '5' }), ['timeouts-shortened /']],
  ['more time', annotated({}), annotated({ 'proxy-read-timeout': '500' }), ['timeouts-changed /']],
  ['another protocol', annotated({}), annotated({ 'backend-protocol': 'HTTPS' }), ['protocol-changed shop/web:80 /']],
  ['another app root', annotated({}), annotated({ 'app-root': '/cart' }), ['app-root-changed shop.example.com']],
  ['another host for backends', annotated({}), annotated({ 'upstream-vhost': 'a' }), ['backend-host-changed /']],
  [
    'a share of the requests goes elsewhere',
    [shop()],
    [
      shop(),
      shop({
        name: 'canary',
        annotations: { canary: 'true', 'canary-weight': '10' },
        paths: [['/', 'Prefix', 'next']],
      }),
    ],
    ['canary-changed /'],
  ],
  [
    'a redirect leads elsewhere',
    annotated({ 'permanent-redirect': 'https://a.example' }),
    annotated({ 'permanent-redirect': 'https://b.example' }),
    ['redirect-changed /'],
  ],
  [
    'a redirect of an Ingress with another name',
    annotated({ 'permanent-redirect': 'https://a.example' }),
    [shop({ name: 'other', annotations: { 'permanent-redirect': 'https://a.example' } })],
    [],
  ],
  [
    'a folder becomes an exact path: what lies below it is no longer served',
    [shop({ paths: [['/api/', 'Prefix', 'web']] })],
    [shop({ paths: [['/api/', 'Exact', 'web']] })],
    ['removed-route /api/'],
  ],
  [
    'a host goes that a wildcard serves alike',
    [shop(), shop({ name: 'all', host: '*.example.com' })],
    [shop({ name: 'all', host: '*.example.com' })],
    [],
  ],
  [
    'a host comes that a wildcard served otherwise',
    [WILDCARD],
    [shop({ annotations: BASIC }), WILDCARD],
    ['auth-added /'],
  ],
  [
    'a host comes with one path: its others, which a wildcard served, are closed, and that one moves',
    [WILDCARD],
    [WILDCARD, shop({ paths: [['/cart', 'Prefix', 'api']] })],
    ['removed-route /', 'moved-route /cart /cart/'],
  ],
  [
    'a host of one path goes: a wildcard serves all of it',
    [WILDCARD, shop({ paths: [['/cart', 'Prefix', 'api']] })],
    [WILDCARD],
    ['moved-route /cart /cart/', 'added-route /'],
  ],
  [
    'a host goes that a wildcard serves from another Service',
    [WILDCARD, shop({ paths: [['/', 'Prefix', 'api']] })],
    [WILDCARD],
    ['moved-route /'],
  ],
  [
    'a host comes without a path that the wildcard leads elsewhere',
    [shop({ name: 'all', host: '*.example.com', paths: [ROOT, ['/api', 'Exact', 'api']] })],
    [shop({ name: 'all', host: '*.example.com', paths: [ROOT, ['/api', 'Exact', 'api']] }), shop()],
    ['moved-route /api'],
  ],
  [
    'a host comes that an alias of another one served',
    [shop({ name: 'main', host: 'main.example', annotations: { 'server-alias': HOST } })],
    [shop({ name: 'main', host: 'main.example' }), shop({ paths: [['/', 'Prefix', 'api']] })],
    ['removed-alias main.example', 'moved-route /'],
  ],
  [
    'a host comes that the default server served',
    [ingress({ name: 'all', paths: [ROOT] })],
    [ingress({ name: 'all', paths: [ROOT] }), shop({ paths: [CART] })],
    ['removed-route /'],
  ],
  [
    'a host comes that nobody served',
    [ingress({ name: 'all', host: 'other.example', paths: [ROOT] })],
    [ingress({ name: 'all', host: 'other.example', paths: [ROOT] }), shop({ paths: [CART] })],
    ['added-route /cart /cart/'],
  ],
  [
    'a folder goes to which nginx has redirected',
    [shop({ paths: [ROOT, ['/api/', 'Prefix', 'web']] })],
    [shop({ paths: [ROOT] })],
    ['removed-route /api/'],
  ],
  ['nothing', annotated(BASIC), annotated(BASIC), []],
  ['an Ingress has another name', [shop()], [shop({ name: 'other' })], []],
  [
    'two Ingresses become one',
    [shop({ name: 'a', paths: [CART] }), shop({ name: 'b', paths: [ROOT] })],
    [shop({ name: 'c', paths: [ROOT, CART] })],
    [],
  ],
  ['a path goes that another one serves alike', [shop({ paths: [ROOT, CART] })], [shop({ paths: [ROOT] })], []],
  ['a default is written down', annotated({}), annotated({ 'proxy-read-timeout': '60', 'proxy-body-size': '1m' }), []],
])('%s', (_, before, after, expected) => {
  expect(shown(diffOf(before, after))).toEqual(expected);
});

test.each<readonly [string, Options, Options, readonly string[]]>([
  ['a user agent is no longer blocked', { 'block-user-agents': 'curl' }, {}, ['block-removed']],
  ['browsers are no longer told to use HTTPS', {}, { hsts: 'false' }, ['hsts-removed']],
  ['proxies are believed', {}, { 'use-forwarded-headers': 'true' }, ['trusted-proxies-changed']],
  [
    'the option says what an annotation said',
    { 'proxy-body-size': '9m' },
    { 'proxy-body-size': '8m' },
    ['body-size-lowered'],
  ],
])('of all hosts: %s', (_, before, after, expected) => {
  const found = diffOf([shop()], [shop()], { before, after });
  expect(shown(found)).toEqual(expected);
});

test('an annotation that says what the option says is no change', () => {
  const options = { 'proxy-body-size': '9m' };
  const found = diffOf(annotated({ 'proxy-body-size': '9m' }), annotated({}), { before: options, after: options });
  expect(found.changes).toEqual([]);
});

test('a snippet reads as it was written', () => {
  const snippet = (status: number) =>
    annotated({ 'configuration-snippet': `if ($http_x = "a") { return ${status}; }` });
  const settings = { snippets: 'all' } as const;
  const [before, after] = [403, 401].map(status => routingOf([...ALL, ...snippet(status)], {}, settings));
  const [change] = before === undefined || after === undefined ? [] : diffRoutings(before, after).changes;
  expect(change).toMatchObject({
    kind: 'snippet-changed',
    before: { text: 'configuration-snippet: if ($http_x = a) { return 403; }' },
    after: { text: 'configuration-snippet: if ($http_x = a) { return 401; }' },
  });
});

test('what another Ingress asks for now is a note', () => {
  const { notes } = diffOf([shop()], [shop({ name: 'other' })]);
  expect(notes.map(({ text, routes }) => [text, routes.length])).toEqual([
    ['now of Ingress shop/other, before of Ingress shop/shop', 1],
  ]);
});

test('a change says who asked for it on both sides', () => {
  const [change] = diffOf(annotated(BASIC), annotated({})).changes;
  const causes = (side: 'before' | 'after') =>
    change?.[side]?.causes.map(cause => (cause.kind === 'asker' ? cause.asker.name : cause.at.field.path.join('.')));
  expect(causes('before')).toEqual(['auth-type']);
  expect(causes('after')).toEqual(['spec.rules.0.http.paths.0.path']);
});

test('a change has a request that shows it', () => {
  const [change] = diffOf(annotated(BASIC), annotated({})).changes;
  expect(change?.example).toEqual({
    method: 'GET',
    url: 'https://shop.example.com/',
    before: '401',
    after: 'shop/web:80 gets /',
  });
});

test('a Secret that holds other users is a change, and no word of it is said', () => {
  const users = (hash: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'own', namespace: 'shop' },
    stringData: { auth: `ines:${hash}\n` },
  });
  const guarded = annotated({ ...BASIC, 'auth-secret': 'own' });
  const found = diffOf([...guarded, users('$apr1$aaaaaaaa$one')], [...guarded, users('$apr1$bbbbbbbb$two')]);
  expect(shown(found)).toEqual(['auth-changed Secret shop/own']);
  expect(JSON.stringify(found)).not.toMatch(/apr1|ines/);
});

test('routes without a change of their own are counted', () => {
  const { counts } = diffOf([shop({ paths: [CART, ROOT] })], [shop({ paths: [['/cart', 'Prefix', 'api'], ROOT] })]);
  expect(counts).toEqual({ before: 5, after: 5, unchanged: 3 });
});

test('the order of the manifests changes nothing', () => {
  const before = [shop({ paths: [CART, ROOT] }), shop({ name: 'z', host: 'z.example.com' })];
  const after = [shop({ annotations: BASIC, paths: [CART] }), shop({ name: 'y', host: 'y.example.com' })];
  expect(shown(diffOf(before.toReversed(), after.toReversed()))).toEqual(shown(diffOf(before, after)));
});

test('each kind of change has a name that gates can use', () => {
  for (const [name, { summary }] of Object.entries(CHANGE_KINDS)) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(summary).not.toMatch(/\.$/);
  }
});

test('a host goes whose HTTPS it alone had: the default server serves its paths, and rejects names that it lacks', () => {
  const all = ingress({ name: 'all', paths: [ROOT] });
  const cert = { defaultCertificate: { kind: 'certificate', id: 'shop/tls' } } as const;
  const routing = (...manifests: readonly Manifest[]): Routing => ({
    ...routingOf([...ALL, ...manifests], { 'ssl-reject-handshake': 'true' }),
    ...cert,
  });
  const [one, both] = [routing(all), routing(all, shop())];
  expect(shown(diffRoutings(both, one))).toEqual(['tls-removed shop.example.com']);
  expect(shown(diffRoutings(one, both))).toEqual(['tls-added shop.example.com']);
});

test('ModSecurity of all hosts in place of that of a route inspects its requests as before', () => {
  const routing = (manifest: Manifest, options: Options): Routing =>
    routingOf([...ALL, manifest], options, { nginxModules: [{ name: 'modsecurity' }] });
  const on = { 'enable-modsecurity': 'true' };
  const [own, all] = [routing(shop({ annotations: on }), {}), routing(shop(), on)];
  expect(shown(diffRoutings(own, all))).toEqual(['waf-added']);
  expect(shown(diffRoutings(all, routing(shop({ annotations: { 'enable-modsecurity': 'false' } }), on)))).toEqual([
    'waf-removed /',
  ]);
  expect(shown(diffRoutings(own, routing(shop(), {})))).toEqual(['waf-removed /']);
});
