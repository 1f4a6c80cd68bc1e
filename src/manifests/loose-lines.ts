import type { Edited } from './edited-text.ts';
import { withEdits } from './edited-text.ts';
import {
  indentLine,
  isBlank,
  isBreak,
  isMarker,
  isSpaceAt,
  nextLine,
  noteUnclosed,
  skipBlank,
  skipComment,
  skipLine,
  spacesAt,
} from './loose-scan.ts';
import type { Opening, Scan } from './loose-scan.ts';

/*
 * go-yaml, through which kubectl and the API server read YAML, does not look at the indentation of lines inside a quoted
 * scalar or a flow collection, nor at tabs there; and a comment may stand right behind a token. js-yaml refuses these.
 * They mean nothing, so they are corrected in a copy of the text.
 * Source: go.yaml.in/yaml/v2 2.4.2, scannerc.go.
 */

export interface LooseLines {
  /** Undefined when there is nothing to correct, or when it would take too many blanks. */
  readonly corrected: Edited | undefined;
  /** The first of them; only of interest when the text cannot be read. */
  readonly unclosed: Opening | undefined;
}

/** Beyond it the copy would be larger than any real file makes it. */
const MAX_GROWTH = 4 * 1024 * 1024;

/** Indents the lines inside quoted scalars and flow collections as deep as js-yaml wants them. */
export function indentLooseLines(text: string): LooseLines {
  const places = { at: 0, lineStart: 0, owner: -1, property: -1 };
  const scan: Scan = { text, edits: [], ...places, isBare: true, growth: 0, unclosed: undefined };
  while (scan.at < text.length && scan.growth <= MAX_GROWTH) readToken(scan);
  const isUseful = scan.edits.length > 0 && scan.growth <= MAX_GROWTH;
  return { corrected: isUseful ? withEdits(text, scan.edits) : undefined, unclosed: scan.unclosed };
}

function readToken(scan: Scan): void {
  const ch = scan.text[scan.at] ?? '';
  if (isBreak(ch)) {
    nextLine(scan);
    return;
  }
  if (isBlank(ch)) {
    skipBlank(scan, ch);
    return;
  }
  if (ch === '#') skipComment(scan);
  else if (ch === '%' && scan.at === scan.lineStart) skipLine(scan);
  else if (isMarker(scan)) {
    scan.at += 3;
    scan.owner = -1;
  } else if ('-?:'.includes(ch) && isSpaceAt(scan, scan.at + 1)) {
    scan.owner = scan.at - scan.lineStart;
    scan.at++;
  } else if (ch === '|' || ch === '>') {
    skipBlockScalar(scan);
    return;
  } else readNode(scan, ch);
  scan.isBare = false;
}

function readNode(scan: Scan, ch: string): void {
  const column = (scan.property === -1 ? scan.at : scan.property) - scan.lineStart;
  if (ch === '&' || ch === '!' || ch === '*') {
    if (scan.property === -1) scan.property = scan.at;
    while (!isSpaceAt(scan, scan.at)) scan.at++;
    if (ch !== '*') return;
  } else if (ch === '"' || ch === "'") readQuoted(scan, ch);
  else if (ch === '[' || ch === '{') readFlow(scan);
  else readPlain(scan);
  let end = scan.at;
  while (isBlank(scan.text[end] ?? '')) end++;
  if (scan.text[end] !== ':' || !isSpaceAt(scan, end + 1)) return;
  scan.at = end + 1;
  scan.owner = column;
  scan.property = -1;
}

