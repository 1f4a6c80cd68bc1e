import type { Diagnostic } from './diagnostic.ts';
import type { FieldRef, Origin, Place } from './place.ts';
import { isFieldRef } from './place.ts';

/** A diagnostic whose places are known. */
export interface Located extends Omit<Diagnostic, 'at' | 'related'> {
  readonly at?: Origin;
  readonly related: readonly { readonly message: string; readonly at?: Origin }[];
  /** By which other runs and programs know it again; `lint` gives it. */
  readonly fingerprint?: string;
}

export type Locate = (ref: FieldRef) => Origin | undefined;

/**
 * Looks up every place and puts the findings in the order in which people read them: by file, line and column, then by
 * rule and message; those without a place come last. Findings that say the same of the same place are one.
 */
export function locateAll(diagnostics: readonly Diagnostic[], locate: Locate): readonly Located[] {
  const places = placesOf(diagnostics, locate);
  const keyed = diagnostics.map(found => {
    const located = locateOne(found, ref => places.get(ref));
    return { located, key: sortKey(located) };
  });
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  return keyed
    .filter(({ key }, index) => {
      const earlier = keyed[index - 1];
      return earlier === undefined || compareKeys(earlier.key, key) !== 0;
    })
    .map(({ located }) => located);
}

/**
 * The same as far as it can be told without looking up a place: findings that say the same of the same field are one,
 * and they are ordered by file and object.
 */
export function sortUnplaced(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Map<string, Diagnostic>();
  for (const found of diagnostics) {
    const key = `${found.rule.id} ${placeKey(found.at)} ${found.message}`;
    if (!known.has(key)) known.set(key, found);
  }
  const keyed = [...known.values()].map(found => ({ found, key: objectKey(found.at) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  return keyed.map(({ found }) => found);
}

function placeKey(place: Place | undefined): string {
  if (place === undefined) return '';
  if (!isFieldRef(place)) return `${place.file}:${place.line}:${place.column}`;
  const { document, path, part = '', line = '' } = place;
  return `${document}:${path.join('/')}:${part}:${line}`;
}

/** By file and, in it, the number of the document, as its id has them. */
function objectKey(place: Place | undefined): SortKey {
  if (place === undefined) return [1, '', 0];
  if (!isFieldRef(place)) return [0, place.file, 0];
  const [, file = place.document, number = ''] = /^(.*)#(\d+)/s.exec(place.document) ?? [];
  return [0, file, Number(number)];
}

/** All places, document by document: to look up one, a document is read as a whole. */
function placesOf(diagnostics: readonly Diagnostic[], locate: Locate): ReadonlyMap<FieldRef, Origin | undefined> {
  const refs = diagnostics
    .flatMap(({ at, related = [] }) => [at, ...related.map(other => other.at)])
    .filter(place => place !== undefined && isFieldRef(place));
  refs.sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0));
  return new Map(refs.map(ref => [ref, locate(ref)]));
}

function locateOne(found: Diagnostic, locate: Locate): Located {
  const { at, related = [], ...rest } = found;
  return {
    ...rest,
    ...placed(at, locate),
    related: related.map(other => ({ message: other.message, ...placed(other.at, locate) })),
  };
}

function placed(place: Place | undefined, locate: Locate): { readonly at?: Origin } {
  if (place === undefined) return {};
  const at = isFieldRef(place) ? locate(place) : place;
  return at === undefined ? {} : { at };
}

type SortKey = readonly (string | number)[];

function sortKey({ at, rule, message }: Located): SortKey {
  return at === undefined ? [1, '', 0, 0, rule.id, message] : [0, at.file, at.line, at.column, rule.id, message];
}

function compareKeys(a: SortKey, b: SortKey): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
