import { EVENT_ID, COLLECTION_STYLE, SCALAR_STYLE } from 'js-yaml/browser';
import type { AliasEvent, Event, ScalarEvent } from 'js-yaml/browser';

import type { FieldPath } from '../diagnostics/place.ts';
import type { Span } from './cut.ts';
import { Refusal, isMergeKey, keyText } from './events.ts';
import { brokenYaml } from './rules.ts';

interface Tree {
  readonly text: string;
  readonly events: readonly Event[];
}

/** A child by the indexes of its events. */
interface Child {
  readonly key?: number;
  readonly value: number;
}

/**
 * Walks the events of one document to a value, through aliases and merge keys. Where a step does not exist, the nearest
 * existing parent is given. A block mapping or list is shown by its key: it has no token of its own.
 */
export function locateYaml(
  text: string,
  events: readonly Event[],
  path: FieldPath,
): { readonly value: Span; readonly key?: Span } {
  const tree = { text, events };
  let at = 1;
  let key: Span | undefined;
  let value = spanOf(tree, at) ?? { start: 0, end: 0 };
  for (const step of path) {
    const child = childOf(tree, followed(tree, at), step);
    if (child === undefined) return { value: key ?? value };
    at = child.value;
    const above: Span = key ?? value;
    key = child.key === undefined ? undefined : spanOf(tree, child.key);
    value = spanOf(tree, at) ?? key ?? above;
    if (key !== undefined && isBlock(events[at])) value = key;
  }
  return { value, ...(key === undefined ? {} : { key }) };
}

function isBlock(event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE) return false;
  return event.style === COLLECTION_STYLE.BLOCK;
}

/**
 * The event of the value that an alias stands for; the same event when it is none. Throws a Refusal when there is no
 * anchor, as in an item of a list that is looked at by itself.
 */
function followed(tree: Tree, at: number): number {
  const event = tree.events[at];
  if (event?.type !== EVENT_ID.ALIAS) return at;
  const name = anchorName(tree, event);
  for (let before = at - 1; before > 0; before--) {
    const anchored = tree.events[before];
    if (anchored === undefined || anchored.type === EVENT_ID.POP || anchored.type === EVENT_ID.ALIAS) continue;
    if (anchored.type === EVENT_ID.DOCUMENT) break;
    if (anchorName(tree, anchored) === name) return before;
  }
  throw new Refusal(brokenYaml, `the alias "*${name}" has no anchor`, event.anchorStart);
}

function anchorName(tree: Tree, event: { readonly anchorStart: number; readonly anchorEnd: number }): string {
  return event.anchorStart === -1 ? '' : tree.text.slice(event.anchorStart, event.anchorEnd);
}

function childOf(tree: Tree, parent: number, step: string | number): Child | undefined {
  const event = tree.events[parent];
  if (event?.type === EVENT_ID.SEQUENCE) return itemOf(tree, parent, step);
  return event?.type === EVENT_ID.MAPPING ? entryOf(tree, parent, step) : undefined;
}

function itemOf(tree: Tree, parent: number, step: string | number): Child | undefined {
  let at = parent + 1;
  for (let index = 0; !isEnd(tree, at); index++) {
    if (index === step) return { value: at };
    at = behind(tree, at);
  }
  return undefined;
}

/** The entry that counts: the last one, be it written here or merged in. */
function entryOf(tree: Tree, parent: number, step: string | number): Child | undefined {
  let found: Child | undefined;
  for (let key = parent + 1; !isEnd(tree, key);) {
    const value = behind(tree, key);
    const event = tree.events[key];
    if (event !== undefined && isMergeKey(tree.text, event)) found = mergedEntry(tree, value, step) ?? found;
    else if (event?.type === EVENT_ID.SCALAR && keyText(tree.text, event) === String(step)) found = { key, value };
    key = behind(tree, value);
  }
  return found;
}

function mergedEntry(tree: Tree, at: number, step: string | number): Child | undefined {
  const source = followed(tree, at);
  if (tree.events[source]?.type !== EVENT_ID.SEQUENCE) return childOf(tree, source, step);
  for (let item = source + 1; !isEnd(tree, item); item = behind(tree, item)) {
    const found = childOf(tree, followed(tree, item), step);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEnd(tree: Tree, at: number): boolean {
  const event = tree.events[at];
  return event === undefined || event.type === EVENT_ID.POP;
}

/** The index behind the value that begins at `at`. */
function behind(tree: Tree, at: number): number {
  let depth = 0;
  for (let next = at; next < tree.events.length; next++) {
    const type = tree.events[next]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
    if (depth === 0) return next + 1;
  }
  return tree.events.length;
}

/** Where a value, or the first token of a collection, stands; undefined for a value that is not written. */
function spanOf(tree: Tree, at: number): Span | undefined {
  const event = tree.events[at];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return scalarSpan(tree.text, event);
    case EVENT_ID.ALIAS:
      return aliasSpan(event);
    case EVENT_ID.MAPPING: {
      const key = event.style === COLLECTION_STYLE.BLOCK && !isEnd(tree, at + 1) ? spanOf(tree, at + 1) : undefined;
      return key ?? { start: event.start, end: event.start + 1 };
    }
    case EVENT_ID.SEQUENCE:
      return { start: event.start, end: event.start + 1 };
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
    case undefined:
      return undefined;
  }
}

function aliasSpan(event: AliasEvent): Span {
  return { start: event.anchorStart - 1, end: event.anchorEnd };
}

function scalarSpan(text: string, event: ScalarEvent): Span | undefined {
  if (event.valueStart === -1) return undefined;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return { start: event.valueStart, end: event.valueEnd };
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: event.valueStart - 1, end: event.valueEnd + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const raw = text.slice(event.valueStart, event.valueEnd);
      const indent = raw.length - raw.trimStart().length;
      return { start: event.valueStart + indent, end: event.valueStart + Math.max(indent, raw.trimEnd().length) };
    }
  }
}
