import type { Duplicate } from './construct.ts';
import type { Span } from './cut.ts';
import type { Reading } from './reading.ts';
import { brokenSeparator, duplicateKey, missingSeparator } from './rules.ts';

/** Says what is wrong with a document that begins with `---` and something behind it; it is not read. */
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

/** The duplicates of one text that was parsed. */
export interface Duplicates {
  /** Where the text began in which their offsets count. */
  readonly base: number;
  readonly duplicates: readonly Duplicate[];
}

/** Objects of other kinds are not ours to judge; mistakes in them are not seen when they are skipped unparsed. */
export function reportDuplicates(reading: Reading, found: readonly Duplicates[], documentsBefore: number): void {
  if (found.every(({ duplicates }) => duplicates.length === 0)) return;
  const added = reading.documents.slice(documentsBefore);
  if (added.length === 0) return;
  const isSecret = added.some(document => document.kind === 'Secret');
  for (const { base, duplicates } of found) {
    const second = secondObject(reading.source.text, base, duplicates);
    const others = duplicates.filter(({ offset }) => second === undefined || offset < second.offset);
    for (const { key, offset } of others) {
      reading.report(() => {
        const at = placeOf(reading, { key, start: base + offset, isSecret });
        const help = 'remove the one that is not meant';
        return { rule: duplicateKey, message: `duplicate key "${key}"; the last value is used`, help, at };
      });
    }
    if (second === undefined) continue;
    reading.report(() => {
      const at = placeOf(reading, { key: second.key, start: base + second.offset, isSecret });
      const message = 'another object begins here, and there is no "---" before it';
      return { rule: missingSeparator, message, help: 'write "---" on the line before, in its first column', at };
    });
  }
}

/** Where the keys of a second object begin: its apiVersion and kind are there twice, at the left edge. */
function secondObject(text: string, base: number, duplicates: readonly Duplicate[]): Duplicate | undefined {
  const atEdge = duplicates.filter(({ offset }) => isLineStart(text, base + offset));
  const types = atEdge.filter(({ key }) => key === 'apiVersion' || key === 'kind');
  return new Set(types.map(({ key }) => key)).size === 2 ? atEdge[0] : undefined;
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
}

function placeOf(
  reading: Reading,
  found: { readonly key: string; readonly start: number; readonly isSecret: boolean },
) {
  const { key, start, isSecret } = found;
  return reading.toOrigin(reading.source, { start, end: start + key.length, isSecret });
}
