import type { FieldPath } from '../diagnostics/place.ts';
import type { Span } from './cut.ts';
import type { FoundInYaml } from './locate-yaml.ts';
import type { Cursor } from './quick-line.ts';
import { endLine, toContent } from './quick-line.ts';
import { keyAt, literalLines, plain, quoted } from './quick-scalars.ts';
import { isEntry, item, quickRead, value } from './quick-yaml.ts';

/**
 * Finds values in a document that the quick reader takes, as `locateYaml` does; undefined when it does not take it. An
 * answer is undefined where the way leads into brackets. A lint looks up places in hundreds of documents, which js-yaml
 * reads with ten times the work.
 */
export function quickLocator(text: string): ((path: FieldPath) => FoundInYaml | undefined) | undefined {
  // It has no key twice then, and ends where it seems to.
  if ((quickRead(text, 0, text.length) ?? null) === null) return undefined;
  return path => follow(atBegin(text), path);
}

function atBegin(text: string): Cursor {
  const cursor: Cursor = { text, end: text.length, at: text.startsWith('---\n') ? 4 : 0, indent: 0, depth: 0 };
  toContent(cursor);
  return cursor;
}

/** What stands where the cursor is. */
type Node =
  | { readonly is: 'mapping' | 'list'; readonly indent: number }
  | { readonly is: 'scalar' | 'literal' | 'flow'; readonly indent: number }
  | { readonly is: 'nothing' };

function follow(cursor: Cursor, path: FieldPath): FoundInYaml | undefined {
  let node: Node = { is: isEntry(cursor) ? 'list' : 'mapping', indent: cursor.indent };
  let key: Span | undefined;
  let span = spanOf(cursor, node) ?? { start: 0, end: 0 };
  for (const step of path) {
    if (node.is === 'flow') return undefined;
    const above: Span = key ?? span;
    const child = enterChild(cursor, node, step);
    if (child === undefined) return { value: above };
    key = child.key;
    node = key === undefined ? nodeInList(cursor, child.indent) : nodeBehind(cursor, child.indent, true);
    span = spanOf(cursor, node) ?? key ?? above;
    if (key !== undefined && (node.is === 'mapping' || node.is === 'list')) span = key;
  }
  // Of white space alone js-yaml has an end of its own.
  if (node.is === 'literal' && span.start === span.end) return undefined;
  const lines = node.is === 'literal' ? linesOf(cursor, span) : undefined;
  return { value: span, ...(key === undefined ? {} : { key }), ...(lines === undefined ? {} : { lines }) };
}

interface Entered {
  readonly key?: Span;
  readonly indent: number;
}

/** Goes to the value of a step, and leaves the cursor behind its key or dash. */
function enterChild(cursor: Cursor, node: Node, step: string | number): Entered | undefined {
  if (node.is === 'mapping') return enterKey(cursor, node.indent, String(step));
  return node.is === 'list' ? enterItem(cursor, node.indent, step) : undefined;
}

function enterKey(cursor: Cursor, indent: number, name: string): Entered | undefined {
  for (;;) {
    const start = cursor.at;
    if (keyAt(cursor) === name) return { key: { start, end: cursor.at - 1 }, indent };
    value(cursor, indent, true);
    if (cursor.indent !== indent) return undefined;
  }
}

function enterItem(cursor: Cursor, indent: number, wanted: string | number): Entered | undefined {
  for (let index = 0; ; index += 1) {
    cursor.at += 1;
    if (index === wanted) return { indent };
    item(cursor, indent);
    if (cursor.indent !== indent || !isEntry(cursor)) return undefined;
  }
}

/** What stands behind a dash: also a list or mapping that begins in the same line. */
function nodeInList(cursor: Cursor, indent: number): Node {
  const { end, at: from } = cursor;
  const at = behindBlanks(cursor);
  if (at >= end) return nodeBehind(cursor, indent, false);
  const column = indent + 1 + at - from;
  cursor.at = at;
  if (isEntry(cursor)) return { is: 'list', indent: column };
  const isMapping = keyAt(cursor) !== undefined;
  cursor.at = isMapping ? at : from;
  return isMapping ? { is: 'mapping', indent: column } : nodeBehind(cursor, indent, false);
}

/** What stands behind a key or a dash, in the same line or below it. */
function nodeBehind(cursor: Cursor, indent: number, isOfKey: boolean): Node {
  const { text, end } = cursor;
  const at = behindBlanks(cursor);
  switch (at < end ? text.charAt(at) : '\n') {
    case '\n':
    case '#':
      endLine(cursor, at);
      if (cursor.indent > indent) return { is: isEntry(cursor) ? 'list' : 'mapping', indent: cursor.indent };
      return isOfKey && cursor.indent === indent && isEntry(cursor) ? { is: 'list', indent } : { is: 'nothing' };
    case '[':
    case '{':
      cursor.at = at;
      return { is: 'flow', indent };
    case '|':
      cursor.at = at;
      return { is: 'literal', indent };
    default:
      cursor.at = at;
      return { is: 'scalar', indent };
  }
}

function behindBlanks({ text, end, at: from }: Cursor): number {
  let at = from;
  while (at < end && text[at] === ' ') at += 1;
  return at;
}

/** Where a value, or the first token of a collection, stands; the cursor stays where it is. */
function spanOf(cursor: Cursor, node: Node): Span | undefined {
  const { text, at: start } = cursor;
  const ahead: Cursor = { ...cursor };
  switch (node.is) {
    case 'nothing':
      return undefined;
    case 'flow':
    case 'list':
      return { start, end: start + 1 };
    case 'mapping':
      keyAt(ahead);
      return { start, end: ahead.at - 1 };
    case 'literal':
      return literalSpan(ahead, node.indent);
    case 'scalar':
      if (text[start] === '"' || text[start] === "'") {
        quoted(ahead);
        return { start, end: ahead.at };
      }
      return { start, end: endOfPlain(ahead) };
  }
}

function endOfPlain(cursor: Cursor): number {
  const { text, at: start, end } = cursor;
  plain(cursor);
  const behind = text.indexOf('\n', start);
  const line = text.slice(start, behind === -1 ? end : behind);
  const comment = line.indexOf(' #');
  const content = comment === -1 ? line : line.slice(0, comment);
  // Other white space belongs to the text.
  return start + content.replace(/ +$/, '').length;
}

/** The text of a block, without white space before and behind it. */
function literalSpan(cursor: Cursor, indent: number): Span {
  const { begin, last } = literalLines(cursor, indent);
  const raw = cursor.text.slice(begin, last);
  const margin = raw.length - raw.trimStart().length;
  return { start: begin + margin, end: begin + Math.max(margin, raw.trimEnd().length) };
}

/** The lines of a block without white space around them; undefined for one that is empty. */
function linesOf({ text }: Cursor, { start, end }: Span): FoundInYaml['lines'] {
  let from = start;
  return text
    .slice(start, end)
    .split('\n')
    .map(line => {
      const begin = from;
      from += line.length + 1;
      if (line.trim() === '') return undefined;
      return { start: begin + line.length - line.trimStart().length, end: begin + line.trimEnd().length };
    });
}
