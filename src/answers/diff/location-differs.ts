import type { PolicyTypes } from '../../routing/policies.ts';
import type { BodySize } from '../../routing/policies/body-size.ts';
import type { ConfigurationSnippet } from '../../routing/policies/configuration-snippet.ts';
import type { Cors } from '../../routing/policies/cors.ts';
import type { Limits } from '../../routing/policies/limits.ts';
import type { Modsecurity } from '../../routing/policies/modsecurity.ts';
import type { Rewrite } from '../../routing/policies/rewrite.ts';
import type { Satisfy } from '../../routing/policies/satisfy.ts';
import type { Timeouts } from '../../routing/policies/timeouts.ts';
import { shownValue } from '../../routing/secret-headers.ts';
import type { Differ, DifferOf } from './differ.ts';
import { always, byCase, coming } from './differ.ts';
import { kindOfRanges, rangeWords } from './networks.ts';
import { statementsText } from './statement-text.ts';
import { authServiceWords, corsWords, limitWords, passwordWords, wafWords } from './words/access.ts';
import { retryWords, timeoutWords } from './words/backends.ts';
import {
  cookieWords,
  locationHeaderWords,
  logWords,
  bufferingWords,
  errorPageWords,
  limitRateWords,
  mirrorWords,
  redirectWords,
  rewriteWords,
} from './words/traffic.ts';

const AUTH = { added: 'auth-added', changed: 'auth-changed', removed: 'auth-removed' } as const;
const SNIPPET = { added: 'snippet-added', changed: 'snippet-changed', removed: 'snippet-removed' } as const;

/** All policies of locations. */
export const LOCATION_DIFFERS: {
  readonly [N in keyof PolicyTypes['location']]: DifferOf<PolicyTypes['location'][N]>;
} = {
  tlsRedirect: coming(
    { added: 'https-redirect-added', changed: 'https-redirect-changed', removed: 'https-redirect-removed' },
    'redirect to HTTPS',
    ({ code }) => String(code),
  ),
  basicAuth: coming(AUTH, 'password', asks => ({ passwords: passwordWords(asks) })),
  externalAuth: coming(AUTH, 'auth service', asks => authServiceWords(asks)),
  globalAuth: coming(AUTH, 'auth service of all hosts', asks => authServiceWords(asks)),
  sourceRange: { kindOf: kindOfRanges, show: (...both) => showRanges(...both) },
  satisfy: satisfyDiffer(),
  limits: coming(
    { added: 'limit-added', changed: 'limit-changed', removed: 'limit-removed' },
    'limits',
    (limits: Limits) => limitWords(limits),
  ),
  rewrite: always('rewrite-changed', 'rewrite', (rewrite: Rewrite) => rewriteWords(rewrite)),
  affinity: always('affinity-changed', 'session cookie', ({ path }) => `path ${path}`),
  bodySize: bodySizeDiffer(),
  bodyBuffer: always('buffering-changed', 'buffer for request bodies', ({ size }) => size),
  timeouts: timeoutsDiffer(),
  buffering: always('buffering-changed', 'buffering', asks => bufferingWords(asks)),
  limitRate: always('buffering-changed', 'limit-rate', asks => limitRateWords(asks)),
  locationNames: { silent: 'names for logs' },
  customHeaders: always('response-headers-changed', 'response headers', ({ headers }) =>
    headers.map(({ name, value }) => `${name}: ${shownValue(name, value)}`).join(', '),
  ),
  backendRedirects: always('response-headers-changed', 'rewriting of Location', asks => locationHeaderWords(asks)),
  backendCookies: always('response-headers-changed', 'rewriting of cookies', asks => cookieWords(asks)),
  connectionHeader: always('request-headers-changed', 'Connection header', ({ value }) => value),
  backendHost: always('backend-host-changed', 'Host header for backends', ({ host }) => host),
  backendProtocol: always('request-headers-changed', 'FastCGI parameters'),
  opentelemetry: always('logs-changed', 'traces'),
  modsecurity: wafDiffer(),
  mirror: always('mirror-changed', 'mirror', asks => mirrorWords(asks)),
  requestLogs: always('logs-changed', 'log settings of its own', asks => logWords(asks)),
  httpVersion: always('request-headers-changed', 'HTTP version for backends', ({ version }) => version),
  nextUpstream: always('balancing-changed', 'retries', asks => retryWords(asks)),
  cors: corsDiffer(),
  customErrors: always('errors-changed', 'error pages', asks => errorPageWords(asks)),
  redirects: always('redirect-changed', 'relative redirects', asks => redirectWords(asks)),
  configurationSnippet: coming(SNIPPET, 'configuration-snippet', (snippet: ConfigurationSnippet) =>
    statementsText(snippet.statements),
  ),
};

