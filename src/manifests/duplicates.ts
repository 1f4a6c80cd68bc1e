import type { PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { construct } from './construct.ts';
import type { Duplicate } from './construct.ts';
import { isMeantAsIngress } from './kinds.ts';
import type { PlacedMapping } from './mappings.ts';
import { addMistyped, looksLikeIngress } from './objects.ts';
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
  /** How many documents there were before its own. */
  readonly before: number;
}

/**
 * Says which keys are there twice, and refuses the Ingresses and passwords that lose something by it, since it may have
 * been the guard. Objects of other kinds are not ours to judge.
 */
export function judgeDuplicates(reading: Reading, repetitive: Repetitive): void {
  const { duplicates, base, before } = repetitive;
  const isRefused = duplicates.some(({ isLoss }) => isLoss) && refuseLosers(reading, repetitive);
  const added = reading.documents.slice(before);
  if (added.length === 0) return;
  const isSecret = added.some(document => document.kind === 'Secret');
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
function refuseLosers(reading: Reading, { spot, value, before }: Repetitive): boolean {
  const { documents, source } = reading;
  const { start, end } = spot.document;
  const whole = construct(source.text.slice(start, end), true).find(each => each.value !== null);
  const known = new Map(documents.slice(before).map(({ itemPath }, at) => [keyOf(itemPath), before + at]));
  let isAny = false;
  for (const { value: asked, path } of objectsIn(whole?.value ?? null, [])) {
    const at = known.get(keyOf(path));
    const document = at === undefined ? undefined : documents[at];
    if (!losesGuard(document?.kind, valueAt(value, path), asked)) continue;
    isAny = true;
    const isOurs = document?.kind === 'Ingress' || document?.kind === 'Secret';
    if (isOurs && at !== undefined) documents[at] = { ...document, asked };
    else addMistyped(reading, asked, { ...spot, itemPath: path, index: `${spot.index}.lost` });
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
