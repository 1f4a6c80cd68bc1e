/**
 * A plain value with equal parts written once. `parts` has each part after those that it is made of, the value itself
 * last: a text, a number … as it is; what is made of others as a list of their places in `parts`, behind 0 for a list and
 * n for an object that has the names of `shapes[n - 1]`.
 */
export interface Packed {
  readonly shapes: readonly (readonly string[])[];
  readonly parts: readonly Part[];
}

type Part = string | number | boolean | null | readonly number[];

/** Packs what JSON can hold; what it cannot hold (undefined, functions) is left out of objects and is null elsewhere. */
export function packed(value: unknown): Packed {
  const shapes = table<readonly string[]>();
  const parts = table<Part>();
  const seen = new Map<object, number>();
  const pack = (part: unknown): number => {
    if (typeof part !== 'object' || part === null) return parts.placeOf(plainOf(part));
    const known = seen.get(part);
    if (known !== undefined) return known;
    const place = parts.placeOf(Array.isArray(part) ? [0, ...part.map(pack)] : packObject(part));
    seen.set(part, place);
    return place;
  };
  const packObject = (object: object): readonly number[] => {
    const fields = Object.entries(object).filter(([, part]) => part !== undefined && typeof part !== 'function');
    const shape = shapes.placeOf(fields.map(([name]) => name)) + 1;
    return [shape, ...fields.map(([, part]) => pack(part))];
  };
  const root = pack(value);
  const isLast = root === parts.all.length - 1;
  return { shapes: shapes.all, parts: isLast ? parts.all : [...parts.all, parts.all[root] ?? null] };
}

/** Values, each once, and where they are. */
function table<T>() {
  const places = new Map<string, number>();
  const all: T[] = [];
  const placeOf = (value: T): number => {
    const key = JSON.stringify(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, all.length);
    return all.push(value) - 1;
  };
  return { all, placeOf };
}

function plainOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The value of a text of JSON that was packed, of the type that whoever packed it gave it. Equal parts are one object. */
export function unpacked(text: string) {
  const { shapes, parts } = JSON.parse(text);
  for (let place = 0; place < parts.length; place += 1) parts[place] = partOf(parts[place], parts, shapes);
  return parts.at(-1);
}

function partOf(part: Part, parts: readonly unknown[], shapes: Packed['shapes']): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const [shape = 0, ...places] = part;
  const values = places.map(place => parts[place]);
  const names = shapes[shape - 1];
  // Object.fromEntries makes a field of `__proto__`, too.
  return names === undefined ? values : Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
