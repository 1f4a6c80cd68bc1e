import type { NestEdit, NestedField } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Change } from './changes.ts';
import type { Layout } from './layout.ts';
import { layoutOf } from './layout.ts';
import { quoteOf, written } from './scalars.ts';
import type { Entry, Sheet } from './sheet.ts';
import { entriesOf, indexOf, mappingAt, nameOf } from './sheet.ts';
import { endOf, keySpan } from './spans.ts';
import { Unfixable } from './unfixable.ts';

/** A field that goes into the new mapping. */
interface Part {
  readonly entry: Entry;
  readonly to: NestedField['to'];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Makes of neighbours in a mapping those of a new one in their place; their values stay as they are written. */
export function nestFields(sheet: Sheet, path: FieldPath, { under, fields }: NestEdit): readonly Change[] {
  const mapping = mappingAt(sheet, path);
  const entries = entriesOf(sheet, mapping.at);
  const isTaken = entries.some(({ key }) => nameOf(sheet, key) === under) && !fields.some(({ key }) => key === under);
  if (isTaken) throw new Unfixable(`\`${under}\` is there already`);
  const parts = partsOf(sheet, entries, fields);
  const [first] = parts;
  if (first === undefined) throw new Unfixable('there is nothing to write there');
  const layout = layoutOf(sheet, mapping, first.entry.key);
  return parts.flatMap(part => changesOf(sheet, part, layout, under));
}

function partsOf(sheet: Sheet, entries: readonly Entry[], fields: readonly NestedField[]): readonly Part[] {
  const places = fields.map(({ key, to }) => ({ index: indexOf(sheet, entries, key), to }));
  places.sort((a, b) => a.index - b.index);
  const first = places[0]?.index ?? 0;
  return places.map(({ index, to }, number) => {
    const entry = entries[index];
    if (entry === undefined || index !== first + number)
      throw new Unfixable('something else stands between the fields');
    if (!isInLine(sheet, entry)) throw new Unfixable('a value is not on the line of its key');
    return { entry, to, isFirst: number === 0, isLast: number === places.length - 1 };
  });
}

function isInLine(sheet: Sheet, { key, value }: Entry): boolean {
  const { start, end } = keySpan(sheet, key);
  return !/[\r\n]/.test(sheet.text.slice(start, endOf(sheet, value, end)));
}

function changesOf(sheet: Sheet, part: Part, layout: Layout, under: string): readonly Change[] {
  const { entry, to, isFirst, isLast } = part;
  const span = keySpan(sheet, entry.key);
  const quote = quoteOf(sheet, entry.key);
  const open = opener(sheet, layout);
  const [name, inner] = to;
  const deep = layout.indent + layout.unit;
  const outer = isFirst ? `${written(under, quote)}${open(deep)}` : layout.hasLines ? layout.unit : '';
  const own = inner === undefined ? '' : `${written(name, quote)}${open(deep + layout.unit)}`;
  const key = { ...span, text: `${outer}${own}${written(inner ?? name, quote)}` };
  if (layout.isBlock) return [key];
  const closed = `${inner === undefined ? '' : closer(sheet, layout, deep)}${isLast ? closer(sheet, layout, layout.indent) : ''}`;
  const end = endOf(sheet, entry.value, span.end);
  return closed === '' ? [key] : [key, { start: end, end, text: closed }];
}

/** What stands between a key and the first field of the mapping that it gets. */
function opener({ lineEnd }: Sheet, { isBlock, hasLines, colon, padding }: Layout): (indent: string) => string {
  if (isBlock) return indent => `:${lineEnd}${indent}`;
  return hasLines ? indent => `${colon}{${lineEnd}${indent}` : () => `${colon}{${padding}`;
}

/** What stands behind the last one. */
function closer({ lineEnd }: Sheet, { hasLines, padding }: Layout, indent: string): string {
  return hasLines ? `${lineEnd}${indent}}` : `${padding}}`;
}
