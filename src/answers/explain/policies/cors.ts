import { listed } from '../../../diagnostics/words.ts';
import type { Cors } from '../../../routing/policies/cors.ts';
import { askerNamed, askerText } from '../asking.ts';
import type { Effect, Explainer } from '../explainer.ts';
import type { SetHeader } from '../model.ts';
import { headerOf } from '../request-headers.ts';

const MOST_ORIGINS = 5;

export const explainCors: Explainer<Cors> = {
  phase: 'preflight',
  explain({ asks, from }, { request, routing }) {
    const origin = headerOf('Origin', request, routing);
    const allowed = asks.origins === 'any' ? '*' : allowedOrigin(asks.origins, origin);
    const asker = askerText(askerNamed(from, /origin/));
    if (allowed === undefined) return origin === undefined ? [] : [refusal(asks, origin, asker, request.method)];
    const responseHeaders = headersOf(asks, allowed);
    if (request.method !== 'OPTIONS') {
      const text = `scripts of ${origin ?? 'any site'} may read the response (${asker})`;
      return origin === undefined && asks.origins !== 'any'
        ? []
        : [{ name: 'response', verdict: 'changed', text, responseHeaders }];
    }
    const reason = `nginx answers the CORS preflight itself (${askerText(askerNamed(from, /enable-cors/))})`;
    const text = `${reason}: neither a redirect nor a password stands before it`;
    return [{ name: 'preflight', verdict: 'answered', text, responseHeaders, answer: { status: 204, reason } }];
  },
};

/** As src/nginx/policies/cors.ts writes them. */
function headersOf(asks: Cors, allowed: string): readonly SetHeader[] {
  const { methods, requestHeaders, exposedHeaders, isCredentialed, maxAgeSeconds } = asks;
  return [
    { name: 'Access-Control-Allow-Origin', value: allowed },
    ...(isCredentialed ? [{ name: 'Access-Control-Allow-Credentials', value: 'true' }] : []),
    { name: 'Access-Control-Allow-Methods', value: methods },
    { name: 'Access-Control-Allow-Headers', value: requestHeaders },
    ...(exposedHeaders === '' ? [] : [{ name: 'Access-Control-Expose-Headers', value: exposedHeaders }]),
    { name: 'Access-Control-Max-Age', value: String(maxAgeSeconds) },
  ];
}

/** The origin as it was sent, if its scripts may read the answer. */
function allowedOrigin(origins: readonly string[], origin: string | undefined): string | undefined {
  const sent = origin?.toLowerCase();
  if (origin === undefined || sent === undefined) return undefined;
  return origins.some(each => isOrigin(sent, each)) ? origin : undefined;
}

/** A star stands for one label. */
function isOrigin(sent: string, pattern: string): boolean {
  const [before = '', after] = pattern.toLowerCase().split('*');
  if (after === undefined) return sent === before;
  const label = sent.slice(before.length, sent.length - after.length);
  return sent.startsWith(before) && sent.endsWith(after) && /^[a-z0-9-]+$/.test(label);
}

function refusal({ origins }: Cors, origin: string, asker: string, method: string): Effect {
  const allowed = origins === 'any' ? '*' : listed(origins, MOST_ORIGINS);
  const end =
    method === 'OPTIONS'
      ? 'the preflight goes on like any request, and the browser takes what is answered for a refusal'
      : 'the browser does not let its scripts read the response';
  return {
    name: 'preflight',
    verdict: 'passed',
    text: `the origin ${origin} is not in ${asker}, which allows ${allowed}: ${end}`,
  };
}
