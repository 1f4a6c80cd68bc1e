import type { Origin } from '../diagnostics/place.ts';
import { visibleParts } from '../diagnostics/visible.ts';
import { columnsOf } from './plain-text.ts';

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
  // Tabs would stand where the terminal likes.
  const line = text.slice(from, to).replaceAll('\t', ' ');
  const [before = '', meant = '', after = ''] = visibleParts(line, [start - from, Math.min(end, to) - from]);
  const opening = from > 0 ? '…' : '';
  const closing = to < text.length ? '…' : '';
  return {
    line: `${opening}${before}${meant}${after}${closing}`,
    carets: ' '.repeat(columnsOf(opening + before)) + '^'.repeat(Math.max(1, columnsOf(meant))),
  };
}
