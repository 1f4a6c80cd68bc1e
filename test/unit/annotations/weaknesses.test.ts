import { describe, expect, test } from 'vitest';

import * as basicAuth from '../../../src/annotations/rules/basic-auth.ts';
import * as networks from '../../../src/annotations/rules/networks.ts';
import * as urls from '../../../src/annotations/rules/urls.ts';
import * as weakChecks from '../../../src/annotations/rules/weak-checks.ts';
import * as weakSnippets from '../../../src/annotations/rules/weak-snippets.ts';
import * as weakTls from '../../../src/annotations/rules/weak-tls.ts';
import * as contradictions from '../../../src/annotations/rules/contradictions.ts';
import { foundAt } from '../../support/found-at.ts';
import { appOf, compiled, ingressOf, secretOf } from '../../support/resources.ts';
import type { IngressParts } from '../../support/resources.ts';

const RULES = { ...networks, ...urls, ...weakChecks, ...weakSnippets, ...weakTls, ...contradictions, ...basicAuth };
const NAMES = new Set<string>(Object.values(RULES).map(({ name }) => name));

const USERS = { 'auth-type': 'basic', 'auth-secret': 'users' };
const SERVICE = 'http://auth.shop.svc.cluster.local/verify';

/** What is said of the annotations of an Ingress: severity, rule and message. */
function saidOf(annotations: Readonly<Record<string, string>>, parts: IngressParts = {}): readonly string[] {
  const { found } = compiled(
    [
      ...appOf('web', '10.0.0.1'),
      secretOf('users', { auth: 'ines:$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/' }),
      ingressOf({ hosts: { 'shop.example.com': [['/', 'web:80']] }, ...parts, annotations }),
    ],
    { snippets: 'all' },
  );
  return found
    .filter(({ rule }) => NAMES.has(rule.name))
    .map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);
}

interface Row {
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
  readonly parts?: IngressParts;
  readonly said: readonly string[];
}

function check(rows: readonly Row[]): void {
  test.each(rows)('$name', ({ given, parts, said }) => {
    expect(saidOf(given, parts)).toEqual(said);
  });
}

describe('a list of networks', () => {
  check([
    { name: 'may have private networks', given: { 'allowlist-source-range': '10.0.0.0/8,192.168.0.0/16' }, said: [] },
    { name: 'may have single addresses', given: { 'whitelist-source-range': '192.0.2.17,2001:db8::1/128' }, said: [] },
    {
      name: 'of an address with the length 0 lets everybody in',
      given: { 'whitelist-source-range': '192.0.2.17/0' },
      said: [
        'warning open-network: whitelist-source-range has "192.0.2.17/0", which stands for all addresses: everybody is let in',
      ],
    },
    {
      name: 'of IPv6 as well',
      given: { 'allowlist-source-range': '2001:db8::/0' },
      said: [
        'warning open-network: allowlist-source-range has "2001:db8::/0", which stands for all addresses: everybody is let in',
      ],
    },
    {
      name: 'of all addresses alone is a note',
      given: { 'whitelist-source-range': '0.0.0.0/0' },
      said: ['info all-addresses: whitelist-source-range lets everybody in over IPv4, and nobody else'],
    },
    {
      name: 'of all addresses of both kinds is a note',
      given: { 'whitelist-source-range': '0.0.0.0/0, ::/0' },
      said: ['info all-addresses: whitelist-source-range lets everybody in'],
    },
    {
      name: 'of all addresses beside others makes them idle',
      given: { 'whitelist-source-range': '10.0.0.0/8,0.0.0.0/0' },
      said: [
        'warning all-addresses: whitelist-source-range has "0.0.0.0/0", which lets everybody in over IPv4: "10.0.0.0/8" has no effect',
      ],
    },
    {
      name: 'of all of IPv4 beside a network of IPv6 makes nothing idle',
      given: { 'whitelist-source-range': '0.0.0.0/0,2001:db8::/32' },
      said: ['info all-addresses: whitelist-source-range lets everybody in over IPv4, and nobody else'],
    },
    {
      name: 'that is not read counts for nothing',
      given: { 'whitelist-source-range': '0.0.0.0/0', 'allowlist-source-range': '10.0.0.0/8' },
      said: [],
    },
    {
      name: 'with an address in a network says which one',
      given: { 'denylist-source-range': '10.1.2.3/8' },
      said: ['info network-with-host-bits: denylist-source-range has "10.1.2.3/8", which stands for all of 10.0.0.0/8'],
    },
    {
      name: 'of those who are kept out may keep out everybody, as a note',
      given: { 'denylist-source-range': '0.0.0.0/0' },
      said: ['info all-addresses: denylist-source-range has "0.0.0.0/0", which keeps everybody out over IPv4'],
    },
    {
      name: 'of those who are kept out goes before one of those who are let in',
      given: { 'denylist-source-range': '0.0.0.0/0', 'allowlist-source-range': '10.0.0.0/8' },
      said: [
        'warning contradicting-annotations: denylist-source-range names all that allowlist-source-range lets in: nobody gets in',
      ],
    },
    {
      name: 'for which no limit holds may not be everybody',
      given: { 'limit-rps': '5', 'limit-allowlist': '0.0.0.0/0' },
      said: [
        'warning open-network: limit-allowlist has "0.0.0.0/0", which stands for all addresses: nobody is limited',
      ],
    },
    {
      name: 'for which no limit holds may be a network',
      given: { 'limit-rps': '5', 'limit-whitelist': '10.0.0.0/8' },
      said: [],
    },
    {
      name: 'with "any" is a matter of the password',
      given: { ...USERS, satisfy: 'any', 'allowlist-source-range': '0.0.0.0/0' },
      said: [
        'warning contradicting-annotations: satisfy: "any" asks nobody for a password: allowlist-source-range lets in every IPv4 address',
      ],
    },
  ]);
});

