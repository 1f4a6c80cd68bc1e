import { isRecord, parseJson } from '../../json/value.ts';
import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { statusOf } from './answer.ts';
import type { ApiType, Served } from './api-types.ts';
import type { KubeObject } from './object.ts';
import { itemsOf, readObject } from './object.ts';

/** One line of a watch. */
export type WatchEvent =
  | { readonly kind: 'change'; readonly change: Change; readonly problems: readonly string[] }
  /** Nothing happened; the server lives. */
  | { readonly kind: 'bookmark' }
  /** Nothing that we know: it is left out. */
  | { readonly kind: 'unknown'; readonly problem: string }
  /** The stream is over. */
  | { readonly kind: 'expired' }
  | Failure;

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly objects: readonly KubeObject[];
}

/** Reads a line of a watch. Lines are never quoted: they hold Secrets. */
export function readEvent(line: string, form: Served, type: ApiType): WatchEvent {
  const event = parseJson(line);
  if (!isRecord(event)) return failure('the watch sent something that is not an event');
  const { type: word, object } = event;
  if (word === 'BOOKMARK') return { kind: 'bookmark' };
  if (word === 'ERROR') {
    const status = statusOf(object);
    if (status?.code === 410) return { kind: 'expired' };
    return failure(`the watch ended: ${status?.message ?? 'the API server gave no reason'}`);
  }
  if (word !== 'ADDED' && word !== 'MODIFIED' && word !== 'DELETED') {
    return { kind: 'unknown', problem: 'the watch sent an event of an unknown type' };
  }
  const read = itemsOf(object).map(item => readObject(item, form, type));
  const objects = read.filter(item => typeof item !== 'string');
  const problems = read.filter(item => typeof item === 'string');
  return { kind: 'change', change: { type: word, objects }, problems };
}
