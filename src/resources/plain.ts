import type { PlainObject, PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';

/** Null counts as absent, as in the API server. */
export function isGiven(value: PlainValue | undefined): value is Exclude<PlainValue, null> {
  return value !== undefined && value !== null;
}

const NOTHING: PlainObject = {};

/**
 * These read a value that may be of another type: the schema has reported that by then, and the checks beside it
 * go on with an empty value.
 */
export function objectOf(value: PlainValue | undefined): PlainObject {
  return isRecord(value) ? value : NOTHING;
}

export function listOf(value: PlainValue | undefined): readonly PlainValue[] {
  return isList(value) ? value : [];
}

export function textOf(value: PlainValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The text, or undefined when there is none or an empty one. */
export function someTextOf(value: PlainValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number, or 0, which the API server takes for none. */
export function numberOf(value: PlainValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

const NO_TEXTS: Readonly<Record<string, string>> = {};

/** A map of texts, with null as the empty text; own properties only, whatever the keys are called. */
export function textMapOf(value: PlainValue | undefined): Readonly<Record<string, string>> {
  if (!isGiven(value)) return NO_TEXTS;
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, text]) => [key, textOf(text)]));
}

/** The value of a key or at an index; undefined where there is none. */
export function childOf(value: PlainValue | undefined, key: string | number): PlainValue | undefined {
  if (isRecord(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof key === 'number' && isList(value) ? value[key] : undefined;
}
