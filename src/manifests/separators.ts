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
    for (const { key, offset } of duplicates) {
      reading.report(() => {
        const at = placeOf(reading, { key, start: base + offset, isSecret });
        const help = 'remove the one that is not meant';
        return { rule: duplicateKey, message: `duplicate key "${key}"; the last value is used`, help, at };
      });
    }
  }
}

/** Says that two objects stand in one document; gives the two parts of it. Undefined if there are none. */
export function reportSecondObject(
  reading: Reading,
  { base, duplicates }: Duplicates,
  { start, end }: Span,
): readonly [Span, Span] | undefined {
  const second = secondObject(reading.source.text, base, duplicates);
  if (second === undefined) return undefined;
  const at = base + second.offset;
  reading.report(() => {
    const message = 'another object begins here, and there is no "---" before it';
    const help = 'write "---" on the line before, in its first column';
    return {
      rule: missingSeparator,
      message,
      help,
      at: placeOf(reading, { key: second.key, start: at, isSecret: true }),
    };
  });
  return [
    { start, end: at },
    { start: at, end },
  ];
}

/** Where the object begins that stands behind a broken separator; undefined if it is a PEM text. */
export function behindSeparator(text: string, { start, end }: Span): Span | undefined {
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd === -1 ? end : Math.min(lineEnd, end)).trim();
  if (line.startsWith('-----')) return undefined;
  const at = /^-+$/.test(line) ? Math.min(lineEnd === -1 ? end : lineEnd + 1, end) : start + '---'.length;
  return { start: at, end };
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
