import type { Chance } from './chance.ts';
import { SERVICES } from './services.ts';

/** Annotations by their short names. */
export type Annotations = Readonly<Record<string, string>>;

export interface FeatureWorld {
  readonly chance: Chance;
  /** The domain of the set, below which all of its hosts are. */
  readonly domain: string;
  /** A number of the set: no other one has it. */
  readonly number: number;
  /** The port of the pods for HTTP. */
  readonly podPort: number;
}

type Feature = (world: FeatureWorld) => Annotations;

const TARGETS = [
  '/',
  '/$1',
  '/$2',
  '/new/$1',
  '/$2?a=$1',
  '/x?y=1',
  '/fixed/path',
  '$2',
  '/$1/$2',
  '/a b',
  '/é$1',
] as const;
const NETWORKS = ['127.0.0.2/32', '127.0.0.0/30', '10.0.0.0/8', '127.0.0.1,127.0.0.4', '0.0.0.0/0', '::/0'] as const;
const SNIPPETS = [
  'more_set_headers "X-Team: shop";',
  'add_header X-Frame-Options DENY always;',
  'if ($http_x_kind = "b") { return 403; }',
  'if ($request_method = PUT) { return 405; }',
  'if ($http_user_agent ~* "evil") { return 444; }',
  'rewrite ^/foo/(.*)$ /moved/$1 break;',
  'rewrite ^/old(.*)$ /new$1 permanent;',
  'return 418;',
  'proxy_set_header X-From $host;',
  'deny 127.0.0.3;',
  'if ($arg_q) { return 302 https://elsewhere.test$request_uri; }',
] as const;
const SERVER_SNIPPETS = [
  'if ($http_x_kind = "b") { return 410; }',
  'rewrite ^/old/(.*)$ /foo/$1 last;',
  'location = /only$N { return 200 "only"; }',
  'location /kept$N { return 403; }',
  'location ~ \\.secret$N$ { deny all; }',
  'if ($request_uri ~* "/gone") { return 410; }',
] as const;

