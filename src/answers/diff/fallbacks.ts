import type { Applied, Policies } from '../../routing/policies.ts';
import type { Modsecurity, ModsecurityOfAll } from '../../routing/policies/modsecurity.ts';

/** What both may ask for. Limits of all hosts are the answers to those that are over one, and auth has `globalAuth`. */
type OfBoth = Exclude<keyof Policies<'http'> & keyof Policies<'location'>, 'limits' | 'externalAuth'>;
type Fallbacks = { readonly [N in OfBoth]: Policies<'location'>[N] | undefined };

/**
 * The policies of a location, with those of all hosts that hold there instead of one that only the other side has.
 *
 * @param other those of the same location on the other side
 */
export function withFallbacks(
  own: Policies<'location'>,
  other: Policies<'location'>,
  all: Policies<'http'>,
): Policies<'location'> {
  const fallbacks: Fallbacks = {
    bodySize: whole(own.bodySize, other.bodySize, all.bodySize),
    bodyBuffer: whole(own.bodyBuffer, other.bodyBuffer, all.bodyBuffer),
    sourceRange: whole(own.sourceRange, other.sourceRange, all.sourceRange),
    backendRedirects: whole(own.backendRedirects, other.backendRedirects, all.backendRedirects),
    httpVersion: whole(own.httpVersion, other.httpVersion, all.httpVersion),
    redirects: whole(own.redirects, other.redirects, all.redirects),
    opentelemetry: whole(own.opentelemetry, other.opentelemetry, all.opentelemetry),
    timeouts: fields(own.timeouts, other.timeouts, all.timeouts),
    buffering: fields(own.buffering, other.buffering, all.buffering),
    limitRate: fields(own.limitRate, other.limitRate, all.limitRate),
    backendCookies: fields(own.backendCookies, other.backendCookies, all.backendCookies),
    nextUpstream: fields(own.nextUpstream, other.nextUpstream, all.nextUpstream),
    modsecurity: modsecurity(own.modsecurity, other.modsecurity, all.modsecurity),
  };
  const found: { readonly [N in keyof Policies<'location'>]: Policies<'location'>[N] | undefined } = {
    ...own,
    ...fallbacks,
  };
  return Object.fromEntries(Object.entries(found).filter(([, applied]) => applied !== undefined));
}

function whole<P>(
  own: Applied<P> | undefined,
  other: Applied<P> | undefined,
  all: Applied<P> | undefined,
): Applied<P> | undefined {
  return own ?? (other === undefined ? undefined : all);
}

/** Where a location says something of a part alone. */
function fields<P extends object>(
  own: Applied<Partial<P>> | undefined,
  other: Applied<Partial<P>> | undefined,
  all: Applied<P> | undefined,
): Applied<Partial<P>> | undefined {
  if (own === undefined) return other === undefined ? undefined : all;
  return all === undefined ? own : { asks: { ...all.asks, ...own.asks }, from: own.from };
}

/** The rules of all hosts hold in addition to those of a location. */
function modsecurity(
  own: Applied<Modsecurity> | undefined,
  other: Applied<Modsecurity> | undefined,
  all: Applied<ModsecurityOfAll> | undefined,
): Applied<Modsecurity> | undefined {
  if (all === undefined || (own === undefined && other === undefined)) return own;
  const { asks, from } = own ?? { asks: undefined, from: all.from };
  const rules = new Set([all.asks.rules, asks?.rules].filter(text => text !== undefined));
  return {
    asks: {
      isOn: asks?.isOn ?? true,
      rules: rules.size === 0 ? undefined : [...rules].join('\n'),
      hasUsualRules: all.asks.hasUsualRules || asks?.hasUsualRules === true,
      hasCoreRules: all.asks.hasCoreRules || asks?.hasCoreRules === true,
      transactionId: asks?.transactionId,
    },
    from,
  };
}
