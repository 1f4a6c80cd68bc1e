import { describe, expect, test } from 'vitest';

import type { Explanation, StepName } from '../../../../src/answers/explain/model.ts';
import { authority } from '../../../support/credentials.ts';
import { explained, outcomeText, routingOf } from '../../../support/explained.ts';
import type { Options } from '../../../support/explained.ts';
import { ingress, secret, service, userSecret } from '../../../support/manifests.ts';
import type { Manifest } from '../../../support/manifests.ts';

const WEB = service('web', [{ name: 'http', number: 80, pod: 8080 }], { clusterIP: '10.96.0.1' });

interface Asked {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly options?: Options;
  readonly others?: readonly Manifest[];
  readonly tls?: boolean;
  /** `GET https://shop.example.com/cart` if nothing is said. */
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly clientIp?: string;
  readonly hasClientCertificate?: boolean;
}

function asked({
  annotations = {},
  options,
  others = [],
  tls = false,
  request = 'GET https://shop.example.com/cart',
  headers = {},
  ...parts
}: Asked): Explanation {
  const web = ingress({
    name: 'web',
    host: 'shop.example.com',
    paths: [['/', 'Prefix', 'web']],
    annotations,
    ...(tls ? { tls: [{ hosts: ['shop.example.com'] }] } : {}),
  });
  const sent = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return explained(routingOf([web, WEB, ...others], options, { snippets: 'safe' }), request, {
    ...parts,
    headers: sent,
  });
}

/** The verdict and the text of the first step of a name. */
function told({ steps }: Explanation, name: StepName): string {
  const found = steps.filter(step => step.name === name).map(({ verdict, text }) => `${verdict}: ${text}`);
  return found[0] ?? 'nothing';
}

type Row = readonly [sentence: string, asked: Asked, outcome: string, step: StepName, told: string];

const BACKEND = 'shop/web:80 /cart';
const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };
const USERS = [userSecret('users')];
const CREDENTIALS = { Authorization: 'Basic aW5lczpzZWNyZXQ=' };
const RANGE = { 'whitelist-source-range': '10.0.0.0/8,2001:db8::/32' };
const CERTIFICATE = { 'auth-tls-secret': 'shop/clients' };
const CLIENTS = [secret('clients', { 'ca.crt': authority('clients.crt') })];
/** Without what HTTPS says of itself. */
const PLAIN = 'GET http://shop.example.com/cart';
const AUTH = { 'auth-url': 'http://auth.example.org/check' };

