import type { FieldPath, FieldRef, Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import type { Span } from './cut.ts';
import type { Document } from './document.ts';
import { objectNameOf } from './object-name.ts';
import { Refusal, eventsOf } from './events.ts';
import { places } from './lines.ts';
import type { Places } from './lines.ts';
import { jsonLocator } from './locate-json.ts';
import { locateYaml } from './locate-yaml.ts';
import type { FoundInYaml } from './locate-yaml.ts';
import { quickLocator } from './quick-locate.ts';
import { yamlTree } from './yaml-tree.ts';
import type { YamlTree } from './yaml-tree.ts';

interface Found {
  readonly value: Span;
  readonly key?: Span;
  /** The lines of a text, where each of them has a line of its own; undefined for an empty one. */
  readonly lines?: readonly (Span | undefined)[];
}

/** Where one object stands; `itemPath` leads to it from the root of its YAML or JSON document. */
export type Holder = Pick<Document, 'source' | 'start' | 'end' | 'itemPath' | 'part' | 'kind'>;

/** Finds the place of a field of an object. */
export type Locate = (holder: Holder, path: FieldPath, part?: 'key', line?: number) => Origin;

/**
 * Looks up places in documents. Nothing is kept of the parse: the YAML document of a field is read again, which takes
 * some 10 us, or 100 where js-yaml must; only the last one is kept, so whoever looks up many places asks for those of one document one after the
 * other. A field that does not exist gives its nearest existing parent.
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
    const { helmSource: template } = document;
    return {
      ...locate(document, ref.path, ref.part, ref.line),
      ...(object === undefined ? {} : { object }),
      ...(template === undefined ? {} : { template }),
    };
  };
}

/** The same for objects that did not become documents. */
export function locateIn(toOrigin: Places): Locate {
  const readers = lastOnly<YamlReader>();
  const locateJson = jsonLocator();
  return (holder, path, part, line) => {
    const found = isJson(holder) ? inJson(holder, path, locateJson) : undefined;
    const { value, key, lines } = found ?? inYaml(holder, path, readers);
    const span = part === 'key' ? (key ?? value) : (lines?.[(line ?? 0) - 1] ?? value);
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
function inJson(holder: Holder, path: FieldPath, locate: ReturnType<typeof jsonLocator>): Found | undefined {
  try {
    return locate(holder, path);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function inYaml({ source, start, end, itemPath, part }: Holder, path: FieldPath, readers: Cache<YamlReader>): Found {
  const inPart = part === undefined ? undefined : within(source, part, [0, ...itemPath.slice(2), ...path], readers);
  return inPart ?? within(source, { start, end }, [...itemPath, ...path], readers) ?? { value: { start, end: start } };
}

/** Undefined when the part cannot be parsed by itself, as with an alias to another item. */
function within(source: SourceText, part: Span, path: FieldPath, readers: Cache<YamlReader>): Found | undefined {
  try {
    const reader = readers(source, part, () => readerOf(source.text.slice(part.start, part.end)));
    const { value, key, lines } = reader(path);
    return {
      value: moved(value, part.start),
      ...(key === undefined ? {} : { key: moved(key, part.start) }),
      ...(lines === undefined ? {} : { lines: lines.map(line => line && moved(line, part.start)) }),
    };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Answers where a value of one YAML document stands; throws a Refusal where it cannot be read. */
type YamlReader = (path: FieldPath) => FoundInYaml;

/** The quick way reads from the beginning each time: for so many places, a tree of the document is quicker. */
const MOST_QUICK = 16;

function readerOf(slice: string): YamlReader {
  const quick = quickLocator(slice);
  let tree: YamlTree | undefined;
  let asked = 0;
  return path => {
    asked += 1;
    const found = asked > MOST_QUICK ? undefined : quick?.(path);
    return found ?? locateYaml((tree ??= yamlTree(slice, eventsOf(slice))), path);
  };
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
