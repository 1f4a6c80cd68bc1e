import { patternKey, quoteTemplate, variable } from './quote.ts';

import type { MapKey, Quoted } from './quote.ts';

/** What templates/escaped-uri.http.conf shows: maps, each of which escapes a character a number of times. */
export type EscapedUriView = Readonly<{ maps: readonly EscapingMap[]; result: Quoted }>;

type EscapingMap = Readonly<{
  name: Quoted;
  of: Quoted;
  rows: readonly Readonly<{ key: MapKey; value: Quoted }>[];
}>;

/** How often a map escapes its character. */
const TIMES = 8;

/**
 * What would end a value of a query or be read as something else there, in this order, and how many maps there are for
 * it. A request line has neither blanks nor `#`.
 */
const ESCAPED = [
  { name: 'percent', character: '%', code: '%25', maps: 4 },
  { name: 'ampersand', character: '&', code: '%26', maps: 2 },
  { name: 'plus', character: '\\+', code: '%2B', maps: 1 },
  { name: 'semicolon', character: ';', code: '%3B', maps: 1 },
] as const;

type Escaped = (typeof ESCAPED)[number];

/** What is left of a text when a map has done what it can. */
const restOf = (level: number): string => `uri_rest_${level}`;

/**
 * All groups have names, other ones in each map of a chain: numbers would mean those of the expression that is looked at
 * last.
 */
function rowFor({ name, character, code, maps }: Escaped, level: number, times: number): EscapingMap['rows'][number] {
  // A request line has no white space.
  const part = `[^${character}\\s]*`;
  const groups = Array.from({ length: times }, (_, index) => `uri_${level}_${index}`);
  const begin = groups.map(group => `(?<${group}>${part})${character}`).join('');
  const isFull = times === TIMES;
  const rest = restOf(level);
  const key = patternKey(`^${begin}(?<${rest}>${isFull ? '\\S*' : part})$`);
  const further = isFull && level < maps ? `uri_${name}_${level + 1}` : rest;
  const value = `${groups.map(group => `\${${group}}${code}`).join('')}\${${further}}`;
  return { key, value: quoteTemplate(value, { once: () => undefined }) };
}

function mapsFor(escaped: Escaped, of: string): readonly EscapingMap[] {
  return Array.from({ length: escaped.maps }, (_, index) => {
    const level = index + 1;
    return {
      name: variable(`uri_${escaped.name}_${level}`),
      of: variable(index === 0 ? of : restOf(index)),
      rows: Array.from({ length: TIMES }, (_, less) => rowFor(escaped, level, TIMES - less)),
    };
  });
}

function viewOf(): EscapedUriView {
  let of = 'request_uri';
  const maps: EscapingMap[] = [];
  for (const escaped of ESCAPED) {
    maps.push(...mapsFor(escaped, of));
    of = `uri_${escaped.name}_1`;
  }
  return { maps, result: variable(of) };
}

let view: EscapedUriView | undefined;

/** The URI of a request as the value of a query parameter; made when it is needed, since few configurations do. */
export function escapedUri(): EscapedUriView {
  return (view ??= viewOf());
}
