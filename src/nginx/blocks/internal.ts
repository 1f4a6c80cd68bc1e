import { wholeRequest } from '../headers.ts';
import { inLine } from '../quote.ts';

import type { InternalLocation } from '../declarations.ts';
import type { Header, LineView } from '../headers.ts';
import type { Declared } from '../made-parts.ts';
import type { RenderFacts } from '../parts.ts';
import type { Quoted } from '../quote.ts';

/** What templates/internal-location.conf shows: a location that only others lead to. */
export type InternalView = Readonly<{
  isNamed: boolean;
  isCheck: boolean;
  place: Quoted;
  /** The name of a set of headers. */
  requestHeaders: Quoted | undefined;
  /** All headers of the request to the backend, where no set can be named. */
  forwarded: readonly LineView[];
  text: Quoted;
  /** All of one that names its headers, if it is short. */
  line: Quoted | undefined;
}>;

/**
 * The internal locations that the locations of a server want, each once, in the order of their names; or undefined.
 *
 * @param ofServer headers that all backends of the server get
 */
export function internalViews(
  used: readonly Declared[],
  facts: RenderFacts,
  ofServer: readonly Header[],
): readonly InternalView[] | undefined {
  if (used.length === 0) return undefined;
  const byPlace = new Map<string, InternalLocation>();
  for (const { declared } of used) {
    for (const each of declared) if (each.kind === 'location') byPlace.set(each.location.place, each.location);
  }
  if (byPlace.size === 0) return undefined;
  return [...byPlace.values()]
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .map(each => internalView(each, facts, ofServer));
}

/** Columns of what each of many servers has. */
const LONG_LINE = 240;

function internalView(
  { kind, place, text, headers, requestHeaders }: InternalLocation,
  facts: RenderFacts,
  ofServer: readonly Header[],
): InternalView {
  // A set of headers holds in all servers.
  const isWhole = kind === 'uri' || (kind === 'check' && ofServer.length > 0);
  return {
    isNamed: kind === 'named',
    isCheck: kind === 'check',
    place,
    requestHeaders: isWhole ? undefined : headers?.tag,
    forwarded: isWhole && requestHeaders !== undefined ? wholeRequest([...ofServer, ...requestHeaders], facts) : [],
    text,
    line: isWhole ? undefined : inLine(text, kind === 'check' ? LONG_LINE : undefined),
  };
}
