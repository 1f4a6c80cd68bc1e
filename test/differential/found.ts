import type { ControllerOptions } from './batch.ts';
import type { Sent } from './client.ts';
import type { Annotations } from './features.ts';
import type { PathRow } from './sets.ts';

interface FoundPath {
  readonly annotations: Annotations;
  readonly path: string;
  readonly pathType?: PathRow['pathType'];
}

/** What was once explained otherwise than nginx answers, and is not any more. */
export interface Found extends FoundPath {
  readonly name: string;
  readonly service?: string;
  readonly hasTls?: boolean;
  readonly options?: ControllerOptions;
  /** Further Ingresses of the host. */
  readonly others?: readonly FoundPath[];
  /** `host` comes behind the name of the host. */
  readonly request: Partial<Sent> & Pick<Sent, 'target'>;
  /** The status of nginx, or the URI that the backend sees. */
  readonly answer: number | string;
}

export const FOUND: readonly Found[] = [
  {
    name: 'a path with a dollar, session affinity and no endpoint is one that nginx loads',
    annotations: { affinity: 'cookie' },
    path: '/api(/|$)(.*)',
    pathType: 'ImplementationSpecific',
    service: 'empty',
    request: { target: '/api(/|$)(.*)' },
    answer: 503,
  },
  {
    name: 'a prefix of groups and no endpoint are ones that nginx loads',
    annotations: { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/$1', 'use-regex': 'true' },
    path: '/foo/(.*)',
    pathType: 'ImplementationSpecific',
    service: 'empty',
    request: { target: '/foo/x' },
    answer: 503,
  },
  {
    name: 'a header of a snippet is missing where the whole server redirects to HTTPS',
    annotations: { 'force-ssl-redirect': 'true', 'configuration-snippet': 'add_header X-Frame-Options DENY always;' },
    path: '/',
    request: { target: '/' },
    answer: 308,
  },
  {
    name: 'return 444 closes the connection',
    annotations: { 'configuration-snippet': 'if ($http_user_agent ~* "evil") { return 444; }' },
    path: '/',
    request: { target: '/', headers: [{ name: 'User-Agent', value: 'Evil bot' }] },
    answer: 'closed',
  },
  {
    name: 'a redirect to a path has the host without the dot at its end',
    annotations: { 'permanent-redirect': '/local' },
    path: '/',
    request: { target: '/', host: '.' },
    answer: 301,
  },
  {
    name: '405 comes without HSTS',
    annotations: { 'configuration-snippet': 'if ($request_method = PUT) { return 405; }' },
    path: '/',
    request: { method: 'PUT', scheme: 'https', target: '/' },
    answer: 405,
  },
  {
    name: 'a path that is rewritten to nothing is answered with 500 before anybody is kept out',
    annotations: { 'rewrite-target': '$2', 'use-regex': 'true', 'denylist-source-range': '127.0.0.1' },
    path: '/foo/(.*)',
    pathType: 'ImplementationSpecific',
    request: { target: '/foo/x' },
    answer: 500,
  },
  {
    name: 'no error page is asked for where a path is rewritten to nothing',
    annotations: {
      'rewrite-target': '$2',
      'use-regex': 'true',
      'custom-http-errors': '500',
      'default-backend': 'beta',
    },
    path: '/foo/(.*)',
    pathType: 'ImplementationSpecific',
    request: { target: '/foo/x' },
    answer: 500,
  },
  {
    name: 'a rewrite in a server snippet does not lead around the redirect to HTTPS',
    annotations: { 'force-ssl-redirect': 'true', 'server-snippet': 'rewrite ^/old/(.*)$ /foo/$1 last;' },
    path: '/',
    request: { target: '/old/x' },
    answer: 308,
  },
  {
    name: 'no error page is asked for by a client that is kept out of all hosts',
    options: { 'block-cidrs': '127.0.0.9' },
    annotations: { 'custom-http-errors': '403', 'default-backend': 'beta' },
    path: '/',
    request: { target: '/x', clientIp: '127.0.0.9' },
    answer: 403,
  },
  {
    name: 'a body is too large for the location of a snippet as well',
    options: { 'proxy-body-size': '1k' },
    annotations: { 'server-snippet': 'location /kept { return 403; }' },
    path: '/',
    request: { method: 'POST', target: '/kept', headers: [{ name: 'Content-Length', value: '2000' }] },
    answer: 413,
  },
  {
    name: 'what a server refuses before it has chosen a location has no error page of the location',
    options: { 'block-user-agents': 'badbot' },
    annotations: { 'custom-http-errors': '403', 'default-backend': 'beta' },
    path: '/',
    request: { target: '/', headers: [{ name: 'User-Agent', value: 'badbot' }] },
    answer: 403,
  },
  {
    name: 'the error page of a method that is not served is not told of a path',
    annotations: { 'custom-http-errors': '405', 'default-backend': 'beta' },
    path: '/',
    request: { method: 'TRACE', target: '/x' },
    answer: '/',
  },
  {
    name: 'TRACE is not served',
    annotations: {},
    path: '/',
    request: { method: 'TRACE', target: '/' },
    answer: 405,
  },
  {
    name: 'a method in lower case is none',
    annotations: {},
    path: '/',
    request: { method: 'get', target: '/' },
    answer: 400,
  },
  {
    name: 'groups of a rewrite in a snippet are bytes',
    annotations: { 'configuration-snippet': 'rewrite ^/foo/(.*)$ /moved/$1 break;' },
    path: '/foo',
    request: { target: '/foo/%C3%A9' },
    answer: '/moved/%C3%A9',
  },
  {
    name: 'a condition of a snippet sees the bytes of the path',
    annotations: { 'configuration-snippet': 'if ($uri ~ "^/é$") { return 418; }' },
    path: '/',
    request: { target: '/%C3%A9' },
    answer: 418,
  },
  {
    name: 'letters beyond ASCII are letters in the URL of a redirect',
    annotations: { 'configuration-snippet': 'rewrite ^/old(.*)$ /new$1 permanent;' },
    path: '/old',
    request: { target: '/old/é?é' },
    answer: 301,
  },
];
