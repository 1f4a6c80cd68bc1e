import type { FieldPath } from '../diagnostics/place.ts';
import type { Change } from './changes.ts';
import type { Entry, FieldAt, Sheet } from './sheet.ts';
import { fieldAt, isBlockMapping, isShared } from './sheet.ts';
import { endOf, isFirstInLine, keySpan, lineEndOf, lineStartOf } from './spans.ts';
import { Unfixable } from './unfixable.ts';

/** Removes a field, and what holds it if nothing else is in it. */
export function removeField(sheet: Sheet, path: FieldPath): Change {
  const field = fieldAt(sheet, path);
  requireUnused(sheet, field.entry);
  if (field.entries.length > 1) return changeOf(sheet, field);
  if (typeof path.at(-2) !== 'string') throw new Unfixable('nothing else is written beside it');
  return removeField(sheet, path.slice(0, -1));
}

function changeOf(sheet: Sheet, field: FieldAt): Change {
  return isBlockMapping(sheet, field.mapping.at) ? inBlock(sheet, field) : inFlow(sheet, field);
}

/** What is removed must not be what an alias stands for. */
function requireUnused(sheet: Sheet, { key, value }: Entry): void {
  const end = sheet.tree.ends[value] ?? value + 1;
  for (let at = key; at < end; at++)
    if (isShared(sheet, at)) throw new Unfixable('the value has an anchor, and an alias uses it elsewhere');
}

function entryEnd(sheet: Sheet, { key, value }: Entry): number {
  return endOf(sheet, value, keySpan(sheet, key).end);
}

/** All of its lines; comments above it stay. */
function inBlock(sheet: Sheet, { entries, index, entry }: FieldAt): Change {
  const { text } = sheet;
  const { start } = keySpan(sheet, entry.key);
  if (!isFirstInLine(text, start)) return behindDash(sheet, start, entries[index + 1], entryEnd(sheet, entry));
  const lineEnd = lineEndOf(text, entryEnd(sheet, entry));
  const behind = lineEnd + (/^(?:\r\n|\r|\n)/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0);
  return { start: lineStartOf(text, start), end: behind, text: '' };
}

/** The next field takes its place behind the dash of a list. */
function behindDash(sheet: Sheet, start: number, next: Entry | undefined, end: number): Change {
  const nextStart = next === undefined ? undefined : keySpan(sheet, next.key).start;
  if (nextStart === undefined || sheet.text.slice(end, nextStart).trim() !== '')
    throw new Unfixable('a comment stands behind it');
  return { start, end: nextStart, text: '' };
}

/** With the comma behind it, or before it where it is the last one. */
function inFlow(sheet: Sheet, { entries, index, entry }: FieldAt): Change {
  const { text } = sheet;
  const { start } = keySpan(sheet, entry.key);
  const end = entryEnd(sheet, entry);
  const [before, next] = [entries[index - 1], entries[index + 1]];
  const change =
    next !== undefined
      ? { start, end: keySpan(sheet, next.key).start, text: '' }
      : { start: before === undefined ? start : entryEnd(sheet, before), end, text: '' };
  const gap = next === undefined ? text.slice(change.start, start) : text.slice(end, change.end);
  if (gap.includes('#')) throw new Unfixable('a comment stands beside it');
  return change;
}