function readQuoted(scan: Scan, quote: string): void {
  const { at: start, lineStart } = scan;
  for (scan.at++; scan.at < scan.text.length;) {
    const ch = scan.text[scan.at] ?? '';
    if (isBreak(ch)) {
      nextLine(scan);
      if (isMarker(scan)) break;
      indentLine(scan);
      continue;
    }
    scan.at++;
    if (ch === '\\' && quote === '"') {
      if (!isBreak(scan.text[scan.at] ?? '')) scan.at++;
    } else if (ch === quote) {
      if (quote === "'" && scan.text[scan.at] === quote) scan.at++;
      else {
        // A quote in the middle of a text begins one, if those before it were closed.
        if (lineStart !== scan.lineStart && !/[\s,:#\]}]|^$/.test(scan.text[scan.at] ?? '')) noteUnclosed(scan, start);
        return;
      }
    }
  }
  noteUnclosed(scan, start);
}

function readFlow(scan: Scan): void {
  scan.isBare = false;
  const start = scan.at;
  let depth = 0;
  while (scan.at < scan.text.length) {
    const ch = scan.text[scan.at] ?? '';
    if (skipFlowSpace(scan, ch)) continue;
    if (isMarker(scan)) break;
    if (ch === '"' || ch === "'") readQuoted(scan, ch);
    else if (ch === '[' || ch === '{') depth++;
    else if (ch === ']' || ch === '}') depth--;
    else if (ch === '&' || ch === '!' || ch === '*') skipFlowProperty(scan);
    else if (ch !== ',' && ch !== ':') readFlowPlain(scan);
    if ('[]{},:'.includes(ch)) scan.at++;
    if (depth <= 0) return;
  }
  noteUnclosed(scan, start);
}

/** Whether there was a blank, a line break or a comment. */
function skipFlowSpace(scan: Scan, ch: string): boolean {
  if (isBreak(ch)) {
    nextLine(scan);
    indentLine(scan);
    scan.isBare = false;
  } else if (isBlank(ch)) skipBlank(scan, ch);
  else if (ch === '#') skipComment(scan);
  else return false;
  return true;
}

function skipFlowProperty(scan: Scan): void {
  while (!isSpaceAt(scan, scan.at) && !'[]{},'.includes(scan.text[scan.at] ?? '')) scan.at++;
}

function readFlowPlain(scan: Scan): void {
  const { text } = scan;
  for (scan.at++; scan.at < text.length; scan.at++) {
    const ch = text[scan.at] ?? '';
    if ('[]{},'.includes(ch)) return;
    if (ch === ':' && (isSpaceAt(scan, scan.at + 1) || '[]{},'.includes(text[scan.at + 1] ?? ''))) return;
    if (ch === '#' && isSpaceAt(scan, scan.at - 1)) return;
    if (!isBreak(ch)) continue;
    nextLine(scan);
    indentLine(scan);
    if (isMarker(scan)) return;
    scan.at--;
  }
}

/** A plain scalar goes on in lines that are deeper than its owner. */
function readPlain(scan: Scan): void {
  const { text } = scan;
  for (scan.at++; scan.at < text.length; scan.at++) {
    const ch = text[scan.at] ?? '';
    if (ch === ':' && isSpaceAt(scan, scan.at + 1)) return;
    if (ch === '#' && isSpaceAt(scan, scan.at - 1)) return;
    if (!isBreak(ch)) continue;
    const { lineStart, next } = nextText(scan);
    if (next - lineStart <= scan.owner || next === text.length || text[next] === '#') return;
    scan.lineStart = lineStart;
    scan.at = next;
    if (isMarker(scan)) return;
    scan.at--;
  }
}

/** The next line that is not empty, from the line break at the current place on. */
function nextText({ text, at }: Scan): { readonly lineStart: number; readonly next: number } {
  let lineStart = at;
  let next = at;
  for (; next < text.length; next++) {
    const ch = text[next] ?? '';
    if (isBreak(ch)) lineStart = next + 1;
    else if (!isBlank(ch)) break;
  }
  return { lineStart, next };
}

function skipBlockScalar(scan: Scan): void {
  const header = /^[-+0-9]*/.exec(scan.text.slice(scan.at + 1, scan.at + 4))?.[0] ?? '';
  const digit = /[1-9]/.exec(header)?.[0];
  scan.at += 1 + header.length;
  if (scan.text[scan.at] === '#') skipComment(scan);
  skipLine(scan);
  let indent = digit === undefined ? undefined : Math.max(0, scan.owner) + Number(digit);
  for (let deepest = 0; scan.at < scan.text.length; skipLine(scan)) {
    nextLine(scan);
    const column = spacesAt(scan, scan.at);
    if (isBreak(scan.text[scan.at + column] ?? '\n')) {
      deepest = Math.max(deepest, column);
      continue;
    }
    indent ??= Math.max(deepest, column, scan.owner + 1);
    if (column < indent || isMarker(scan)) return;
  }
}
