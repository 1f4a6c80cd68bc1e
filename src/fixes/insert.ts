import { EVENT_ID } from 'js-yaml/browser';

import type { InsertEdit, MoveEdit } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Change } from './changes.ts';
import type { Layout } from './layout.ts';
import { layoutOf } from './layout.ts';
import { removeField } from './remove.ts';
import type { Quote } from './scalars.ts';
import { hasSafeLetters, quoteOf, written } from './scalars.ts';
import type { Entry, MappingAt, Sheet } from './sheet.ts';
import { entriesOf, fieldAt, isBlockMapping, mappingAt, nameOf, requireOwn, scalarAt } from './sheet.ts';
import { endOf, keySpan, lineEndOf, scalarSpan } from './spans.ts';
import { Unfixable } from './unfixable.ts';

/** A field to add: its key, and how its value is written. */
interface NewField {
  readonly key: string;
  /** @param quote what keys around it have */
  readonly value: (quote: Quote, layout: Layout) => string;
  readonly comment?: string;
}

/** Adds a field behind another one of the mapping, else as its first one. */
export function insertField(sheet: Sheet, path: FieldPath, { key, value, after }: InsertEdit): readonly Change[] {
  const mapping = mappingAt(sheet, path);
  const entries = entriesOf(sheet, mapping.at);
  const field = { key, value: (quote: Quote) => written(value, quote) };
  const before = entries.find(entry => nameOf(sheet, entry.key) === after);
  if (before === undefined || !isOnOneLine(sheet, before)) return [asFirst(sheet, mapping, entries, field)];
  requireAbsent(sheet, entries, key);
  const layout = layoutOf(sheet, mapping, before.key);
  const text = textOf(sheet, before.key, layout, field);
  const end = endOf(sheet, before.value, keySpan(sheet, before.key).end);
  if (layout.isBlock) {
    const at = lineEndOf(sheet.text, end);
    return [{ start: at, end: at, text: `${sheet.lineEnd}${layout.indent}${text}` }];
  }
  return [{ start: end, end, text: `,${separatorOf(sheet, layout)}${text}` }];
}

/** Moves a field with its value as it is written, and the comment behind it. */
export function moveField(sheet: Sheet, path: FieldPath, to: FieldPath, { key }: MoveEdit): readonly Change[] {
  const { entry, mapping: from } = fieldAt(sheet, path);
  requireOwn(sheet, entry.value);
  const event = scalarAt(sheet, entry.value);
  const span = scalarSpan(sheet.text, event);
  if (span === undefined || event.anchorStart !== -1) throw new Unfixable('the value has an anchor, or there is none');
  const raw = sheet.text.slice(span.start, span.end);
  if (/[\r\n]/.test(raw)) throw new Unfixable('the value is a text of several lines');
  const mapping = mappingAt(sheet, to);
  const comment = sheet.text.slice(span.end, lineEndOf(sheet.text, span.end)).trimEnd();
  const field: NewField = {
    key,
    value: (quote, layout) => (needsQuotes(sheet, entry, raw, layout) ? written(raw, quote) : raw),
    ...(isBlockMapping(sheet, from.at) ? { comment } : {}),
  };
  return [removeField(sheet, path), asFirst(sheet, mapping, entriesOf(sheet, mapping.at), field)];
}

/** In a flow mapping a comma or a bracket would end it. */
function needsQuotes(sheet: Sheet, { value }: Entry, raw: string, { isBlock }: Layout): boolean {
  return !isBlock && quoteOf(sheet, value) === '' && !hasSafeLetters(raw);
}

function requireAbsent(sheet: Sheet, entries: readonly Entry[], name: string): void {
  if (entries.some(({ key }) => nameOf(sheet, key) === name)) throw new Unfixable(`"${name}" is there already`);
}

function asFirst(sheet: Sheet, mapping: MappingAt, entries: readonly Entry[], field: NewField): Change {
  requireAbsent(sheet, entries, field.key);
  const [first] = entries;
  if (first === undefined) throw new Unfixable(`there is nothing beside which \`${field.key}\` could be written`);
  const layout = layoutOf(sheet, mapping, first.key);
  const { start } = keySpan(sheet, first.key);
  const text = textOf(sheet, first.key, layout, field);
  const behind = layout.isBlock
    ? `${field.comment ?? ''}${sheet.lineEnd}${layout.indent}`
    : `,${separatorOf(sheet, layout)}`;
  return { start, end: start, text: text + behind };
}

function textOf(sheet: Sheet, beside: number, layout: Layout, { key, value }: NewField): string {
  const quote = quoteOf(sheet, beside);
  return `${written(key, quote)}${layout.colon}${value(quote, layout)}`;
}

/** What stands behind a comma. */
function separatorOf({ lineEnd }: Sheet, { hasLines, indent, colon }: Layout): string {
  if (hasLines) return lineEnd + indent;
  return /\s$/.test(colon) ? ' ' : '';
}

function isOnOneLine(sheet: Sheet, { key, value }: Entry): boolean {
  const { tree, text } = sheet;
  if (tree.events[value]?.type !== EVENT_ID.SCALAR) return false;
  const { start, end } = keySpan(sheet, key);
  return !/[\r\n]/.test(text.slice(start, endOf(sheet, value, end)));
}
