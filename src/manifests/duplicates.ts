import type { PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { construct } from './construct.ts';
import type { Duplicate } from './construct.ts';
import type { ReadObject } from './document.ts';
import { isMeantAsIngress } from './kinds.ts';
import type { PlacedMapping } from './mappings.ts';
import { looksLikeIngress } from './meant-objects.ts';
import { addMistyped } from './objects.ts';
import type { Spot } from './objects.ts';
import type { Reading } from './reading.ts';
import { duplicateKey } from './rules/syntax.ts';

type Mapping = PlacedMapping['value'];

/** A document in which keys are there twice, when its objects have been added. */
export interface Repetitive {
  readonly spot: Spot;
  readonly value: PlainValue;
  readonly duplicates: readonly Duplicate[];
  /** Where the text began in which their offsets count. */
  readonly base: number;
  /** Its objects; those that are refused for it take the places of the others, or come behind them. */
  readonly objects: ReadObject[];
}

/**
 * Says which keys are there twice, and refuses the Ingresses and passwords that lose something by it, since it may have
 * been the guard. Objects of other kinds are not ours to judge.
 */
export function judgeDuplicates(reading: Reading, repetitive: Repetitive): void {
  const { duplicates, base, objects } = repetitive;
  const isRefused = duplicates.some(({ isLoss }) => isLoss) && refuseLosers(reading, repetitive);
  if (objects.length === 0) return;
  const isSecret = objects.some(({ document }) => document.kind === 'Secret');
  for (const { key, offset, isLoss } of duplicates) {
    reading.report(() => {
      const start = base + offset;
      const at = reading.toOrigin(reading.source, { start, end: start + key.length, isSecret });
      const finding = { rule: duplicateKey, help: 'remove the one that is not meant', at };
      const message = `duplicate key "${key}"; the last value is used`;
      if (!isRefused || !isLoss) return { ...finding, message };
      return { ...finding, message: `duplicate key "${key}" with different values`, severity: 'error' };
    });
  }
}

/** Whether there are any. */
function refuseLosers(reading: Reading, { spot, value, objects }: Repetitive): boolean {
  const { start, end } = spot.document;
  const whole = construct(reading.source.text.slice(start, end), true).find(each => each.value !== null);
  const known = new Map(objects.map(({ document }, at) => [keyOf(document.itemPath), at]));
  const adding: Reading = { ...reading, add: object => void objects.push(object) };
  let isAny = false;
  for (const { value: asked, path } of objectsIn(whole?.value ?? null, [])) {
    const at = known.get(keyOf(path));
    const object = at === undefined ? undefined : objects[at];
    const kind = object?.document.kind;
    if (!losesGuard(kind, valueAt(value, path), asked)) continue;
    isAny = true;
    const isOurs = kind === 'Ingress' || kind === 'Secret';
    if (isOurs && object !== undefined && at !== undefined) objects[at] = { ...object, asked };
    else addMistyped(adding, asked, { ...spot, itemPath: path, index: `${spot.index}.lost` });
  }
  return isAny;
}

/** Whether the values that do not count may have kept somebody out; `left` is what is read of the object. */
function losesGuard(kind: string | undefined, left: PlainValue | undefined, asked: Mapping): boolean {
  if (JSON.stringify(left) === JSON.stringify(asked)) return false;
  if (kind === 'Secret') return !(isRecord(left) && left['type'] === 'kubernetes.io/tls');
  if (kind === 'Ingress') return true;
  const kinds = [asked['kind'] ?? null].flat().filter(each => typeof each === 'string');
  return kinds.some(isMeantAsIngress) || looksLikeIngress(asked);
}

/** The objects of a document: itself, or those of a list, in any depth. */
function objectsIn(value: PlainValue, path: FieldPath): readonly PlacedMapping[] {
  if (!isRecord(value)) return [];
  const items = value['items'] ?? null;
  if (!isList(items)) return [{ value, path }];
  return items.flatMap((item, index) => objectsIn(item, [...path, 'items', index]));
}

function valueAt(value: PlainValue, path: FieldPath): PlainValue | undefined {
  return path.reduce<PlainValue | undefined>((holder, step) => {
    if (typeof step === 'number') return holder !== undefined && isList(holder) ? holder[step] : undefined;
    return isRecord(holder) ? holder[step] : undefined;
  }, value);
}

function keyOf(path: FieldPath): string {
  return path.join('/');
}
