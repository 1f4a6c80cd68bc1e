import type { FieldFix } from '../diagnostics/fix.ts';
import { fixIn } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { onlyNear } from '../diagnostics/suggest.ts';
import type { SourceText } from '../input/source.ts';
import type { PlainValue } from '../json/value.ts';
import type { Spot } from './objects.ts';
import type { Reading } from './reading.ts';
import { shapeOf } from './shape-of.ts';

/** What is wrong with an object. */
export interface Problem {
  readonly rule: Rule;
  readonly message: string;
  readonly help?: string;
  /** From the object; the default is the object itself. */
  readonly path?: FieldPath;
  /** Its paths count from the object. */
  readonly fix?: FieldFix | undefined;
}

/** The id of the document that an object becomes. */
export function idOf({ name }: SourceText, { index, itemPath }: Pick<Spot, 'index' | 'itemPath'>): string {
  return [`${name}#${index}`, ...itemPath].join('/');
}

/** What gives a field of an object the only value that can have been meant. */
export function writeInstead(field: string, value: string): FieldFix {
  return { title: `write "${field}: ${value}"`, effect: 'meant', edits: [{ kind: 'set', at: [field], value }] };
}

/** The only version of a kind, or the one that differs from what is written by a slip in the name of its group. */
export function meantVersion(apiVersion: string, known: readonly string[]): string | undefined {
  const [only, ...others] = known;
  if (others.length === 0) return only;
  const version = apiVersion.slice(apiVersion.lastIndexOf('/'));
  return onlyNear(
    apiVersion,
    known.filter(each => each.endsWith(version)),
  );
}

/** Says what is wrong with an object that did not become a document, or not yet. */
export function report(reading: Reading, spot: Spot, { path = [], fix, ...finding }: Problem): void {
  const { document, itemPath, part } = spot;
  // The kind is what is in doubt here: no line of it is shown that could be of a Secret.
  const holder = { source: reading.source, ...document, itemPath, part, kind: 'Secret' };
  const mended = fix === undefined ? {} : { fix: fixIn(idOf(reading.source, spot), fix) };
  reading.report(() => ({ ...finding, at: reading.locate(holder, path), ...mended }));
}

/** Of a kind or a version that is no text. */
export function typeProblem(field: string, value: PlainValue | undefined, example: string): Omit<Problem, 'rule'> {
  const help = `write "${example}", for example`;
  if (value === undefined || value === null || value === '') return { message: `an object without ${field}`, help };
  return { message: `${field} is ${shapeOf(value)}, not text`, help, path: [field] };
}

/** What messages call it. */
export function spotName(spot: Spot): string {
  return spot.itemPath.length === 0 ? 'this document' : 'this item';
}
