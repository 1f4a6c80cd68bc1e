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

/** Whether a field, by its key, takes a text that YAML makes something else of without quotes. */
export type TakesText = (key: string, text: string) => boolean;

/** What means the same to everybody, with quotes and without. */
const PLAIN = /^(?:true|false|True|False|TRUE|FALSE|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)$/;

/** Puts quotes around what is written there: those of its neighbours. */
export function quoteValue(sheet: Sheet, path: FieldPath, isTaken: TakesText): readonly Change[] {
  const field = fieldAt(sheet, path);
  const { start, end } = valueSpan(sheet, field);
  const raw = sheet.text.slice(start, end);
  if (quoteOf(sheet, field.entry.value) !== '' || !(PLAIN.test(raw) || isTaken(String(path.at(-1)), raw)))
    throw new Unfixable(`"${raw}" may be meant as another text`);
  const quote = quoteBeside(
    sheet,
    field.entries.map(({ value }) => value),
  );
  return [{ start, end, text: `${quote}${raw}${quote}` }];
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
