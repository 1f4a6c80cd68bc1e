import type { PolicyTypes } from '../../routing/policies.ts';
import type { BackendTls } from '../../routing/policies/backend-tls.ts';
import type { Differ, DifferOf } from './differ.ts';
import { always, coming } from './differ.ts';
import { bodySizeDiffer, LOCATION_DIFFERS, timeoutsDiffer } from './location-differs.ts';
import { statementsText } from './statement-text.ts';
import { blockedWords, clientCertificateWords } from './words/access.ts';
import { requestHeadersWords, responseHeadersWords } from './words/headers.ts';
import { affinityWords, backendTlsWords, balancingWords } from './words/backends.ts';

type DiffersOf<S extends keyof PolicyTypes> = {
  readonly [N in keyof PolicyTypes[S]]: DifferOf<PolicyTypes[S][N]>;
};

const SNIPPET = { added: 'snippet-added', changed: 'snippet-changed', removed: 'snippet-removed' } as const;
const WAF = { added: 'waf-added', changed: 'waf-changed', removed: 'waf-removed' } as const;

const serverSnippet: Differ<PolicyTypes['server']['serverSnippet']> = coming(SNIPPET, 'server-snippet', snippet =>
  statementsText(snippet.statements),
);

export const MAIN_DIFFERS: DiffersOf<'main'> = {
  accessLogs: always('logs-changed', 'access log of TCP and UDP'),
  errorLogs: always('logs-changed', 'error log'),
  processes: always('connections-changed', 'processes'),
  workers: always('connections-changed', 'workers'),
  mainSnippet: coming(SNIPPET, 'main-snippet', snippet => statementsText(snippet.statements)),
  streams: always('connections-changed', 'TCP and UDP'),
};

export const HTTP_DIFFERS: DiffersOf<'http'> = {
  accessLogs: always('logs-changed', 'access log'),
  externalAuth: always('logs-changed', 'requests to auth services'),
  statusPage: always('option-changed', 'status page'),
  hashTables: { silent: 'sizes of tables' },
  fileWriting: { silent: 'how files are written' },
  forwarded: always('trusted-proxies-changed', 'proxies in front of nginx'),
  grpcBuffer: always('buffering-changed', 'buffer for gRPC'),
  defaultType: always('response-headers-changed', 'default type', ({ type }) => type),
  clientConnections: always('connections-changed', 'connections of clients'),
  serverSnippet,
  httpSnippet: coming(SNIPPET, 'http-snippet', snippet => statementsText(snippet.statements)),
  blocked: coming(
    { added: 'block-added', changed: 'block-changed', removed: 'block-removed' },
    'blocked user agents and referers',
    asks => blockedWords(asks),
  ),
  gzip: always('response-headers-changed', 'gzip'),
  brotli: always('response-headers-changed', 'Brotli'),
  opentelemetry: always('logs-changed', 'traces'),
  modsecurity: coming(WAF, 'ModSecurity of all hosts'),
  geoip2: always('option-changed', 'GeoIP'),
  hsts: coming({ added: 'hsts-added', changed: 'hsts-changed', removed: 'hsts-removed' }, 'HSTS', ({ value }) => value),
  headerNames: always('request-headers-changed', 'names of headers'),
  requestHeaders: always('request-headers-changed', 'headers for backends', asks => requestHeadersWords(asks)),
  responseHeaders: always('response-headers-changed', 'response headers', asks => responseHeadersWords(asks)),
  tls: always('tls-changed', 'TLS'),
  tlsConnections: always('tls-changed', 'TLS sessions'),
  http2: always('connections-changed', 'HTTP/2'),
  ocsp: always('tls-changed', 'OCSP'),
  bodySize: bodySizeDiffer(),
  bodyBuffer: LOCATION_DIFFERS.bodyBuffer,
  timeouts: timeoutsDiffer(),
  buffering: LOCATION_DIFFERS.buffering,
  sourceRange: LOCATION_DIFFERS.sourceRange,
  limits: always('limit-changed', 'statuses for those over a limit'),
  limitRate: LOCATION_DIFFERS.limitRate,
  redirects: LOCATION_DIFFERS.redirects,
  backendRedirects: LOCATION_DIFFERS.backendRedirects,
  backendCookies: LOCATION_DIFFERS.backendCookies,
  httpVersion: LOCATION_DIFFERS.httpVersion,
  nextUpstream: LOCATION_DIFFERS.nextUpstream,
  backendConnections: always('connections-changed', 'connections to backends'),
};

export const SERVER_DIFFERS: DiffersOf<'server'> = {
  clientCertificate: coming(
    {
      added: 'client-certificate-added',
      changed: 'client-certificate-changed',
      removed: 'client-certificate-removed',
    },
    'client certificate',
    asks => clientCertificateWords(asks),
  ),
  appRoot: always('app-root-changed', 'app root', ({ path }) => path),
  ciphers: always('tls-changed', 'ciphers', ({ list }) => list),
  cipherOrder: always('tls-changed', 'order of ciphers'),
  serverSnippet,
};

export const UPSTREAM_DIFFERS: DiffersOf<'upstream'> = {
  backendTls: backendTlsDiffer(),
  affinity: always('affinity-changed', 'session cookie', asks => affinityWords(asks)),
  balancing: always('balancing-changed', 'consistent hash or ewma', asks => balancingWords(asks)),
  serviceUpstream: always('balancing-changed', 'cluster IP of the Service', () => ''),
};

function backendTlsDiffer(): Differ<BackendTls> {
  const isVerified = (asks: BackendTls | undefined): boolean => asks?.isVerified === true;
  return {
    ...always<BackendTls>('backend-tls-changed', 'TLS settings for backends', asks => backendTlsWords(asks)),
    kindOf: (before, after) =>
      isVerified(before) && !isVerified(after) ? 'backend-tls-weakened' : 'backend-tls-changed',
  };
}
