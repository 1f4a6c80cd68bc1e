import { EVENT_ID } from 'js-yaml/browser';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml/browser';

import type { PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import { Refusal, eventsOf, isMergeKey, offsetOf, scalar } from './events.ts';
import { brokenYaml, excessiveAliases, recursiveAlias } from './rules/syntax.ts';
import { united } from './united.ts';

/** A key that occurs twice in one mapping, by the offset of the later one in the text. */
export interface Duplicate {
  readonly key: string;
  readonly offset: number;
  /** Whether the earlier value was another one. */
  readonly isLoss: boolean;
}

/** One YAML document; `offset` is where its root begins in the text, -1 when there is nothing but a null. */
export interface YamlDocument {
  readonly value: PlainValue;
  readonly offset: number;
  readonly duplicates: readonly Duplicate[];
}

/** How many values the aliases of one document may stand for. */
const MAX_ALIASED = 100_000;

interface Anchored {
  readonly value: PlainValue;
  /** Number of values in it. */
  readonly size: number;
}

type Mapping = Record<string, PlainValue>;

interface State {
  readonly text: string;
  readonly events: readonly Event[];
  next: number;
  size: number;
  aliased: number;
  /** `open` while the anchored value is still being built. */
  anchors: Map<string, Anchored | 'open'>;
  duplicates: Duplicate[];
  readonly unites: boolean;
}

/**
 * The documents of a text, built as kubectl and the API server build them: the last of equal keys wins, a merge key
 * overrides what stands before it, keys become text, tags that nobody knows are ignored. Throws a Refusal.
 * Equal aliases share their value.
 *
 * @param unites whether all values of equal keys are kept, united into one
 */
export function construct(text: string, unites = false): readonly YamlDocument[] {
  const events = eventsOf(text);
  const state: State = { text, events, next: 0, size: 0, aliased: 0, anchors: new Map(), duplicates: [], unites };
  const documents: YamlDocument[] = [];
  while (state.next < events.length) {
    state.next++;
    state.anchors = new Map();
    state.duplicates = [];
    state.aliased = 0;
    const offset = offsetOf(peek(state));
    documents.push({ value: node(state), offset, duplicates: state.duplicates });
    state.next++;
  }
  return documents;
}

function peek(state: State): Event {
  const event = state.events[state.next];
  if (event === undefined) throw new Error('the event stream ends inside a value');
  return event;
}

function node(state: State): PlainValue {
  const event = peek(state);
  state.next++;
  state.size++;
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const value = scalar(state.text, event);
      if (event.anchorStart !== -1) state.anchors.set(anchorName(state, event), { value, size: 1 });
      return value;
    }
    case EVENT_ID.ALIAS:
      return alias(state, event);
    case EVENT_ID.MAPPING:
      return event.anchorStart === -1 ? mapping(state) : anchored(state, event, mapping);
    case EVENT_ID.SEQUENCE:
      return event.anchorStart === -1 ? sequence(state) : anchored(state, event, sequence);
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      throw new Error('the event stream has an end where a value was expected');
  }
}

function anchored(state: State, event: MappingEvent | SequenceEvent, build: (state: State) => PlainValue): PlainValue {
  const name = anchorName(state, event);
  const before = state.size - 1;
  state.anchors.set(name, 'open');
  const value = build(state);
  state.anchors.set(name, { value, size: state.size - before });
  return value;
}

function alias(state: State, event: AliasEvent): PlainValue {
  const name = anchorName(state, event);
  const anchor = state.anchors.get(name);
  if (anchor === undefined) throw new Refusal(brokenYaml, `the alias "*${name}" has no anchor`, offsetOf(event));
  if (anchor === 'open') {
    throw new Refusal(recursiveAlias, `the alias "*${name}" is inside its own value`, offsetOf(event));
  }
  state.size += anchor.size - 1;
  charge(state, anchor.size, event);
  return anchor.value;
}

function charge(state: State, count: number, event: Event): void {
  state.aliased += count;
  if (state.aliased <= MAX_ALIASED) return;
  throw new Refusal(excessiveAliases, 'aliases stand for more than 100,000 values', offsetOf(event));
}

function anchorName(state: State, event: AliasEvent | MappingEvent | SequenceEvent | ScalarEvent): string {
  return state.text.slice(event.anchorStart, event.anchorEnd);
}

function sequence(state: State): PlainValue {
  const items: PlainValue[] = [];
  while (peek(state).type !== EVENT_ID.POP) items.push(node(state));
  state.next++;
  return items;
}

function mapping(state: State): PlainValue {
  const result: Mapping = {};
  let merged: Set<string> | undefined;
  let repeated: Map<string, PlainValue[]> | undefined;
  for (let event = peek(state); event.type !== EVENT_ID.POP; event = peek(state)) {
    if (isMergeKey(state.text, event)) {
      state.next++;
      merged ??= new Set();
      merge(state, result, merged);
      continue;
    }
    const key = readKey(state, event);
    const before = result[key];
    const isTwice = before !== undefined && Object.hasOwn(result, key) && merged?.delete(key) !== true;
    const value = node(state);
    put(result, key, value);
    if (!isTwice) continue;
    state.duplicates.push({
      key,
      offset: offsetOf(event),
      isLoss: JSON.stringify(before) !== JSON.stringify(value),
    });
    if (!state.unites) continue;
    repeated ??= new Map();
    const values = repeated.get(key);
    if (values === undefined) repeated.set(key, [before, value]);
    else values.push(value);
  }
  state.next++;
  for (const [key, values] of repeated ?? []) put(result, key, united(values));
  return result;
}

function readKey(state: State, event: Event): string {
  const value = node(state);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const kind = value === null ? 'null' : isList(value) ? 'a list' : 'a mapping';
  throw new Refusal(brokenYaml, `a key is ${kind}; only text, numbers and booleans can be keys`, offsetOf(event));
}

/** Copies `<<`. In go-yaml 2 it overrides what stands before it; of several sources the first wins. */
function merge(state: State, target: Mapping, merged: Set<string>): void {
  const event = peek(state);
  const value = node(state);
  const sources: readonly PlainValue[] = isList(value) ? value.toReversed() : [value];
  for (const source of sources) {
    if (!isRecord(source)) {
      throw new Refusal(
        brokenYaml,
        'the value of the merge key "<<" must be a mapping or a list of mappings',
        offsetOf(event),
      );
    }
    const entries = Object.entries(source);
    charge(state, entries.length, event);
    for (const [key, copied] of entries) {
      put(target, key, copied);
      merged.add(key);
    }
  }
}

function put(target: Mapping, key: string, value: PlainValue): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
