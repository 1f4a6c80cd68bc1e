import type { RenameEdit, SetEdit } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Change } from './changes.ts';
import { quoteBeside, quoteOf, written } from './scalars.ts';
import type { FieldAt, Sheet } from './sheet.ts';
import { fieldAt, nameOf, requireOwn, scalarAt } from './sheet.ts';
import { keySpan, scalarSpan } from './spans.ts';
import { Unfixable } from './unfixable.ts';

/** Gives a scalar another value, in the quotes that it has. */
export function setValue(sheet: Sheet, path: FieldPath, { value }: SetEdit): readonly Change[] {
  const field = fieldAt(sheet, path);
  const span = valueSpan(sheet, field);
  const own = quoteOf(sheet, field.entry.value);
  // In JSON a text needs quotes, and its keys have them.
  const quote = own === '' && quoteOf(sheet, field.entry.key) === '"' ? '"' : own;
  return [{ ...span, text: written(value, quote) }];
}

/** The text that was meant in a field, by its key, by a word that YAML makes something else of; undefined: not clear. */
export type MeantText = (key: string, word: string) => string | undefined;

/** What means the same to everybody, with quotes and without. */
const PLAIN = /^(?:true|false|True|False|TRUE|FALSE|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)$/;

/** The text that a value without quotes should be. */
export function quotedText(sheet: Sheet, path: FieldPath, meantText: MeantText): string {
  const field = fieldAt(sheet, path);
  const { start, end } = valueSpan(sheet, field);
  const raw = sheet.text.slice(start, end);
  const isPlain = PLAIN.test(raw) && quoteOf(sheet, field.entry.value) === '';
  const text = isPlain ? raw : meantText(String(path.at(-1)), raw);
  if (text === undefined) throw new Unfixable(`"${raw}" may be meant as another text`);
  return text;
}

/** Puts quotes around what is written there: those of its neighbours. */
export function quoteValue(sheet: Sheet, path: FieldPath, text: string): readonly Change[] {
  const field = fieldAt(sheet, path);
  const quote = quoteBeside(
    sheet,
    field.entries.map(({ value }) => value),
  );
  return [{ ...valueSpan(sheet, field), text: `${quote}${text}${quote}` }];
}

/** Gives a key another name, in the quotes that it has. */
export function renameKey(sheet: Sheet, path: FieldPath, { key: name }: RenameEdit): readonly Change[] {
  const { entries, entry } = fieldAt(sheet, path);
  if (entries.some(({ key }) => nameOf(sheet, key) === name)) throw new Unfixable(`"${name}" is there already`);
  return [{ ...keySpan(sheet, entry.key), text: written(name, quoteOf(sheet, entry.key)) }];
}

function valueSpan(sheet: Sheet, { entry }: FieldAt): { readonly start: number; readonly end: number } {
  requireOwn(sheet, entry.value);
  const span = scalarSpan(sheet.text, scalarAt(sheet, entry.value));
  if (span === undefined) throw new Unfixable('there is no value');
  return span;
}
