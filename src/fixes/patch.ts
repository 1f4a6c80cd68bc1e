import type { Change } from './changes.ts';
import { changed, inOrder } from './changes.ts';
import { secretLines } from './secret-lines.ts';

/** How many lines stand around what is changed. */
const CONTEXT = 3;

/** Lines that are replaced by others: `from` and `to` count the lines before them, `to` those behind the last. */
interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly added: readonly string[];
}

/**
 * What changes in a file, as `git apply` takes it; undefined if that would show lines of a Secret.
 *
 * @param path in the patch, with `/`
 */
export function patchOf(path: string, before: string, changes: readonly Change[]): string | undefined {
  const lines = linesOf(before);
  const hidden = secretLines(lines);
  const hunks = hunksOf(lineChangesOf(before, lines, changes), lines.length, hidden);
  if (hunks.length === 0) return '';
  if (!hunks.every(hunk => isShowable(hunk, lines.length, hidden))) return undefined;
  let shift = 0;
  let text = `--- ${nameIn('a', path)}\n+++ ${nameIn('b', path)}\n`;
  for (const hunk of hunks) {
    const { added, removed } = sizeOf(hunk);
    const length = hunk.end - hunk.start;
    text += `@@ -${rangeOf(hunk.start, length)} +${rangeOf(hunk.start + shift, length + added - removed)} @@\n`;
    text += bodyOf(hunk, lines);
    shift += added - removed;
  }
  return text;
}

/** With their line ends; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lineChangesOf(text: string, lines: readonly string[], changes: readonly Change[]): readonly LineChange[] {
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length;
  }
  const groups: { from: number; to: number; changes: Change[] }[] = [];
  let line = 0;
  for (const change of inOrder(changes)) {
    while ((starts[line + 1] ?? Infinity) <= change.start) line += 1;
    let last = line;
    while ((starts[last + 1] ?? Infinity) < change.end) last += 1;
    const group = groups.at(-1);
    if (group !== undefined && line < group.to) {
      group.to = Math.max(group.to, last + 1);
      group.changes.push(change);
    } else groups.push({ from: line, to: last + 1, changes: [change] });
  }
  const lineChanges = groups.flatMap(({ from, to, changes: own }) => {
    const offset = starts[from] ?? 0;
    const moved = own.map(change => ({ ...change, start: change.start - offset, end: change.end - offset }));
    const added = linesOf(changed(text.slice(offset, starts[to] ?? text.length), moved));
    return trimmed({ from, to, added }, lines);
  });
  return joined(lineChanges);
}

/** Neighbours as one, so that what is removed stands before what is added. */
function joined(changes: readonly LineChange[]): readonly LineChange[] {
  const result: LineChange[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last === undefined || last.to < change.from) result.push(change);
    else result[result.length - 1] = { from: last.from, to: change.to, added: [...last.added, ...change.added] };
  }
  return result;
}

/** Without the lines that stay the same at either end. */
function trimmed({ from, to, added }: LineChange, lines: readonly string[]): readonly LineChange[] {
  let [first, last] = [0, 0];
  const most = Math.min(to - from, added.length);
  while (first < most && lines[from + first] === added[first]) first += 1;
  while (last < most - first && lines[to - 1 - last] === added[added.length - 1 - last]) last += 1;
  const change = { from: from + first, to: to - last, added: added.slice(first, added.length - last) };
  return change.from === change.to && change.added.length === 0 ? [] : [change];
}

/** Changes with the lines around them. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly changes: readonly LineChange[];
}

function hunksOf(changes: readonly LineChange[], length: number, hidden: ReadonlySet<number>): readonly Hunk[] {
  const hunks: { start: number; end: number; changes: LineChange[] }[] = [];
  for (const change of changes) {
    let { from: start, to: end } = change;
    while (start > 0 && start > change.from - CONTEXT && !hidden.has(start - 1)) start -= 1;
    while (end < length && end < change.to + CONTEXT && !hidden.has(end)) end += 1;
    const last = hunks.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = end;
      last.changes.push(change);
    } else hunks.push({ start, end, changes: [change] });
  }
  return hunks;
}

/** Git takes a hunk that ends without context only at the end of a file. */
function isShowable({ end, changes }: Hunk, length: number, hidden: ReadonlySet<number>): boolean {
  if (end < length && changes.at(-1)?.to === end) return false;
  return changes.every(({ from, to }) => {
    for (let line = from; line < to; line++) if (hidden.has(line)) return false;
    // What is added between two lines of a Secret belongs to it.
    return from !== to || !hidden.has(from) || !hidden.has(from - 1);
  });
}

function sizeOf({ changes }: Hunk): { readonly added: number; readonly removed: number } {
  let [added, removed] = [0, 0];
  for (const change of changes) {
    added += change.added.length;
    removed += change.to - change.from;
  }
  return { added, removed };
}

/** An empty range is named by the line before it. */
function rangeOf(start: number, length: number): string {
  return length === 1 ? String(start + 1) : `${length === 0 ? start : start + 1},${length}`;
}

function bodyOf({ start, end, changes }: Hunk, lines: readonly string[]): string {
  let text = '';
  let at = start;
  const write = (mark: string, line: string): void => {
    text += `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`;
  };
  for (const { from, to, added } of changes) {
    for (const line of lines.slice(at, from)) write(' ', line);
    for (const line of lines.slice(from, to)) write('-', line);
    for (const line of added) write('+', line);
    at = to;
  }
  for (const line of lines.slice(at, end)) write(' ', line);
  return text;
}

/** As git writes names: in quotes where a line could not hold them, and with a tab behind one with a blank. */
function nameIn(side: 'a' | 'b', path: string): string {
  const name = `${side}/${path}`;
  // oxlint-disable-next-line no-control-regex -- they end a line, or look like its end
  if (!/[\u0000-\u001f\u007f"\\]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  return `"${[...Buffer.from(name)].map(escaped).join('')}"`;
}

function escaped(byte: number): string {
  const char = String.fromCharCode(byte);
  if (char === '"' || char === '\\') return `\\${char}`;
  return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : char;
}
