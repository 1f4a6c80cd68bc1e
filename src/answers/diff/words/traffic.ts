import type { BackendCookies } from '../../../routing/policies/backend-cookies.ts';
import type { BackendRedirects } from '../../../routing/policies/backend-redirects.ts';
import type { Buffering } from '../../../routing/policies/buffering.ts';
import type { CustomErrors } from '../../../routing/policies/custom-errors.ts';
import type { LimitRate } from '../../../routing/policies/limit-rate.ts';
import type { Mirror } from '../../../routing/policies/mirror.ts';
import type { Redirects } from '../../../routing/policies/redirects.ts';
import type { Replacement } from '../../../routing/policies/replacement.ts';
import type { RequestLogs } from '../../../routing/policies/request-logs.ts';
import type { Rewrite } from '../../../routing/policies/rewrite.ts';
import type { Phrases } from './phrases.ts';
import { onOff, unusualPort, withVariables } from './text.ts';

/** The words for what becomes of requests and responses on their way. */

export function rewriteWords({ target, isRedirect, prefix }: Rewrite): Phrases {
  return {
    rewrite: isRedirect ? `redirect to ${target}` : `rewrite to ${target}`,
    'X-Forwarded-Prefix': prefix && `X-Forwarded-Prefix ${prefix}`,
  };
}

export function bufferingWords(asks: Partial<Buffering>): Phrases {
  const { readsAhead, holdsRequests, buffers, busySize, fileSize } = asks;
  return {
    'proxy-buffering': readsAhead === undefined ? undefined : `proxy-buffering ${onOff(readsAhead)}`,
    'proxy-request-buffering':
      holdsRequests === undefined ? undefined : `proxy-request-buffering ${onOff(holdsRequests)}`,
    'proxy-buffers': buffers && `${buffers.count} buffers of ${buffers.size}`,
    'busy buffers':
      busySize === undefined ? { ifOther: 'the usual size of busy buffers' } : `busy buffers of ${busySize}`,
    'temporary file': fileSize && `at most ${fileSize} in a file`,
  };
}

export function limitRateWords({ kilobytesPerSecond, afterKilobytes }: Partial<LimitRate>): Phrases {
  return {
    rate:
      kilobytesPerSecond === 0 ? 'responses as fast as clients take them' : `responses at ${kilobytesPerSecond} KB/s`,
    start:
      afterKilobytes === undefined || afterKilobytes === 0
        ? { ifOther: 'from the start' }
        : `after ${afterKilobytes} KB`,
  };
}

export function mirrorWords({ uri, host, hasBody, to, tlsName }: Mirror): Phrases {
  const isTls = tlsName !== undefined;
  const server = `${isTls ? 'https' : 'http'}://${withVariables(host)}${unusualPort(to, isTls)}`;
  return {
    mirror: `mirror to ${server}${withVariables(uri)}`,
    body: { ifOther: hasBody ? 'with bodies' : 'without bodies' },
  };
}

export function errorPageWords({ statuses, intercepts, to, isStandIn }: CustomErrors): Phrases {
  return {
    'error pages': statuses.length === 0 ? undefined : `error pages for ${statuses.join(', ')}`,
    intercepted: { ifOther: intercepts ? 'errors of backends, too' : 'only errors of nginx' },
    backend: { ifOther: to === undefined ? 'from nobody: 404' : `from ${to.name}` },
    'stand-in': { ifOther: isStandIn ? 'its backend stands in, since none is ready' : 'its own backend' },
  };
}

export function redirectWords({ isRelative, namesPort }: Redirects): Phrases {
  return {
    form: isRelative === true ? 'redirects of nginx without a host' : 'redirects of nginx with scheme and host',
    port: { ifOther: namesPort === true ? 'with its port' : 'without its port' },
  };
}

export function locationHeaderWords({ url }: BackendRedirects): Phrases {
  return { Location: replacementWords('Location', url) };
}

export function cookieWords({ domain, path }: Partial<BackendCookies>): Phrases {
  return {
    domain: domain && replacementWords('cookie domain', domain),
    path: path && replacementWords('cookie path', path),
  };
}

function replacementWords(what: string, replacement: Replacement | 'off'): string | { readonly ifOther: string } {
  if (replacement === 'off') return { ifOther: `${what} of backends as it is` };
  return `${what} ${replacement.from} becomes ${replacement.to}`;
}

export function logWords({ isSilent, hasRewrites }: RequestLogs): Phrases {
  return {
    access: isSilent ? 'access log off' : { ifOther: 'access log on' },
    rewrites: hasRewrites ? 'rewrites in the error log' : { ifOther: 'rewrites not logged' },
  };
}