function showRanges(...[before, after]: Parameters<Differ<PolicyTypes['location']['sourceRange']>['show']>) {
  const text = (range: typeof before): string => (range === undefined ? 'clients of any address' : rangeWords(range));
  return [text(before), text(after)] as const;
}

function satisfyDiffer(): Differ<Satisfy> {
  const isOne = (asks: Satisfy | undefined): boolean => asks?.isOneEnough === true;
  const text = (asks: Satisfy | undefined): string => (isOne(asks) ? 'satisfy: any check' : 'satisfy: all checks');
  return {
    kindOf: (_, after) => (isOne(after) ? 'checks-weakened' : 'checks-strengthened'),
    show: (before, after) => [text(before), text(after)],
  };
}

export function bodySizeDiffer(): Differ<BodySize> {
  const most = (asks: BodySize): number => (asks.bytes === 0 ? Number.POSITIVE_INFINITY : asks.bytes);
  return byCase(
    { added: 'body-size-lowered', removed: 'body-size-raised' },
    (before, after) => (most(after) < most(before) ? 'body-size-lowered' : 'body-size-raised'),
    'request bodies',
    ({ size }) => ({ size: size === '0' ? 'request bodies of any size' : `request bodies up to ${size}` }),
  );
}

export function timeoutsDiffer<P extends Partial<Timeouts>>(): Differ<P> {
  const least = (one: number | undefined, other: number | undefined): boolean =>
    one !== undefined && other !== undefined && other < one;
  return byCase(
    { added: 'timeouts-changed', removed: 'timeouts-changed' },
    (before, after) => {
      const isLess = (['connect', 'send', 'read'] as const).some(name => least(before[name], after[name]));
      return isLess ? 'timeouts-shortened' : 'timeouts-changed';
    },
    'timeouts',
    asks => timeoutWords(asks),
  );
}

function corsDiffer(): Differ<Cors> {
  const opens = (before: Cors, after: Cors): boolean =>
    (after.origins === 'any' && before.origins !== 'any') || (after.isCredentialed && !before.isCredentialed);
  const inner = byCase<Cors>(
    { added: 'cors-added', removed: 'cors-removed' },
    (before, after) => (opens(before, after) ? 'cors-opened' : 'cors-changed'),
    'CORS',
    asks => corsWords(asks),
  );
  const kindOf: Differ<Cors>['kindOf'] = (before, after) =>
    before === undefined && after?.origins === 'any' ? 'cors-opened' : inner.kindOf(before, after);
  return { ...inner, kindOf };
}

function wafDiffer(): Differ<Modsecurity> {
  const isOff = (asks: Modsecurity | undefined): boolean => asks?.isOn === false;
  return {
    kindOf: (before, after) => {
      if (isOff(after) || after === undefined) return 'waf-removed';
      return isOff(before) || before === undefined ? 'waf-added' : 'waf-changed';
    },
    show: always<Modsecurity>('waf-changed', 'ModSecurity', asks => wafWords(asks)).show,
  };
}
