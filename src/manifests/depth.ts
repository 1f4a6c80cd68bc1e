import type { PlainValue } from '../json/value.ts';
import { isList } from '../json/value.ts';

/** YAML is refused earlier unless aliases stand for deep values; JSON.parse takes any depth. */
export function isDeeper(value: PlainValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (isList(value)) {
    for (const item of value) if (isDeeper(item, levels - 1)) return true;
    return false;
  }
  for (const key in value) if (isDeeper(value[key] ?? null, levels - 1)) return true;
  return false;
}