/** What an Ingress may ask for, each with its values by chance. Those that stand twice come twice as often. */
export const FEATURES: readonly Feature[] = [
  ({ chance }) => ({ 'rewrite-target': chance.pick(TARGETS) }),
  ({ chance }) => ({ 'rewrite-target': chance.pick(TARGETS), 'use-regex': 'true' }),
  ({ chance }) => ({
    'rewrite-target': chance.pick(TARGETS),
    'x-forwarded-prefix': chance.pick(['/pre', '/$1', 'true']),
  }),
  () => ({ 'use-regex': 'true' }),
  ({ chance }) => ({ 'app-root': chance.pick(['/app', '/app?x=1', '/foo/']) }),
  ({ chance }) => ({
    'permanent-redirect': chance.pick([
      'https://other.test/there',
      '/local',
      'https://other.test',
      'https://x.test$request_uri',
    ]),
    ...(chance.percent(40) ? { 'permanent-redirect-code': chance.pick(['308', '301', '307']) } : {}),
  }),
  ({ chance }) => ({
    'temporal-redirect': chance.pick(['https://other.test/now', '/soon?x=y', 'http://$host/else']),
    ...(chance.percent(40) ? { 'temporal-redirect-code': chance.pick(['307', '303']) } : {}),
    ...(chance.percent(20) ? { 'relative-redirects': 'true' } : {}),
  }),
  ({ chance }) => ({ 'ssl-redirect': chance.pick(['true', 'false']) }),
  ({ chance }) => ({ 'force-ssl-redirect': chance.pick(['true', 'true', 'false']) }),
  ({ chance }) => ({ 'force-ssl-redirect': 'true', 'preserve-trailing-slash': chance.pick(['true', 'false']) }),
  ({ chance }) => ({ 'use-port-in-redirects': 'true', 'ssl-redirect': chance.pick(['true', 'false']) }),
  () => ({ 'from-to-www-redirect': 'true' }),
  () => ({ 'relative-redirects': 'true' }),
  ({ chance, number, domain }) => ({
    'server-alias': chance.pick([
      `also${number}.test`,
      `*.also${number}.test`,
      `~^re[0-9]+\\.${domain.replaceAll('.', '\\.')}$`,
      `www.also${number}.test,also${number}.*`,
    ]),
  }),
  ({ chance }) => ({
    'auth-type': 'basic',
    'auth-secret': chance.pick(['users', 'users', 'users', 'nobody']),
    'auth-realm': 'Staff only',
    ...(chance.percent(40) ? { satisfy: 'any', 'whitelist-source-range': chance.pick(NETWORKS) } : {}),
  }),
  ({ chance }) => ({ 'whitelist-source-range': chance.pick(NETWORKS) }),
  ({ chance }) => ({ 'denylist-source-range': chance.pick(NETWORKS) }),
  ({ chance }) => ({
    'enable-cors': 'true',
    ...(chance.percent(60)
      ? { 'cors-allow-origin': chance.pick(['https://app.test', 'https://*.app.test,http://b.test', '*']) }
      : {}),
    ...(chance.percent(30) ? { 'cors-allow-credentials': 'false', 'cors-allow-methods': 'GET, POST' } : {}),
  }),
  ({ chance }) => ({
    'custom-http-errors': chance.pick(['404', '404,503', '401,403,500', '418,405']),
    ...(chance.percent(70) ? { 'default-backend': chance.pick(SERVICES) } : {}),
    ...(chance.percent(20) ? { 'disable-proxy-intercept-errors': 'true' } : {}),
  }),
  ({ chance }) => ({ 'default-backend': chance.pick(SERVICES) }),
  ({ chance }) => ({
    'upstream-vhost': chance.pick(['inner.test', '$host', '$service_name.$namespace', 'inner.test:8080']),
  }),
  ({ chance }) => ({
    affinity: 'cookie',
    'session-cookie-name': 'route',
    ...(chance.percent(30) ? { 'affinity-mode': 'persistent' } : {}),
  }),
  ({ chance }) => ({ 'upstream-hash-by': chance.pick(['$request_uri', '$remote_addr', '$http_x_kind']) }),
  () => ({ 'proxy-body-size': '1k' }),
  ({ chance }) => ({ 'limit-rps': '100000', ...(chance.percent(50) ? { 'limit-connections': '1000' } : {}) }),
  ({ podPort }) => ({ 'auth-url': `http://127.0.77.1:${podPort}/verify` }),
  ({ podPort }) => ({ 'auth-url': `http://127.0.77.1:${podPort}/verify`, 'auth-signin': 'https://login.test/start' }),
  () => ({ 'service-upstream': 'true' }),
  ({ chance, number }) => ({
    'auth-tls-secret': `n${number}/clients`,
    'auth-tls-verify-client': chance.pick(['on', 'on', 'optional', 'off']),
    ...(chance.percent(30) ? { 'auth-tls-error-page': 'https://login.test/certificate' } : {}),
    ...(chance.percent(30) ? { 'auth-tls-match-cn': 'CN=alice' } : {}),
  }),
  () => ({ 'custom-headers': 'ingress/added' }),
  () => ({ 'connection-proxy-header': 'keep-alive' }),
  () => ({ 'proxy-http-version': '1.0' }),
  ({ podPort }) => ({ 'mirror-target': `http://127.0.77.2:${podPort}$request_uri` }),
  ({ chance }) => ({ 'configuration-snippet': chance.pick(SNIPPETS) }),
  // nginx takes each location once.
  ({ chance }) => ({ 'server-snippet': chance.pick(SERVER_SNIPPETS).replace('$N', String(chance.below(1000))) }),
];

/** What makes an Ingress take a share of another one's requests. */
export function canaryAnnotations(chance: Chance): Annotations {
  const weight = (): Annotations => ({
    'canary-weight': chance.pick(['0', '100', '30', '50', '7']),
    ...(chance.percent(20) ? { 'canary-weight-total': '200' } : {}),
  });
  const header = (): Annotations => ({
    'canary-by-header': chance.pick(['X-Canary', 'X-Kind']),
    ...(chance.percent(40) ? { 'canary-by-header-value': chance.pick(['yes', 'b']) } : {}),
    ...(chance.percent(30) ? { 'canary-by-header-pattern': chance.pick(['^b|c$', '[0-9]+', '(?i)YES']) } : {}),
  });
  const cookie = (): Annotations => ({ 'canary-by-cookie': chance.pick(['canary', 'my-canary']) });
  return {
    canary: 'true',
    ...(chance.percent(50) ? header() : {}),
    ...(chance.percent(40) ? cookie() : {}),
    ...(chance.percent(60) ? weight() : {}),
  };
}
