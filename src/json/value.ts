/** A plain value as YAML or JSON gives it: object, array, string, number, boolean, null. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | PlainObject;

export type PlainObject = { readonly [key: string]: PlainValue };

/** Undefined for what is no JSON. */
export function parseJson(text: string): PlainValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whoever asks knows what it means to him
  }
}

/** Whether a value has keys: an object of JSON, a mapping of YAML. Of a plain value the fields are plain values. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that keeps the type of the items of a readonly list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function isListOf<T>(isOne: (value: unknown) => value is T, value: unknown): value is readonly T[] {
  return isList(value) && value.every(isOne);
}
