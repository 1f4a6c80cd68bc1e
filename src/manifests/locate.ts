import type { Event } from 'js-yaml/browser';

import type { FieldPath, FieldRef, Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import { cutItems } from './cut-list.ts';
import type { ListCut } from './cut-list.ts';
import type { Span } from './cut.ts';
import type { Document } from './document.ts';
import { objectNameOf } from './object-name.ts';
import { Refusal, eventsOf } from './events.ts';
import { childrenOf, locateJson } from './json-scan.ts';
import { places } from './lines.ts';
import type { Places } from './lines.ts';
import { locateYaml } from './locate-yaml.ts';

/** Documents up to this length are parsed as a whole to find a place; the items of longer lists by themselves. */
const WHOLE_LENGTH = 64 * 1024;

interface Found {
  readonly value: Span;
  readonly key?: Span;
}

/** Where one object stands; `itemPath` leads to it from the root of its YAML or JSON document. */
export type Holder = Pick<Document, 'source' | 'start' | 'end' | 'itemPath' | 'kind'>;

/** Finds the place of a field of an object. */
export type Locate = (holder: Holder, path: FieldPath, part?: 'key') => Origin;

/**
 * Looks up places in documents. Nothing is kept of the parse: the YAML document of a field is read again, which takes
 * some 30 us; only the last one is kept. A field that does not exist gives its nearest existing parent.
 */
export function locator(documents: readonly Document[]): (ref: FieldRef) => Origin | undefined {
  // Many inputs are compiled without anything to say of them.
  let byId: ReadonlyMap<string, Document> | undefined;
  const locate = locateIn(places());
  return ref => {
    byId ??= new Map(documents.map(document => [document.id, document]));
    const document = byId.get(ref.document);
    if (document === undefined) return undefined;
    const object = objectNameOf(document);
    return { ...locate(document, ref.path, ref.part), ...(object === undefined ? {} : { object }) };
  };
}

/** The same for objects that did not become documents. Keeps the cut of the list that it looked at last. */
export function locateIn(toOrigin: Places): Locate {
  const caches = { cuts: lastOnly<ListCut | undefined>(), events: lastOnly<readonly Event[]>() };
  const starts = new Map<string, readonly number[]>();
  return (holder, path, part) => {
    const found = isJson(holder) ? inJson(holder, path, starts) : undefined;
    const { value, key } = found ?? inYaml(holder, path, caches);
    const span = part === 'key' ? (key ?? value) : value;
    return toOrigin(holder.source, { ...span, isSecret: holder.kind === 'Secret' && !isPublic(path) });
  };
}

/** Fields of a Secret whose lines may be shown. Annotations may hold the object as it was last applied. */
function isPublic(path: FieldPath): boolean {
  const [first, second] = path;
  if (first === 'metadata') return second === 'name' || second === 'namespace' || second === 'labels';
  return first === undefined || first === 'type' || first === 'kind' || first === 'apiVersion' || first === 'immutable';
}

function isJson({ source, start }: Holder): boolean {
  const first = source.text[start];
  return first === '{' || first === '[';
}

/** Undefined when it is a flow mapping of YAML that only looks like JSON. */
function inJson(holder: Holder, path: FieldPath, starts: Map<string, readonly number[]>): Found | undefined {
  try {
    const { text } = holder.source;
    let at = holder.start;
    for (const [depth, step] of holder.itemPath.entries()) {
      if (typeof step === 'string') {
        const member = childStart(holder, depth, starts, () => {
          const entry = childrenOf(text, at).findLast(({ name }) => name === step);
          return entry === undefined ? [] : [entry.value];
        })[0];
        at = member ?? at;
        continue;
      }
      at = childStart(holder, depth, starts, () => childrenOf(text, at).map(entry => entry.value))[step] ?? at;
    }
    return locateJson(text, at, path);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Keeps what stands at each level of a list: finding it means reading the whole list. */
function childStart(
  holder: Holder,
  depth: number,
  starts: Map<string, readonly number[]>,
  find: () => readonly number[],
): readonly number[] {
  const steps = typeof holder.itemPath[depth] === 'string' ? depth + 1 : depth;
  const id = JSON.stringify([holder.source.name, holder.start, ...holder.itemPath.slice(0, steps), depth]);
  const known = starts.get(id) ?? find();
  starts.set(id, known);
  return known;
}

/** A document often has several findings. */
interface Caches {
  readonly cuts: Cache<ListCut | undefined>;
  readonly events: Cache<readonly Event[]>;
}

function inYaml(holder: Holder, path: FieldPath, caches: Caches): Found {
  const { source, start, end, itemPath } = holder;
  const [field, index, ...rest] = itemPath;
  if (end - start > WHOLE_LENGTH && field === 'items' && typeof index === 'number') {
    const cut = caches.cuts(source, { start, end }, () => cutItems(source.text, { start, end }));
    const item = cut?.items[index];
    const found = item === undefined ? undefined : within(source, item, [0, ...rest, ...path], caches);
    if (found !== undefined) return found;
  }
  return within(source, { start, end }, [...itemPath, ...path], caches) ?? { value: { start, end: start } };
}

/** Undefined when the part cannot be parsed by itself, as with an alias to another item. */
function within(source: SourceText, part: Span, path: FieldPath, caches: Caches): Found | undefined {
  try {
    const slice = source.text.slice(part.start, part.end);
    const events = caches.events(source, part, () => eventsOf(slice));
    const { value, key } = locateYaml(slice, events, path);
    return { value: moved(value, part.start), ...(key === undefined ? {} : { key: moved(key, part.start) }) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function moved(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

type Cache<Value> = (source: SourceText, part: Span, make: () => Value) => Value;

function lastOnly<Value>(): Cache<Value> {
  let last: { readonly source: SourceText; readonly part: Span; readonly value: Value } | undefined;
  return (source, part, make) => {
    const isSame = last?.source === source && last.part.start === part.start && last.part.end === part.end;
    if (last === undefined || !isSame) last = { source, part, value: make() };
    return last.value;
  };
}