describe('an auth service', () => {
  const unencrypted = 'sends cookies and passwords of your users to auth.example.com unencrypted';
  check([
    {
      name: 'of the Internet needs TLS',
      given: { 'auth-url': 'http://auth.example.com:8080/verify' },
      said: [`warning unencrypted-auth: auth-url ${unencrypted}`],
    },
    { name: 'with TLS is fine', given: { 'auth-url': 'https://auth.example.com/verify' }, said: [] },
    { name: 'of the cluster needs none', given: { 'auth-url': SERVICE }, said: [] },
    {
      name: 'of a cluster with a domain of its own needs none',
      given: { 'auth-url': 'http://auth.shop.svc.k8s.example.com/' },
      said: [],
    },
    {
      name: 'by a short name of the cluster needs none',
      given: { 'auth-url': 'http://authelia.auth/api/verify' },
      said: [],
    },
    { name: 'of a private network needs none', given: { 'auth-url': 'http://auth.corp.internal/' }, said: [] },
    {
      name: 'of another domain, however it ends, needs TLS',
      given: { 'auth-url': 'http://auth.example.com.test/' },
      said: [
        'warning unencrypted-auth: auth-url sends cookies and passwords of your users to auth.example.com.test unencrypted',
      ],
    },
    { name: 'by its address needs none', given: { 'auth-url': 'http://10.1.2.3:8080/' }, said: [] },
    { name: 'on the same host is as safe as the host', given: { 'auth-url': 'https://$host/oauth2/auth' }, said: [] },
    {
      name: 'by the Host header as it was sent is chosen by clients',
      given: { 'auth-url': 'https://$http_host/oauth2/auth' },
      said: [
        'warning auth-service-of-client: auth-url lets clients choose whom the controller asks: $http_host is the Host header as it was sent',
      ],
    },
    {
      name: 'by any host is chosen by clients',
      given: { 'auth-url': 'https://$host/oauth2/auth' },
      parts: { hosts: { '': [['/', 'web:80']] } },
      said: [
        'warning auth-service-of-client: auth-url lets clients choose whom the controller asks: $host is any host, since the rule has none',
      ],
    },
    {
      name: 'has a page to log in that needs TLS, too',
      given: { 'auth-url': SERVICE, 'auth-signin': 'http://login.example.com/start' },
      said: [
        'warning unencrypted-auth: auth-signin sends people to a page of login.example.com that is not encrypted, where they log in',
      ],
    },
    {
      name: 'has a page to log in whose host may not come from a parameter',
      given: { 'auth-url': SERVICE, 'auth-signin': 'https://$arg_sso/start' },
      said: [
        'warning open-redirect: auth-signin lets links choose where people are sent: $arg_sso is the end of the host, and comes from the request',
      ],
    },
    {
      name: 'has a page to log in, with where to go afterwards',
      given: { 'auth-url': SERVICE, 'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri' },
      said: [],
    },
    {
      name: 'is asked once a user',
      given: { 'auth-url': SERVICE, 'auth-cache-key': '$remote_user$http_authorization' },
      said: [],
    },
    {
      name: 'is asked once an address',
      given: { 'auth-url': SERVICE, 'auth-cache-key': '$binary_remote_addr' },
      said: [],
    },
  ]);
});

