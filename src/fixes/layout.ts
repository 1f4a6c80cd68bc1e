import type { MappingAt, Sheet } from './sheet.ts';
import { isBlockMapping } from './sheet.ts';
import { indentAt, isFirstInLine, keySpan, lineStartOf } from './spans.ts';

/** How the fields of a mapping are laid out. */
export interface Layout {
  /** Whether each of them stands on a line of its own; always so in a block. */
  readonly hasLines: boolean;
  readonly isBlock: boolean;
  /** What a line of a field begins with. */
  readonly indent: string;
  /** What the lines of a mapping in it begin with besides. */
  readonly unit: string;
  /** What stands between a key and its value: `: `, or `:` in JSON without blanks. */
  readonly colon: string;
  /** What stands behind `{` where fields are not on lines of their own. */
  readonly padding: string;
}

/** @param key one that stands there already */
export function layoutOf(sheet: Sheet, mapping: MappingAt, key: number): Layout {
  const { text, tree } = sheet;
  const { start, end } = keySpan(sheet, key);
  const isBlock = isBlockMapping(sheet, mapping.at);
  const indent = isBlock ? ' '.repeat(start - lineStartOf(text, start)) : indentAt(text, start);
  const colon = /^[ \t]*:[ \t]*(?=\S)/.exec(text.slice(end, end + 100))?.[0] ?? ': ';
  const event = tree.events[mapping.at];
  const opening = event !== undefined && 'start' in event ? event.start : start;
  return {
    isBlock,
    hasLines: isBlock || isFirstInLine(text, start),
    indent,
    unit: isBlock ? blockUnit(sheet, mapping, indent.length) : flowUnit(text, opening, indent),
    // In a block the value may be far to the right, beside those of other fields.
    colon: isBlock ? ': ' : colon,
    padding: /^[ \t]+/.exec(text.slice(opening + 1, opening + 10))?.[0] ?? '',
  };
}

const USUAL_UNIT = '  ';

function blockUnit(sheet: Sheet, { under }: MappingAt, column: number): string {
  if (under === undefined) return USUAL_UNIT;
  const { start } = keySpan(sheet, under);
  const step = column - (start - lineStartOf(sheet.text, start));
  return step > 0 ? ' '.repeat(step) : USUAL_UNIT;
}

function flowUnit(text: string, opening: number, indent: string): string {
  const outer = indentAt(text, opening);
  return indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : USUAL_UNIT;
}
