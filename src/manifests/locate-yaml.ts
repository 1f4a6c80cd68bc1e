import { EVENT_ID, COLLECTION_STYLE, SCALAR_STYLE } from 'js-yaml/browser';
import type { AliasEvent, Event, ScalarEvent } from 'js-yaml/browser';

import type { FieldPath } from '../diagnostics/place.ts';
import type { Span } from './cut.ts';
import { childOf, followed, isEnd } from './yaml-tree.ts';
import type { YamlTree } from './yaml-tree.ts';

export interface FoundInYaml {
  readonly value: Span;
  readonly key?: Span;
  /** Those of a literal block (`|`), without what stands before and behind their text; undefined for an empty one. */
  readonly lines?: readonly (Span | undefined)[];
}

/**
 * Walks the events of one document to a value, through aliases and merge keys. Where a step does not exist, the nearest
 * existing parent is given. A block mapping or list is shown by its key: it has no token of its own.
 */
export function locateYaml(tree: YamlTree, path: FieldPath): FoundInYaml {
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
    if (key !== undefined && isBlock(tree.events[at])) value = key;
  }
  const lines = linesOf(tree, followed(tree, at));
  return { value, ...(key === undefined ? {} : { key }), ...(lines === undefined ? {} : { lines }) };
}

function linesOf({ text, events }: YamlTree, at: number): FoundInYaml['lines'] {
  const event = events[at];
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.LITERAL_BLOCK) return undefined;
  let start = event.valueStart;
  return text
    .slice(start, event.valueEnd)
    .split('\n')
    .map(line => {
      const from = start;
      start += line.length + 1;
      if (line.trim() === '') return undefined;
      return { start: from + line.length - line.trimStart().length, end: from + line.trimEnd().length };
    });
}

function isBlock(event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE) return false;
  return event.style === COLLECTION_STYLE.BLOCK;
}

/** Where a value, or the first token of a collection, stands; undefined for a value that is not written. */
function spanOf(tree: YamlTree, at: number): Span | undefined {
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
