import { EVENT_ID } from 'js-yaml/browser';
import type { Event } from 'js-yaml/browser';

import { Refusal, isMergeKey, keyText } from './events.ts';
import { brokenYaml } from './rules/syntax.ts';

/**
 * The events of a text with ways from a value to its parts. What was looked up is kept: a document with thousands of
 * findings has each of its collections read once.
 */
export interface YamlTree {
  readonly text: string;
  readonly events: readonly Event[];
  /** Of each event that begins a value: the index behind it. */
  readonly ends: readonly number[];
  /** Where each anchor stands, in order. */
  readonly anchors: ReadonlyMap<string, readonly number[]>;
  readonly children: Map<number, ReadonlyMap<string | number, Child>>;
}

/** A part of a collection by the indexes of its events. */
export interface Child {
  readonly key?: number;
  readonly value: number;
}

export function yamlTree(text: string, events: readonly Event[]): YamlTree {
  const ends: number[] = [];
  const open: number[] = [];
  const anchors = new Map<string, number[]>();
  for (const [at, event] of events.entries()) {
    ends.push(at + 1);
    if (event.type === EVENT_ID.POP) {
      const begin = open.pop();
      if (begin !== undefined) ends[begin] = at + 1;
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push(at);
    }
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.ALIAS || event.anchorStart === -1) continue;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const places = anchors.get(name);
    if (places === undefined) anchors.set(name, [at]);
    else places.push(at);
  }
  return { text, events, ends, anchors, children: new Map() };
}

/**
 * The event of the value that an alias stands for; the same event when it is none. Throws a Refusal when there is no
 * anchor, as in an item of a list that is looked at by itself.
 */
export function followed(tree: YamlTree, at: number): number {
  const event = tree.events[at];
  if (event?.type !== EVENT_ID.ALIAS) return at;
  const name = tree.text.slice(event.anchorStart, event.anchorEnd);
  const found = tree.anchors.get(name)?.findLast(anchor => anchor < at);
  if (found === undefined) throw new Refusal(brokenYaml, `the alias "*${name}" has no anchor`, event.anchorStart);
  return found;
}

/** The part of a collection that a step leads to: of equal keys the last one, be it written there or merged in. */
export function childOf(tree: YamlTree, parent: number, step: string | number): Child | undefined {
  const children = childrenOf(tree, parent);
  return children.get(tree.events[parent]?.type === EVENT_ID.MAPPING ? String(step) : step);
}

function childrenOf(tree: YamlTree, parent: number): ReadonlyMap<string | number, Child> {
  const known = tree.children.get(parent);
  if (known !== undefined) return known;
  const children = new Map<string | number, Child>();
  const type = tree.events[parent]?.type;
  if (type === EVENT_ID.SEQUENCE)
    for (const [index, value] of itemsOf(tree, parent).entries()) children.set(index, { value });
  if (type === EVENT_ID.MAPPING) addEntries(tree, parent, children);
  tree.children.set(parent, children);
  return children;
}

function itemsOf(tree: YamlTree, parent: number): readonly number[] {
  const items: number[] = [];
  for (let at = parent + 1; !isEnd(tree, at); at = behind(tree, at)) items.push(at);
  return items;
}

function addEntries(tree: YamlTree, parent: number, children: Map<string | number, Child>): void {
  for (let key = parent + 1; !isEnd(tree, key);) {
    const value = behind(tree, key);
    const event = tree.events[key];
    if (event !== undefined && isMergeKey(tree.text, event)) {
      for (const [name, child] of mergedEntries(tree, value)) children.set(name, child);
    } else if (event?.type === EVENT_ID.SCALAR) children.set(keyText(tree.text, event), { key, value });
    key = behind(tree, value);
  }
}

/** The first of several sources wins. */
function mergedEntries(tree: YamlTree, at: number): ReadonlyMap<string | number, Child> {
  const source = followed(tree, at);
  if (tree.events[source]?.type !== EVENT_ID.SEQUENCE) return childrenOf(tree, source);
  const merged = new Map<string | number, Child>();
  for (const item of itemsOf(tree, source).toReversed()) {
    for (const [name, child] of childrenOf(tree, followed(tree, item))) merged.set(name, child);
  }
  return merged;
}

/** Whether no further part of a collection stands there. */
export function isEnd(tree: YamlTree, at: number): boolean {
  const event = tree.events[at];
  return event === undefined || event.type === EVENT_ID.POP;
}

function behind(tree: YamlTree, at: number): number {
  return tree.ends[at] ?? tree.events.length;
}
