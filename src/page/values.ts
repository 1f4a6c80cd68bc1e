import { isList, isRecord } from '../json/value.ts';
import { nameText } from './words.ts';

/** `limits.rate`: `5`, one row for each plain value in what a policy asks for. */
export type ValueRow = readonly [name: string, text: string];

/** What is asked for, as rows of names and values; nothing for what only is there or not. */
export function valueRows(value: unknown, name = ''): readonly ValueRow[] {
  if (value === undefined || value === null) return [];
  if (isList(value)) return listRows(value, name);
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, part]) => valueRows(part, joined(name, nameText(key))));
  }
  return [[name, plainText(value)]];
}

function listRows(items: readonly unknown[], name: string): readonly ValueRow[] {
  const isPlain = items.every(item => !isRecord(item) && !isList(item));
  if (isPlain) return [[name, items.length === 0 ? 'none' : items.map(plainText).join(', ')]];
  return items.flatMap((item, index) => valueRows(item, joined(name, String(index + 1))));
}

function joined(before: string, after: string): string {
  return before === '' ? after : `${before}: ${after}`;
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === '' ? '(empty)' : String(value);
}
