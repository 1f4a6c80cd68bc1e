import type { FieldEdit, FixEdit, NestEdit } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { PlainObject, PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';

/** An edit of an object in a document, and where the object stands in that. */
export interface PlacedEdit<Edit extends FieldEdit | FixEdit = FixEdit> {
  readonly edit: Edit;
  readonly path: FieldPath;
  /** Of a moved field, where it goes. */
  readonly to?: FieldPath;
  /** Of a value that gets quotes, the text in them. */
  readonly text?: string;
}

/** In this order each edit finds its place under its own name. */
const ORDER: Readonly<Record<FixEdit['kind'], number>> = {
  set: 0,
  quote: 0,
  insert: 1,
  move: 1,
  nest: 2,
  remove: 3,
  rename: 4,
};

/** What a document means when edits are made: what the text that they make must mean as well. */
export function meant(value: PlainValue, edits: readonly PlacedEdit<FieldEdit | FixEdit>[]): PlainValue {
  const inOrder = edits.toSorted((a, b) => ORDER[a.edit.kind] - ORDER[b.edit.kind] || b.path.length - a.path.length);
  return inOrder.reduce(made, value);
}

function made(value: PlainValue, placed: PlacedEdit<FieldEdit | FixEdit>): PlainValue {
  const { edit, path, to = [], text = '' } = placed;
  switch (edit.kind) {
    case 'set':
      return at(value, path, () => edit.value);
    case 'quote':
      return at(value, path, () => text);
    case 'insert':
      return inMapping(value, path, mapping => ({ ...mapping, [edit.key]: edit.value }));
    case 'nest':
      return inMapping(value, path, mapping => nested(mapping, edit));
    case 'remove':
      return removed(value, path);
    case 'rename':
      return inMapping(value, path.slice(0, -1), mapping => renamed(mapping, String(path.at(-1)), edit.key));
    case 'move': {
      const moving = path.reduce<PlainValue | undefined>(childOf, value) ?? null;
      return inMapping(removed(value, path), to, mapping => ({ ...mapping, [edit.key]: moving }));
    }
  }
}

function childOf(value: PlainValue | undefined, step: string | number): PlainValue | undefined {
  if (typeof step === 'number') return isListValue(value) ? value[step] : undefined;
  return isMapping(value) ? value[step] : undefined;
}

function isListValue(value: PlainValue | undefined): value is readonly PlainValue[] {
  return isList(value);
}

function isMapping(value: PlainValue | undefined): value is PlainObject {
  return isRecord(value);
}

function at(value: PlainValue, path: FieldPath, change: (value: PlainValue) => PlainValue): PlainValue {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (isListValue(value)) return value.map((item, index) => (index === step ? at(item, rest, change) : item));
  if (!isMapping(value)) return value;
  return { ...value, [step]: at(value[step] ?? null, rest, change) };
}

function inMapping(value: PlainValue, path: FieldPath, change: (mapping: PlainObject) => PlainValue): PlainValue {
  return at(value, path, found => (isMapping(found) ? change(found) : found));
}

function without(mapping: PlainObject, keys: readonly string[]): PlainObject {
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)));
}

function renamed(mapping: PlainObject, from: string, to: string): PlainObject {
  return { ...without(mapping, [from]), [to]: mapping[from] ?? null };
}

/** With its mapping, if nothing else is in that. */
function removed(value: PlainValue, path: FieldPath): PlainValue {
  const outer = path.slice(0, -1);
  const mapping = outer.reduce<PlainValue | undefined>(childOf, value);
  if (outer.length > 0 && isMapping(mapping) && Object.keys(mapping).length === 1) return removed(value, outer);
  return inMapping(value, outer, found => without(found, [String(path.at(-1))]));
}

function nested(mapping: PlainObject, { under, fields }: Pick<NestEdit, 'under' | 'fields'>): PlainObject {
  const inner: Record<string, PlainValue> = {};
  for (const { key, to } of fields) {
    const value = mapping[key] ?? null;
    const [name, deeper] = to;
    inner[name] = deeper === undefined ? value : { [deeper]: value };
  }
  return {
    ...without(
      mapping,
      fields.map(({ key }) => key),
    ),
    [under]: inner,
  };
}

/** Whether two values are the same; the order of keys does not count. */
export function isSameValue(one: PlainValue, other: PlainValue): boolean {
  if (Object.is(one, other)) return true;
  if (isListValue(one) && isListValue(other))
    return one.length === other.length && one.every((item, index) => isSameValue(item, other[index] ?? null));
  if (!isMapping(one) || !isMapping(other) || isListValue(one) || isListValue(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isSameValue(one[key] ?? null, other[key] ?? null))
  );
}
