import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE } from 'js-yaml/browser';
import type { ScalarEvent } from 'js-yaml/browser';

import type { FieldPath } from '../diagnostics/place.ts';
import { eventsOf, isMergeKey, keyText } from '../manifests/events.ts';
import { childOf, isEnd, yamlTree } from '../manifests/yaml-tree.ts';
import type { YamlTree } from '../manifests/yaml-tree.ts';
import { Unfixable } from './unfixable.ts';

/** The text of one YAML or JSON document, and what stands where in it. Values are named by the index of their event. */
export interface Sheet {
  readonly text: string;
  readonly tree: YamlTree;
  /** How its lines end. */
  readonly lineEnd: string;
  /** The anchors that an alias names: what bears one counts elsewhere, too. */
  readonly shared: ReadonlySet<string>;
}

/** A field of a mapping. */
export interface Entry {
  readonly key: number;
  readonly value: number;
}

/** A mapping on the way to a value. */
export interface MappingAt {
  readonly at: number;
  /** The key that it stands behind; undefined for the root, and for items of lists. */
  readonly under: number | undefined;
}

/** Throws a Refusal when it is not YAML. */
export function sheetOf(text: string): Sheet {
  const events = eventsOf(text);
  const shared = new Set<string>();
  for (const event of events) {
    if (event.type === EVENT_ID.ALIAS) shared.add(text.slice(event.anchorStart, event.anchorEnd));
  }
  return { text, tree: yamlTree(text, events), lineEnd: /\r\n?|\n/.exec(text)?.[0] ?? '\n', shared };
}

/** The fields of a mapping in the order in which they are written, merge keys among them. */
export function entriesOf({ tree }: Sheet, mapping: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let key = mapping + 1; !isEnd(tree, key);) {
    const value = tree.ends[key] ?? tree.events.length;
    entries.push({ key, value });
    key = tree.ends[value] ?? tree.events.length;
  }
  return entries;
}

/** The name of a key; undefined for one that is no text. */
export function nameOf({ text, tree }: Sheet, key: number): string | undefined {
  const event = tree.events[key];
  return event?.type === EVENT_ID.SCALAR ? keyText(text, event) : undefined;
}

/** The index of a field among those of a mapping. */
export function indexOf(sheet: Sheet, entries: readonly Entry[], name: string): number {
  const index = entries.findIndex(({ key }) => nameOf(sheet, key) === name);
  if (index === -1) {
    const { text, tree } = sheet;
    const isMerged = entries.some(({ key }) => {
      const event = tree.events[key];
      return event !== undefined && isMergeKey(text, event);
    });
    throw new Unfixable(
      isMerged ? `"${name}" comes from another place through "<<"` : `"${name}" is not written there`,
    );
  }
  if (entries.findLastIndex(({ key }) => nameOf(sheet, key) === name) !== index)
    throw new Unfixable(`"${name}" is there twice`);
  return index;
}

/** Whether somebody else uses a value by its anchor. */
export function isShared({ text, tree, shared }: Sheet, at: number): boolean {
  const event = tree.events[at];
  if (event === undefined || !('anchorStart' in event) || event.anchorStart === -1) return false;
  return event.type !== EVENT_ID.ALIAS && shared.has(text.slice(event.anchorStart, event.anchorEnd));
}

/** What is written in one place must not change what counts in another one. */
export function requireOwn(sheet: Sheet, at: number): void {
  if (sheet.tree.events[at]?.type === EVENT_ID.ALIAS)
    throw new Unfixable('the value comes from another place through an alias');
  if (isShared(sheet, at)) throw new Unfixable('the value has an anchor, and an alias uses it elsewhere');
}

/** Walks to a value that belongs to nobody else. */
function walk(sheet: Sheet, path: FieldPath): MappingAt {
  let found: MappingAt = { at: 1, under: undefined };
  requireOwn(sheet, found.at);
  for (const step of path) {
    found = stepInto(sheet, found.at, step);
    requireOwn(sheet, found.at);
  }
  return found;
}

function stepInto(sheet: Sheet, at: number, step: string | number): MappingAt {
  const type = sheet.tree.events[at]?.type;
  if (type === EVENT_ID.MAPPING) {
    const entries = entriesOf(sheet, at);
    const entry = entries[indexOf(sheet, entries, String(step))];
    if (entry !== undefined) return { at: entry.value, under: entry.key };
  }
  const item = type === EVENT_ID.SEQUENCE ? childOf(sheet.tree, at, step)?.value : undefined;
  if (item === undefined) throw new Unfixable(`"${step}" is not written there`);
  return { at: item, under: undefined };
}

/** A mapping, and a field of it. */
export interface FieldAt {
  readonly mapping: MappingAt;
  readonly entries: readonly Entry[];
  readonly index: number;
  readonly entry: Entry;
}

/** The mapping at the end of a path. */
export function mappingAt(sheet: Sheet, path: FieldPath): MappingAt {
  const mapping = walk(sheet, path);
  if (sheet.tree.events[mapping.at]?.type !== EVENT_ID.MAPPING) throw new Unfixable(`"${path.at(-1)}" is no mapping`);
  return mapping;
}

/** The field at the end of a path; its value may belong to somebody else. */
export function fieldAt(sheet: Sheet, path: FieldPath): FieldAt {
  const mapping = mappingAt(sheet, path.slice(0, -1));
  const entries = entriesOf(sheet, mapping.at);
  const index = indexOf(sheet, entries, String(path.at(-1)));
  const entry = entries[index];
  if (entry === undefined) throw new Unfixable(`"${path.at(-1)}" is not written there`);
  return { mapping, entries, index, entry };
}

export function isBlockMapping({ tree }: Sheet, at: number): boolean {
  const event = tree.events[at];
  return event?.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK;
}

/** A value that is written in one piece: no collection, no alias, and no block with lines of its own. */
export function scalarAt({ tree }: Sheet, at: number): ScalarEvent {
  const event = tree.events[at];
  if (event?.type !== EVENT_ID.SCALAR) throw new Unfixable('the value is a collection or an alias');
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK)
    throw new Unfixable('the value is a text of several lines');
  if (event.tagStart !== -1) throw new Unfixable('the value has a tag');
  return event;
}