describe('a rewrite to a URL', () => {
  const path = (text: string): IngressParts => ({
    hosts: { 'shop.example.com': [[text, 'web:80', 'ImplementationSpecific']] },
  });
  const says = (what: string): string =>
    `warning open-redirect: rewrite-target lets links choose where people are sent: ${what} is the end of the host, and comes from the request`;
  check([
    {
      name: 'whose host a group ends',
      given: { 'rewrite-target': 'https://www.example.com$1' },
      parts: path('/old/(.*)'),
      said: [says('$1')],
    },
    {
      name: 'whose host is a group',
      given: { 'rewrite-target': 'https://$1/' },
      parts: path('/to/([^/]+)'),
      said: [says('$1')],
    },
    {
      name: 'whose host is followed by a group with a slash',
      given: { 'rewrite-target': 'https://www.example.com$1' },
      parts: path('/old(/.*)'),
      said: [],
    },
    {
      name: 'whose host has a slash behind it',
      given: { 'rewrite-target': 'https://www.example.com/$1' },
      parts: path('/old/(.*)'),
      said: [],
    },
    {
      name: 'whose host is one of two words',
      given: { 'rewrite-target': 'https://$1' },
      parts: path('/(shop|blog)'),
      said: [],
    },
    {
      name: 'whose host begins with a group',
      given: { 'rewrite-target': 'https://$1.example.com/' },
      parts: path('/(.*)'),
      said: [],
    },
    {
      name: 'with the whole URL of the request',
      given: { 'rewrite-target': 'https://www.example.com$request_uri' },
      parts: path('/(.*)'),
      said: [],
    },
    { name: 'to a path', given: { 'rewrite-target': '/$1' }, parts: path('/(.*)'), said: [] },
  ]);
});

describe('origins with cookies', () => {
  const cors = (origins: string, more = {}) => ({ 'enable-cors': 'true', 'cors-allow-origin': origins, ...more });
  check([
    { name: 'may be sites', given: cors('https://app.example.com,https://*.example.com'), said: [] },
    {
      name: 'may not be null, which any frame has',
      given: cors('https://app.example.com,null'),
      said: [
        'warning open-cors-origin: cors-allow-origin has "null", which any site can send from a frame: its scripts read what your users see',
      ],
    },
    {
      name: 'may not be all names of a top-level domain',
      given: cors('https://*.com'),
      said: [
        'warning open-cors-origin: cors-allow-origin has "https://*.com", which anybody can register a name below: its scripts read what your users see',
      ],
    },
    { name: 'may be null without cookies', given: cors('null', { 'cors-allow-credentials': 'false' }), said: [] },
  ]);
});

describe('ciphers of a host', () => {
  check([
    { name: 'may be strong', given: { 'ssl-ciphers': 'ECDHE-ECDSA-AES128-GCM-SHA256:HIGH:!aNULL:!MD5' }, said: [] },
    {
      name: 'may not be weak',
      given: { 'ssl-ciphers': 'HIGH:ECDHE-RSA-DES-CBC3-SHA:!aNULL' },
      said: [
        'warning weak-tls: ssl-ciphers has "ECDHE-RSA-DES-CBC3-SHA", which is weak: current versions of OpenSSL lack it or offer it to nobody, older ones use it',
      ],
    },
    { name: 'may be weak where they are taken out again', given: { 'ssl-ciphers': 'HIGH:RC4:!RC4' }, said: [] },
    {
      name: 'may not lower what OpenSSL asks for',
      given: { 'ssl-ciphers': 'HIGH:@SECLEVEL=0' },
      said: ['warning weak-tls: ssl-ciphers has "@SECLEVEL=0", which lets in keys and signatures that can be broken'],
    },
  ]);
});

