import type { Rule } from '../../diagnostics/rule.ts';

export const unencryptedAuth = {
  id: 'I2N521',
  name: 'unencrypted-auth',
  severity: 'warning',
  summary: 'An `auth-url` or `auth-signin` with http:// to a host of the Internet.',
  why: 'Each request takes the cookies and the Authorization header of the user there, and the answer says who gets in: whoever stands between can read the one and change the other. Services of the cluster, IP addresses and names of private networks are not reported.',
} as const satisfies Rule;

export const authServiceOfClient = {
  id: 'I2N522',
  name: 'auth-service-of-client',
  severity: 'warning',
  summary: 'An `auth-url` whose host is the Host header of the request.',
  why: 'A client that sends the Host header of a server of its own is let in by that server. `$http_host` is that header even where the request line names the right host; `$host` is any host where the rule has none. ingress2nginx asks itself instead.',
} as const satisfies Rule;

export const openRedirect = {
  id: 'I2N523',
  name: 'open-redirect',
  severity: 'warning',
  summary: 'A redirect to a URL whose host ends in something that comes from the request.',
  why: 'A link to your host then leads to any other one: with "https://example.com$1", a path may make "https://example.com.evil.com" of it. Such links are used to ask for passwords in your name.',
} as const satisfies Rule;

export const nullOrigin = {
  id: 'I2N524',
  name: 'open-cors-origin',
  severity: 'warning',
  summary:
    'An entry of `cors-allow-origin` that everybody can have, with cookies: "null", or all names of a top-level domain.',
  why: 'Scripts of these origins may read what your users see while they are logged in. "null" is the origin of any page in a sandboxed frame.',
} as const satisfies Rule;
