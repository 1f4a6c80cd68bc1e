import type { Fix, FixEdit } from '../diagnostics/fix.ts';
import { onlyNear } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { hasAnnotation } from './annotation-ref.ts';
import { isNearPrefix } from './prefix.ts';

/** An annotation or a label that the controller does not read. */
export interface Misnamed {
  readonly field: 'annotations' | 'labels';
  readonly key: string;
  /** The name of the annotation that was meant, without prefix; undefined where that is not clear. */
  readonly meant: string | undefined;
}

/** What a name stands for beyond doubt: itself, or the only one that it is near to. */
export function clearName(name: string, known: readonly string[]): string | undefined {
  return known.includes(name) ? name : onlyNear(name, known);
}

/** Prefixes that can only stand for the one of the controller: it is misspelt, or the one before 0.9, or missing. */
export function isPrefixInstead(prefix: string, ingress: Ingress): boolean {
  return prefix === '' || prefix === 'ingress.kubernetes.io' || isNearPrefix(prefix, ingress);
}

/** Gives all of them the keys that were meant; undefined where one of them is not clear, or is there already. */
export function namesFix(ingress: Ingress, misnamed: readonly Misnamed[]): Fix | undefined {
  const names = misnamed.map(({ meant }) => meant).filter(name => name !== undefined);
  if (names.length < misnamed.length || new Set(names).size < names.length) return undefined;
  if (names.length === 0 || names.some(name => hasAnnotation(ingress, name))) return undefined;
  // A label needs annotations to be moved to.
  const hasLabel = misnamed.some(({ field }) => field === 'labels');
  if (hasLabel && Object.keys(ingress.annotations).length === 0) return undefined;
  const keys = names.map(name => ingress.annotationsPrefix + name);
  const edits = misnamed.map(({ field, key }, index): FixEdit => {
    const at = refOf(ingress, 'metadata', field, key);
    const to = keys[index] ?? key;
    return field === 'annotations'
      ? { kind: 'rename', at, key: to }
      : { kind: 'move', at, to: ['metadata', 'annotations'], key: to };
  });
  return { title: `write ${listed(keys)}`, effect: 'meant', edits };
}
