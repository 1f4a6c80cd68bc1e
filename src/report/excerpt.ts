import type { Origin } from '../diagnostics/place.ts';
import { columnsOf, visible } from './plain-text.ts';

/** A line of a source, cut to fit, and the part of it that is meant. */
export interface Excerpt {
  readonly line: string;
  /** Spaces, then carets, as wide as what they stand below. */
  readonly carets: string;
}

/** Undefined when the place has no text to show. */
export function excerptOf(at: Origin, columns: number): Excerpt | undefined {
  if (at.excerpt === undefined) return undefined;
  const text = at.excerpt;
  const start = Math.min(at.column - 1, text.length);
  const isOneLine = at.endLine === undefined || at.endLine === at.line;
  const written = isOneLine ? (at.endColumn ?? at.column + 1) - 1 : text.length;
  const end = Math.max(start, Math.min(written, text.length));
  const from = text.length <= columns || start < columns / 2 ? 0 : start - Math.floor(columns / 3);
  const to = Math.min(text.length, from + columns);
  const before = shown(text.slice(from, start));
  const meant = shown(text.slice(start, Math.min(end, to)));
  const after = shown(text.slice(Math.min(end, to), to));
  const opening = from > 0 ? '…' : '';
  const closing = to < text.length ? '…' : '';
  return {
    line: `${opening}${before}${meant}${after}${closing}`,
    carets: ' '.repeat(columnsOf(opening + before)) + '^'.repeat(Math.max(1, columnsOf(meant))),
  };
}

/** Tabs would stand where the terminal likes. */
function shown(text: string): string {
  return visible(text.replaceAll('\t', ' '));
}
