import { EMPTY, escapeRegex, exactKey, patternKey, quote, quoteLiteral, variable } from '../quote.ts';

import type { Cors } from '../../routing/policies/cors.ts';
import type { Declarations } from '../declarations.ts';
import type { Header } from '../headers.ts';
import type { LocationRenderer } from '../parts.ts';
import type { MapKey, Quoted } from '../quote.ts';

/** The Origin of a request as it was sent, if its scripts may read the answer; else nothing. */
function allowedOrigin(origins: readonly string[], declare: Declarations): Quoted {
  const origin = variable('http_origin');
  const rows = origins.map(each => [originKey(each), origin] as const);
  return declare.map({ name: 'cors_origin', of: origin, rows, otherwise: EMPTY });
}

function originKey(origin: string): MapKey {
  const [before = '', after] = origin.split('*');
  if (after === undefined) return exactKey(origin);
  return patternKey(`^${escapeRegex(before)}[a-z0-9-]+${escapeRegex(after)}\\z`, 'i');
}

/** What stands for an OPTIONS request from an origin that is allowed. */
function preflightOf(allowed: Quoted, declare: Declarations): Quoted {
  const rows = [[patternKey('^OPTIONS .'), quote('1')] as const];
  return declare.map({ name: 'cors_preflight', of: quote(`$request_method ${allowed}`), rows, otherwise: EMPTY });
}

/** The headers in the order of the controller, with their values; those that are not asked for are left to the backend. */
function headersOf(asks: Cors, declare: Declarations): readonly (readonly [name: string, value: Quoted])[] {
  const { methods, requestHeaders, exposedHeaders, isCredentialed, maxAgeSeconds } = asks;
  return [
    ...(isCredentialed ? [['Access-Control-Allow-Credentials', quote('true')] as const] : []),
    ['Access-Control-Allow-Methods', quoteLiteral(methods, declare)],
    ['Access-Control-Allow-Headers', quoteLiteral(requestHeaders, declare)],
    ...(exposedHeaders === ''
      ? []
      : [['Access-Control-Expose-Headers', quoteLiteral(exposedHeaders, declare)] as const]),
    ['Access-Control-Max-Age', quote(String(maxAgeSeconds))],
  ];
}

/** A header where the origin is allowed; where it is not, that of the backend. */
function onlyFor(allowed: Quoted, header: readonly [name: string, value: Quoted], declare: Declarations): Header {
  const [name, value] = header;
  const word = name.toLowerCase().replaceAll('-', '_');
  const rows = [[exactKey(''), variable(`upstream_http_${word}`)] as const];
  const short = word.replace('access_control', 'cors');
  return { name, value: declare.map({ name: short, of: allowed, rows, otherwise: value }), replaces: true };
}

export const renderCors: LocationRenderer<'cors'> = (asks, { declare, text }) => {
  const origin = 'Access-Control-Allow-Origin';
  const headers = headersOf(asks, declare);
  if (asks.origins === 'any') {
    const all = [[origin, quote('*')] as const, ...headers];
    return {
      location: { preflight: text('policies/cors.conf', { preflight: undefined }) },
      responseHeaders: all.map(([name, value]) => ({ name, value, replaces: true })),
    };
  }
  const allowed = allowedOrigin(asks.origins, declare);
  const all = [[origin, allowed] as const, ...headers];
  return {
    location: { preflight: text('policies/cors.conf', { preflight: preflightOf(allowed, declare) }) },
    responseHeaders: all.map(header => onlyFor(allowed, header, declare)),
  };
};