const ROWS: readonly Row[] = [
  // Passwords.
  [
    'a location with a password answers 401 without one',
    { annotations: BASIC, others: USERS },
    '401',
    'auth',
    'answered: auth-type of Ingress shop/web asks for a password, and the request has no Authorization header',
  ],
  [
    'a password is taken for right, which is said',
    { annotations: BASIC, others: USERS, headers: CREDENTIALS },
    BACKEND,
    'auth',
    'assumed: the user name and password in Authorization are taken for right (auth-type of Ingress shop/web)',
  ],
  [
    'an Authorization that is no user and password is none',
    { annotations: BASIC, others: USERS, headers: { Authorization: 'Bearer x' } },
    '401',
    'auth',
    'answered: auth-type of Ingress shop/web asks for a password, and the Authorization header is not one of basic authentication',
  ],
  // Addresses.
  [
    'an address of an allowed network gets in',
    { annotations: RANGE, clientIp: '10.1.2.3' },
    BACKEND,
    'access',
    'passed: 10.1.2.3 is let in: it is in 10.0.0.0/8 (whitelist-source-range of Ingress shop/web)',
  ],
  [
    'an IPv6 address of an allowed network gets in',
    { annotations: RANGE, clientIp: '2001:db8:1::2' },
    BACKEND,
    'access',
    'passed: 2001:db8:1::2 is let in: it is in 2001:db8::/32 (whitelist-source-range of Ingress shop/web)',
  ],
  [
    'another address gets 403, with the networks that get in',
    { annotations: RANGE, clientIp: '192.0.2.7' },
    '403',
    'access',
    'answered: 192.0.2.7 is not in whitelist-source-range of Ingress shop/web, which lets in 10.0.0.0/8 and 2001:db8::/32',
  ],
  [
    'a client that nobody named is taken for one that gets in',
    { annotations: RANGE },
    BACKEND,
    'access',
    'assumed: the client is taken for one that is let in: whitelist-source-range of Ingress shop/web lets in 10.0.0.0/8 and 2001:db8::/32',
  ],
  [
    'a denied network gets 403',
    { annotations: { 'denylist-source-range': '192.0.2.0/24' }, clientIp: '192.0.2.7' },
    '403',
    'access',
    'answered: 192.0.2.7 is in 192.0.2.0/24, which denylist-source-range of Ingress shop/web keeps out',
  ],
  [
    'whom no list names gets in',
    { annotations: { 'denylist-source-range': '192.0.2.0/24' }, clientIp: '10.1.2.3' },
    BACKEND,
    'access',
    'passed: 10.1.2.3 is not kept out: denylist-source-range of Ingress shop/web keeps out 192.0.2.0/24',
  ],
  [
    'networks of the ConfigMap are kept out of all hosts',
    { options: { 'block-cidrs': '192.0.2.0/24' }, clientIp: '192.0.2.7' },
    '403',
    'access',
    'answered: 192.0.2.7 is in 192.0.2.0/24, which the option block-cidrs keeps out',
  ],
  [
    'a header names the client where it is believed',
    {
      annotations: RANGE,
      options: { 'use-forwarded-headers': 'true' },
      clientIp: '203.0.113.1',
      headers: { 'X-Forwarded-For': '198.51.100.1, 10.1.2.3' },
    },
    '403',
    'access',
    'answered: 198.51.100.1 is not in whitelist-source-range of Ingress shop/web, which lets in 10.0.0.0/8 and 2001:db8::/32',
  ],
  [
    'trusted proxies alone name the client',
    {
      annotations: RANGE,
      options: { 'use-forwarded-headers': 'true', 'proxy-real-ip-cidr': '203.0.113.0/24' },
      clientIp: '203.0.113.1',
      headers: { 'X-Forwarded-For': '198.51.100.1, 10.1.2.3' },
    },
    BACKEND,
    'access',
    'passed: 10.1.2.3 is let in: it is in 10.0.0.0/8 (whitelist-source-range of Ingress shop/web)',
  ],
  [
    'a header names nobody where it is not believed',
    { annotations: RANGE, clientIp: '203.0.113.1', headers: { 'X-Forwarded-For': '10.1.2.3' } },
    '403',
    'access',
    'answered: 203.0.113.1 is not in whitelist-source-range of Ingress shop/web, which lets in 10.0.0.0/8 and 2001:db8::/32',
  ],
  // Both.
  [
    'with satisfy any, an allowed address needs no password',
    { annotations: { ...BASIC, ...RANGE, satisfy: 'any' }, others: USERS, clientIp: '10.1.2.3' },
    BACKEND,
    'access',
    'passed: 10.1.2.3 is let in: it is in 10.0.0.0/8 (whitelist-source-range of Ingress shop/web); that is enough (satisfy of Ingress shop/web)',
  ],
  [
    'with satisfy any, a password is enough elsewhere',
    { annotations: { ...BASIC, ...RANGE, satisfy: 'any' }, others: USERS, clientIp: '192.0.2.7', headers: CREDENTIALS },
    BACKEND,
    'auth',
    'assumed: the user name and password in Authorization are taken for right (auth-type of Ingress shop/web); that is enough (satisfy of Ingress shop/web)',
  ],
  [
    'with satisfy any, who passes neither is asked for the password',
    { annotations: { ...BASIC, ...RANGE, satisfy: 'any' }, others: USERS, clientIp: '192.0.2.7' },
    '401',
    'auth',
    'answered: auth-type of Ingress shop/web asks for a password, and the request has no Authorization header',
  ],
  [
    'with satisfy all, the address is looked at first',
    { annotations: { ...BASIC, ...RANGE }, others: USERS, clientIp: '192.0.2.7' },
    '403',
    'auth',
    'nothing',
  ],
  // Auth services.
  [
    'an auth service is taken to let the request in',
    { annotations: AUTH },
    BACKEND,
    'auth',
    'assumed: the auth service http://auth.example.org/check is asked and taken to answer 2xx (auth-url of Ingress shop/web)',
  ],
  [
    'the sign-in page takes the place of a 401, that of a password too',
    { annotations: { ...BASIC, ...AUTH, 'auth-signin': 'https://login.example.org/start' }, others: USERS },
    '302 https://login.example.org/start?rd=https://shop.example.com/cart',
    'errors',
    'answered: 401 is answered by sending the client to https://login.example.org/start?rd=https://shop.example.com/cart (auth-signin of Ingress shop/web)',
  ],
  [
    'paths of ACME challenges ask nobody',
    { options: { 'global-auth-url': 'http://auth.example.org/check' }, request: 'GET https://shop.example.com/cart' },
    BACKEND,
    'auth',
    'assumed: the auth service http://auth.example.org/check is asked and taken to answer 2xx (the option global-auth-url)',
  ],
  // Redirects.
  [
    'plain HTTP is redirected where the host has TLS',
    { tls: true, request: 'GET http://shop.example.com/cart' },
    '308 https://shop.example.com/cart',
    'https',
    'answered: plain HTTP is redirected to HTTPS (the default of ssl-redirect)',
  ],
  [
    'the redirect drops the slash at the very end',
    { tls: true, request: 'GET http://shop.example.com/cart/' },
    '308 https://shop.example.com/cart',
    'https',
    'answered: plain HTTP is redirected to HTTPS (the default of ssl-redirect)',
  ],
  [
    'a load balancer that ends TLS makes the redirect loop',
    { tls: true, request: 'GET http://shop.example.com/cart', headers: { 'X-Forwarded-Proto': 'https' } },
    '308 https://shop.example.com/cart',
    'https',
    'answered: plain HTTP is redirected to HTTPS (the default of ssl-redirect)',
  ],
  [
    'there is no redirect where the load balancer is believed',
    {
      tls: true,
      options: { 'use-forwarded-headers': 'true' },
      request: 'GET http://shop.example.com/cart',
      headers: { 'X-Forwarded-Proto': 'https' },
    },
    BACKEND,
    'https',
    'passed: X-Forwarded-Proto: https is believed (use-forwarded-headers): no redirect to HTTPS',
  ],
  [
    'an app root takes "/" alone',
    { annotations: { 'app-root': '/app' }, request: 'GET https://shop.example.com/' },
    '302 https://shop.example.com/app',
    'redirect',
    'answered: "/" is redirected to /app (app-root of Ingress shop/web)',
  ],
  ['an app root leaves other paths alone', { annotations: { 'app-root': '/app' } }, BACKEND, 'redirect', 'nothing'],
  // CORS.
  [
    'a preflight is answered before the password',
    {
      annotations: { ...BASIC, 'enable-cors': 'true' },
      others: USERS,
      request: 'OPTIONS https://shop.example.com/cart',
      headers: { Origin: 'https://www.example.org' },
    },
    '204',
    'preflight',
    'answered: nginx answers the CORS preflight itself (enable-cors of Ingress shop/web): neither a redirect nor a password stands before it',
  ],
  [
    'a preflight of another origin goes on to the backend',
    {
      annotations: { 'enable-cors': 'true', 'cors-allow-origin': 'https://*.example.org' },
      request: 'OPTIONS https://shop.example.com/cart',
      headers: { Origin: 'https://example.org' },
    },
    BACKEND,
    'preflight',
    'passed: the origin https://example.org is not in cors-allow-origin of Ingress shop/web, which allows https://*.example.org: the preflight goes on like any request, and the browser takes what is answered for a refusal',
  ],
  [
    'a preflight of an allowed origin is answered',
    {
      annotations: { 'enable-cors': 'true', 'cors-allow-origin': 'https://*.example.org' },
      request: 'OPTIONS https://shop.example.com/cart',
      headers: { Origin: 'https://www.example.org' },
    },
    '204',
    'https',
    'nothing',
  ],
  // What is too much.
  [
    'a body that is too large gets 413',
    { request: 'POST https://shop.example.com/cart', headers: { 'Content-Length': '2097152' } },
    '413',
    'body',
    'answered: a body of 2097152 bytes is larger than 1m (1048576 bytes), the default of proxy-body-size',
  ],
  [
    'a body of the allowed size passes',
    {
      annotations: { 'proxy-body-size': '8m' },
      request: 'POST https://shop.example.com/cart',
      headers: { 'Content-Length': '8388608' },
    },
    BACKEND,
    'body',
    'passed: a body of 8388608 bytes: 8m are allowed (proxy-body-size of Ingress shop/web)',
  ],
  [
    'a body comes before the redirect to HTTPS',
    { tls: true, request: 'POST http://shop.example.com/cart', headers: { 'Content-Length': '2097152' } },
    '413',
    'https',
    'nothing',
  ],
  [
    'limits are taken to be kept',
    { annotations: { 'limit-rps': '5' } },
    BACKEND,
    'limits',
    'assumed: the client is taken to be within its limits: 5 requests a second, 25 more at once (limit-rps of Ingress shop/web)',
  ],
  [
    'clients of the allowlist have no limits',
    { annotations: { 'limit-rps': '5', 'limit-allowlist': '10.0.0.0/8' }, clientIp: '10.1.2.3' },
    BACKEND,
    'limits',
    'passed: 10.1.2.3 is not limited: it is in 10.0.0.0/8 (limit-allowlist)',
  ],
  [
    'a URI that fits into no buffer gets 414',
    { request: `GET https://shop.example.com/${'a'.repeat(9000)}` },
    '414',
    'listener',
    'chose: port 443, HTTPS',
  ],
  // Who is blocked.
  [
    'a blocked user agent gets 403',
    { options: { 'block-user-agents': '~*curl' }, headers: { 'User-Agent': 'CURL/8' } },
    '403',
    'blocked',
    'answered: User-Agent "CURL/8" fits "curl" of the option block-user-agents',
  ],
  [
    'another user agent passes',
    { options: { 'block-user-agents': '~*curl' }, headers: { 'User-Agent': 'Mozilla' } },
    BACKEND,
    'blocked',
    'nothing',
  ],
  // Snippets.
  [
    'a snippet that returns answers',
    { annotations: { 'configuration-snippet': 'return 403;' } },
    '403',
    'snippet',
    'answered: configuration-snippet of Ingress shop/web says "return 403"',
  ],
  [
    'a condition of a snippet decides',
    {
      annotations: { 'configuration-snippet': 'if ($http_x_kind = "old") { return 410; }' },
      headers: { 'X-Kind': 'old' },
    },
    '410',
    'snippet',
    'answered: configuration-snippet of Ingress shop/web says "return 410"',
  ],
  [
    'a condition that does not hold lets the request pass',
    { annotations: { 'configuration-snippet': 'if ($http_x_kind = "old") { return 410; }' } },
    BACKEND,
    'snippet',
    'passed: configuration-snippet of Ingress shop/web is run and neither answers nor leads elsewhere',
  ],
  [
    'a snippet redirects with the groups of its expression',
    {
      annotations: { 'server-snippet': 'rewrite ^/cart(.*)$ https://www.example.org/basket$1 permanent;' },
      request: 'GET https://shop.example.com/cart/7?x=1',
    },
    '301 https://www.example.org/basket/7?x=1',
    'snippet',
    'answered: server-snippet of Ingress shop/web says "rewrite ^/cart(.*)$ https://www.example.org/basket$1 permanent"',
  ],
  [
    'a rewrite with break is what the backend gets',
    {
      annotations: { 'configuration-snippet': 'rewrite ^/cart(.*)$ /basket$1 break;' },
      request: 'GET https://shop.example.com/cart/7?x=1',
    },
    'shop/web:80 /basket/7?x=1',
    'snippet',
    'changed: configuration-snippet of Ingress shop/web rewrites the URI to /basket/7?x=1',
  ],
  [
    'what only nginx knows is not guessed',
    { annotations: { 'configuration-snippet': 'if ($request_id ~ ^a) { return 403; }' } },
    'unclear',
    'snippet',
    'assumed: whether if ($request_id ~ ^a) holds is known to nginx alone (configuration-snippet of Ingress shop/web)',
  ],
  [
    'nor is a query that only nginx knows',
    { annotations: { 'configuration-snippet': 'set $args "id=$request_id";' } },
    'unclear',
    'snippet',
    'assumed: what "set $args id=$request_id" sets is known to nginx alone (configuration-snippet of Ingress shop/web)',
  ],
  [
    'a location of a snippet answers in place of paths',
    { annotations: { 'server-snippet': 'location = /cart { return 204; }' } },
    '204',
    'snippet',
    'answered: server-snippet of Ingress shop/web says "return 204"',
  ],
  [
    'addresses in a snippet count',
    { annotations: { 'configuration-snippet': 'allow 10.0.0.0/8; deny all;' }, clientIp: '192.0.2.7' },
    '403',
    'access',
    'answered: 192.0.2.7 is not in configuration-snippet of Ingress shop/web, which lets in 10.0.0.0/8',
  ],
  // Certificates of clients.
  [
    'a host that wants a certificate answers 400 without one',
    { annotations: CERTIFICATE, others: CLIENTS, tls: true },
    '400',
    'client-certificate',
    'answered: auth-tls-secret of Ingress shop/web requires a client certificate on all paths of the host, and the request shows none',
  ],
  [
    'a certificate is taken for a good one',
    { annotations: CERTIFICATE, others: CLIENTS, tls: true, hasClientCertificate: true },
    BACKEND,
    'client-certificate',
    'assumed: the certificate of the client is taken for one that the authorities vouch for (auth-tls-secret of Ingress shop/web)',
  ],
  [
    'a certificate that is optional need not be there',
    { annotations: { ...CERTIFICATE, 'auth-tls-verify-client': 'optional' }, others: CLIENTS, tls: true },
    BACKEND,
    'client-certificate',
    'passed: the client shows no certificate, and none is required (auth-tls-secret of Ingress shop/web: optional)',
  ],
  [
    'who shows none is sent to the error page',
    {
      annotations: { ...CERTIFICATE, 'auth-tls-error-page': 'https://www.example.org/sorry' },
      others: CLIENTS,
      tls: true,
    },
    '302 https://www.example.org/sorry',
    'client-certificate',
    'answered: auth-tls-secret of Ingress shop/web requires a client certificate on all paths of the host, and the request shows none: it is sent to the error page',
  ],
  [
    'over plain HTTP nobody can show one',
    {
      annotations: { ...CERTIFICATE, 'ssl-redirect': 'false' },
      others: CLIENTS,
      tls: true,
      request: 'GET http://shop.example.com/cart',
    },
    '403',
    'client-certificate',
    'answered: auth-tls-secret of Ingress shop/web requires a client certificate, which no client can show over plain HTTP',
  ],
  [
    'the subject of a certificate cannot be told',
    { annotations: { ...CERTIFICATE, 'auth-tls-match-cn': 'CN=alice' }, others: CLIENTS, tls: true },
    '400',
    'client-certificate',
    'answered: auth-tls-secret of Ingress shop/web requires a client certificate on all paths of the host, and the request shows none',
  ],
  // Errors, copies, speed.
  [
    'errors of the backend are replaced',
    { annotations: { 'custom-http-errors': '404,503', 'default-backend': 'web' } },
    BACKEND,
    'errors',
    'passed: if the backend answers 404 or 503, it is answered by Service shop/web:80, which makes error pages (custom-http-errors of Ingress shop/web)',
  ],
  [
    'a copy of the request goes elsewhere',
    { annotations: { 'mirror-target': 'https://copy.example.org$request_uri' } },
    BACKEND,
    'mirror',
    'passed: a copy of the request goes to copy.example.org/cart; nobody waits for its answer (mirror-target of Ingress shop/web)',
  ],
  [
    'responses are slowed down',
    { annotations: { 'limit-rate': '100', 'limit-rate-after': '10' }, request: PLAIN },
    BACKEND,
    'response',
    'changed: the response is sent at 100 KiB a second at most, after the first 10 KiB (limit-rate of Ingress shop/web)',
  ],
  [
    'a Location of the backend is changed',
    { annotations: { 'proxy-redirect-from': 'http://inner/', 'proxy-redirect-to': '/' }, request: PLAIN },
    BACKEND,
    'response',
    'changed: in Location of the backend "http://inner/" becomes "/" (proxy-redirect-from of Ingress shop/web)',
  ],
  [
    'cookies of the backend are changed',
    { annotations: { 'proxy-cookie-path': '/one /two' }, request: PLAIN },
    BACKEND,
    'response',
    'changed: cookies of the backend are changed: in their Path "/one" becomes "/two" (proxy-cookie-path of Ingress shop/web)',
  ],
  [
    'a list that cannot be read lets nobody in',
    { options: { 'use-forwarded-headers': 'true', 'proxy-real-ip-cidr': 'everywhere' } },
    '403',
    'blocked',
    'answered: the option use-forwarded-headers could not be read, so that nobody gets in',
  ],
  // Headers.
  [
    'headers with an underscore are dropped',
    { headers: { X_Kind: 'a' } },
    BACKEND,
    'headers',
    `changed: nginx drops X_Kind of the request: to keep it, set enable-underscores-in-headers: "true" in the controller's ConfigMap`,
  ],
  [
    'hosts with TLS tell browsers to stay there',
    { tls: true },
    BACKEND,
    'response',
    'changed: browsers are told to ask this host over HTTPS only (the default of hsts)',
  ],
];

describe('what a policy does to a request', () => {
  test.each(ROWS)('%s', (...[, given, outcome, step, expected]) => {
    const explanation = asked(given);
    expect([outcomeText(explanation.outcome), told(explanation, step)]).toEqual([outcome, expected]);
  });
});

test('no text of an explanation holds a password or a hash of one', () => {
  const explanation = asked({ annotations: BASIC, others: USERS, headers: CREDENTIALS });
  expect(JSON.stringify({ ...explanation, request: undefined })).not.toMatch(/aW5lc|secret|\$apr1|\$2y/);
  expect(secret('users', {})).toBeDefined();
});
