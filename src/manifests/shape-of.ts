import type { PlainValue } from '../json/value.ts';
import { isList } from '../json/value.ts';

/** What a value is, in words: `a list`, `the number 80`. */
export function shapeOf(value: PlainValue): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a mapping';
  return typeof value === 'string' ? 'text' : `the ${typeof value} ${String(value)}`;
}
