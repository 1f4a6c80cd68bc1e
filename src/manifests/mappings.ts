import type { PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';

/** A mapping within an object, and the steps to it. */
export interface PlacedMapping {
  readonly value: { readonly [key: string]: PlainValue };
  readonly path: FieldPath;
}

/** The mappings within a value, itself included, the outer ones first, `levels` deep. */
export function mappingsIn(root: PlainValue, levels: number): readonly PlacedMapping[] {
  const found: PlacedMapping[] = [];
  let level: readonly { readonly value: PlainValue; readonly path: FieldPath }[] = [{ value: root, path: [] }];
  for (let depth = 0; depth <= levels && level.length > 0; depth++) {
    const next: { readonly value: PlainValue; readonly path: FieldPath }[] = [];
    for (const { value, path } of level) {
      if (isRecord(value)) found.push({ value, path });
      if (typeof value !== 'object' || value === null) continue;
      const children = isList(value) ? value.entries() : Object.entries(value);
      for (const [key, child] of children) next.push({ value: child, path: [...path, key] });
    }
    level = next;
  }
  return found;
}