describe('a snippet', () => {
  const snippet = (text: string, more = {}) => ({ 'configuration-snippet': text, ...more });
  const said = (text: string): readonly string[] => [`warning open-snippet: configuration-snippet ${text}`];
  check([
    {
      name: 'may not echo the origin',
      given: snippet('add_header  Access-Control-Allow-Origin "$http_origin" always;'),
      said: said(
        'lets scripts of all sites read: "add_header Access-Control-Allow-Origin "$http_origin" allows whichever site asks',
      ),
    },
    {
      name: 'may echo an origin that it has looked at',
      given: snippet(
        'if ($http_origin ~ "^https://app\\.example\\.com$") {\n  add_header Access-Control-Allow-Origin $http_origin;\n}',
      ),
      said: [],
    },
    {
      name: 'may have that in a comment',
      given: snippet('# add_header Access-Control-Allow-Origin $http_origin;'),
      said: [],
    },
    {
      name: 'may not undo the password',
      given: snippet('auth_basic off;', USERS),
      said: said('undoes the guard of the Ingress: "auth_basic off;"'),
    },
    { name: 'may switch off a password that nobody asks for', given: snippet('auth_basic off;'), said: [] },
    {
      name: 'may not redirect to what a parameter says',
      given: snippet('return 302 $arg_next;'),
      said: said('lets links choose where people are sent: "return 302 $arg_next"'),
    },
    { name: 'may redirect to the same host', given: snippet('return 302 https://$host$request_uri;'), said: [] },
    {
      name: 'may redirect to the host that was asked for',
      given: snippet('return 302 https://$http_host$request_uri;'),
      said: [],
    },
    { name: 'may set headers', given: snippet('proxy_set_header X-Tenant $http_x_tenant;'), said: [] },
  ]);

  test('that is not taken opens nothing', () => {
    const { found } = compiled([
      ...appOf('web', '10.0.0.1'),
      ingressOf({ hosts: { 'a.example.com': [['/', 'web:80']] }, annotations: snippet('return 302 $arg_next;') }),
    ]);
    expect(found.map(({ rule }) => rule.name)).toEqual(['snippet-not-allowed']);
  });
});

describe('passwords', () => {
  const usersOf = (auth: string): readonly string[] =>
    compiled([
      ...appOf('web', '10.0.0.1'),
      secretOf('users', { auth }),
      ingressOf({
        hosts: { 'shop.example.com': [['/', 'web:80']] },
        annotations: { ...USERS, 'force-ssl-redirect': 'true' },
      }),
    ]).lines;

  test.each([
    { name: 'of apr1', auth: 'ines:$apr1$Qm3vNb1e$WH4..mzQPyAmeXFSDE.WI/', said: [] },
    { name: 'of bcrypt', auth: `ines:$2y$05$${'a'.repeat(53)}`, said: [] },
    {
      name: 'that are not hashed',
      auth: 'ines:{PLAIN}rue-des-lilas',
      said: ['weak-password-hash: Secret shop/users: line 1 of "auth" has a password that is not hashed'],
    },
    {
      name: 'of the old crypt, and more',
      auth: '# users\nines:abJnggxhB/yWI\ntomasz:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
      said: [
        'weak-password-hash: Secret shop/users: line 2 of "auth" has a hash of the old crypt, for which 8 characters of the password count, and 1 more is as weak',
      ],
    },
  ])('$name', ({ auth, said }) => {
    expect(usersOf(auth)).toEqual(said);
  });

  test('are never shown', () => {
    expect(usersOf('ines:{PLAIN}rue-des-lilas').join()).not.toContain('lilas');
  });
});

test('a weak value is found where its annotation stands', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/auth-url: http://auth.example.com/verify
    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/0
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
`;
  expect(
    foundAt(text, { resolvers: ['10.96.0.10'] }).filter(line => /warning (?:unencrypted|open-network)/.test(line)),
  ).toEqual(['6:43 warning unencrypted-auth', '7:57 warning open-network']);
});
