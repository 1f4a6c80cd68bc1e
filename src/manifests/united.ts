import type { PlainObject, PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';

/**
 * The values of equal keys in one: mappings with all their keys, lists with all their items, and of other values that
 * differ a list of them.
 */
export function united(values: readonly PlainValue[]): PlainValue {
  const [first, ...others] = [...new Set(values.filter(value => value !== null))];
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const all = [first, ...others];
  return all.every(value => isRecord(value))
    ? unitedMapping(all)
    : all.flatMap(value => (isList(value) ? value : [value]));
}

function unitedMapping(mappings: readonly PlainObject[]): PlainValue {
  const values = new Map<string, PlainValue[]>();
  for (const [key, value] of mappings.flatMap(mapping => Object.entries(mapping))) {
    const known = values.get(key);
    if (known === undefined) values.set(key, [value]);
    else known.push(value);
  }
  return Object.fromEntries([...values].map(([key, each]) => [key, united(each)]));
}
