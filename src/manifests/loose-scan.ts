import type { Edit } from './edited-text.ts';

/** Where in a text somebody reads, and what has to be changed in it. */
export interface Scan {
  readonly text: string;
  readonly edits: Edit[];
  at: number;
  lineStart: number;
  /** Column of the key or dash that what follows belongs to; -1 at the root. */
  owner: number;
  /** Where the tag or anchor begins that stands before a node on its line; else -1. */
  property: number;
  /** Whether there were only blanks on the line so far, which are its indentation. */
  isBare: boolean;
  growth: number;
  unclosed: Opening | undefined;
}

/** A quote or bracket that most likely should have been closed earlier than it is. */
export interface Opening {
  readonly at: number;
  readonly name: string;
}

const OPENINGS: Readonly<Record<string, string>> = {
  '"': 'double quote',
  "'": 'single quote',
  '[': 'square bracket',
  '{': 'curly bracket',
};

export function noteUnclosed(scan: Scan, at: number): void {
  scan.unclosed ??= { at, name: OPENINGS[scan.text[at] ?? ''] ?? 'quote' };
}

/** Puts the blanks that js-yaml wants before the line that begins at the current place, unless it is empty. */
export function indentLine(scan: Scan): void {
  const spaces = spacesAt(scan, scan.at);
  const count = scan.owner + 1 - spaces;
  if (count <= 0 || isBreak(scan.text[scan.at + spaces] ?? '\n')) return;
  scan.edits.push({ at: scan.at, drop: 0, add: count });
  scan.growth += count;
}

/** Comments need no blank before them where a token has ended. */
export function skipComment(scan: Scan): void {
  if (!isSpaceAt(scan, scan.at - 1)) scan.edits.push({ at: scan.at, drop: 0, add: 1 });
  skipLine(scan);
}

export function nextLine(scan: Scan): void {
  scan.at += scan.text.startsWith('\r\n', scan.at) ? 2 : 1;
  scan.lineStart = scan.at;
  scan.property = -1;
  scan.isBare = true;
}

export function skipLine(scan: Scan): void {
  while (scan.at < scan.text.length && !isBreak(scan.text[scan.at] ?? '')) scan.at++;
}

export function isMarker({ text, at, lineStart }: Scan): boolean {
  return at === lineStart && /^(?:---|\.\.\.)(?:[ \t\r\n]|$)/.test(text.slice(at, at + 4));
}

export function spacesAt({ text }: Scan, at: number): number {
  let end = at;
  while (text[end] === ' ') end++;
  return end - at;
}

/** The end of the text counts as space. */
export function isSpaceAt({ text }: Scan, at: number): boolean {
  const ch = text[at] ?? '\n';
  return isBlank(ch) || isBreak(ch);
}

export function isBlank(ch: string): boolean {
  return ch === ' ' || ch === '\t' || ch === '\uFEFF';
}

export function isBreak(ch: string): boolean {
  return ch === '\n' || ch === '\r';
}

/** A tab that is no indentation. */
export function skipBlank(scan: Scan, ch: string): void {
  if (ch === '\t' && !scan.isBare) scan.edits.push({ at: scan.at, drop: 1, add: 1 });
  scan.at++;
}
