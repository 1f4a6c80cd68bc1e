import type { FieldPath } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import type { Span } from './cut.ts';
import type { JsonEntry } from './json-scan.ts';
import { childrenOf, tokenAt } from './json-scan.ts';

/** Where an object stands in a JSON text. */
export interface JsonHolder {
  readonly source: SourceText;
  readonly start: number;
  readonly itemPath: FieldPath;
  /** The item of the list at `start` that is or holds the object, if that is known: the others need not be read then. */
  readonly part?: Span | undefined;
}

type Children = ReadonlyMap<string | number, JsonEntry>;
type ReadChildren = (source: SourceText, root: number, at: number) => Children;

/**
 * Walks to values; to the nearest existing parent when a step does not exist. Finding an entry means reading all of its
 * parent: the entries of the lists of one text are kept, and those inside of one object of it.
 */
export function jsonLocator(): (holder: JsonHolder, path: FieldPath) => { readonly value: Span; readonly key?: Span } {
  const inLists = keepForOneRoot();
  const inObject = keepForOneRoot();
  return ({ source, start, itemPath, part }, path) => {
    const root = part?.start ?? start;
    const steps = part === undefined ? itemPath : itemPath.slice(2);
    const object = steps.reduce<number>((at, step) => inLists(source, root, at).get(step)?.value ?? at, root);
    let at = object;
    let key: Span | undefined;
    for (const step of path) {
      const entry = inObject(source, object, at).get(step);
      if (entry === undefined) return { value: key ?? tokenAt(source.text, at) };
      key = entry.key;
      at = entry.value;
    }
    return { value: tokenAt(source.text, at), ...(key === undefined ? {} : { key }) };
  };
}

function keepForOneRoot(): ReadChildren {
  let kept:
    | { readonly source: SourceText; readonly root: number; readonly children: Map<number, Children> }
    | undefined;
  return (source, root, at) => {
    if (kept?.source !== source || kept.root !== root) kept = { source, root, children: new Map() };
    const children = kept.children.get(at) ?? childrenOf(source.text, at);
    kept.children.set(at, children);
    return children;
  };
}
