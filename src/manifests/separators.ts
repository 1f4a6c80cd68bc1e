import type { Duplicate } from './construct.ts';
import type { Span } from './cut.ts';
import type { Reading } from './reading.ts';
import { brokenSeparator, missingSeparator } from './rules/separators.ts';

/** Says what is wrong with a document that begins with `---` and something behind it. */
export function reportSeparator(reading: Reading, { start, end }: Span): void {
  const { text } = reading.source;
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd === -1 ? end : Math.min(lineEnd, end)).trim();
  if (line.startsWith('-----END ')) return;
  reading.report(() => {
    const isPem = line.startsWith('-----BEGIN ');
    const at = reading.toOrigin(reading.source, { start, end: start + 3, isSecret: isPem });
    if (isPem) {
      const message = 'a PEM text at the beginning of a line is outside of the value that it belongs to';
      return { rule: brokenSeparator, message, help: 'indent all of its lines below their key', at };
    }
    const message = `the line ${JSON.stringify(line.slice(0, 80))} is not a document separator`;
    const help = /^-+$/.test(line) ? 'write "---"' : 'write "---" on a line of its own';
    return { rule: brokenSeparator, message, help, at };
  });
}

/** Says that `---` is missing before the object that begins at an offset, a key of which stands there. */
export function reportMissingSeparator(reading: Reading, start: number, key: string): void {
  reading.report(() => {
    const at = reading.toOrigin(reading.source, { start, end: start + key.length, isSecret: true });
    const message = 'another object begins here, and there is no "---" before it';
    return { rule: missingSeparator, message, help: 'write "---" on the line before, in its first column', at };
  });
}

/**
 * Where further objects begin in a document that has none of the `---` between them: apiVersion and kind are there
 * twice, at the left edge, and each object begins with a key that the one before has already.
 *
 * @param base where the text began in which the offsets of the duplicates count
 */
export function furtherObjects(text: string, base: number, duplicates: readonly Duplicate[]): readonly Duplicate[] {
  const atEdge = duplicates.filter(({ offset }) => isLineStart(text, base + offset));
  if (!['apiVersion', 'kind'].every(name => atEdge.some(({ key }) => key === name))) return [];
  const begins: Duplicate[] = [];
  let keys: Set<string> | undefined;
  for (const duplicate of atEdge) {
    if (keys === undefined || keys.has(duplicate.key)) {
      begins.push(duplicate);
      keys = new Set();
    }
    keys.add(duplicate.key);
  }
  return begins;
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
}

/** Lines that were most likely meant to separate documents. */
const MEANT_SEPARATOR = /^[ \t]*(?:-(?:[ \t]?-)+|[\u2012-\u2015=_*~]{2,}|[\u2013\u2014])[ \t]*\r?$/gm;

/** What stands between such lines, or behind a `---` with which a document goes on in the same line. */
export function meantDocuments(text: string, { start, end }: Span): readonly Span[] {
  const slice = text.slice(start, end);
  const marker = /^\uFEFF?-{3,}[ \t]*/.exec(slice)?.[0] ?? '';
  const spans: Span[] = [];
  let from = marker.length;
  for (const line of slice.matchAll(MEANT_SEPARATOR)) {
    if (line.index < from) continue;
    spans.push({ start: start + from, end: start + line.index });
    from = line.index + line[0].length;
  }
  spans.push({ start: start + from, end });
  return spans;
}
