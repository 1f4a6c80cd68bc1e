import type { Span } from './cut.ts';

/** A block list of objects in a document `kind: List`, cut without parsing it. */
export interface ListCut {
  /** What stands before and behind the items: a document with `items:` empty. */
  readonly frame: string;
  /** Each begins at the line end before its `- `, so that its indentation is seen when it is parsed by itself. */
  readonly items: readonly Span[];
}

/**
 * Cuts the top-level `items:` of a document as `kubectl get -o yaml` prints it (`- ` at the beginning of a line).
 * YAML lets no value inside an item have such a line. Undefined for any other form, which must be parsed as a whole.
 */
export function cutItems(text: string, document: Span): ListCut | undefined {
  const key = text.indexOf('\nitems:\n- ', document.start);
  if (key === -1 || key >= document.end) return undefined;
  const items: Span[] = [];
  let start = key + '\nitems:'.length;
  for (let at = text.indexOf('\n', start + 1); at !== -1 && at < document.end; at = text.indexOf('\n', at + 1)) {
    const first = text.charCodeAt(at + 1);
    if (first === 32 || first === 10) continue;
    if (first !== 45) {
      if (Number.isNaN(first) || at + 1 >= document.end) break;
      if (first === 35 || first === 9) return undefined;
      return framed(text, document, key, [...items, { start, end: at }]);
    }
    if (text[at + 2] !== ' ') return undefined;
    items.push({ start, end: at });
    start = at;
  }
  return framed(text, document, key, [...items, { start, end: document.end }]);
}

function framed(text: string, document: Span, key: number, items: readonly Span[]): ListCut | undefined {
  const end = items.at(-1)?.end ?? document.end;
  const tail = text.slice(end, document.end);
  if (/\n["']?(?:items|<<)|\n\? /.test(tail)) return undefined;
  return { frame: `${text.slice(document.start, key)}\nitems: []${tail}`, items };
}
