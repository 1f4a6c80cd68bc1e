import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE } from 'js-yaml/browser';
import type { ScalarEvent } from 'js-yaml/browser';

import type { Span } from '../manifests/cut.ts';
import { isEnd } from '../manifests/yaml-tree.ts';
import type { Sheet } from './sheet.ts';
import { Unfixable } from './unfixable.ts';

/** A scalar with its quotes; undefined for one that is not written. */
export function scalarSpan(text: string, event: ScalarEvent): Span | undefined {
  const { valueStart, valueEnd, style } = event;
  if (valueStart === -1) return undefined;
  if (style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd };
  if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) {
    const length = text.slice(valueStart, valueEnd).trimEnd().length;
    return { start: valueStart, end: valueStart + length };
  }
  return { start: valueStart - 1, end: valueEnd + 1 };
}

/** The key of a field, with its quotes. */
export function keySpan({ text, tree }: Sheet, key: number): Span {
  const event = tree.events[key];
  const span = event?.type === EVENT_ID.SCALAR ? scalarSpan(text, event) : undefined;
  if (event?.type !== EVENT_ID.SCALAR || span === undefined || event.anchorStart !== -1 || event.tagStart !== -1)
    throw new Unfixable('a key beside it is no plain name');
  return span;
}

/** Where a value ends; where there is none, where what stands before it does. */
export function endOf(sheet: Sheet, at: number, before: number): number {
  const { text, tree } = sheet;
  const event = tree.events[at];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return scalarSpan(text, event)?.end ?? Math.max(before, event.anchorEnd, event.tagEnd);
    case EVENT_ID.ALIAS:
      return event.anchorEnd;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE: {
      let end = Math.max(before, event.start);
      for (let child = at + 1; !isEnd(tree, child); child = tree.ends[child] ?? tree.events.length)
        end = endOf(sheet, child, end);
      if (event.style === COLLECTION_STYLE.BLOCK) return end;
      return closing(text, end === event.start ? end + 1 : end, event.type === EVENT_ID.MAPPING ? '}' : ']') + 1;
    }
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
    case undefined:
      return before;
  }
}

const BESIDES = /(?:[\s,:?]|(?<=\s)#[^\r\n]*)*/y;

/** The bracket that closes a flow collection, behind the last of its parts. */
function closing(text: string, from: number, bracket: string): number {
  BESIDES.lastIndex = from;
  BESIDES.test(text);
  const at = BESIDES.lastIndex;
  if (text[at] !== bracket) throw new Unfixable(`the "${bracket}" of a collection cannot be found`);
  return at;
}

/** Where the line begins that an offset is in. Nothing before that line is looked at: texts may be long. */
export function lineStartOf(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start + text.slice(start, at).lastIndexOf('\r') + 1;
}

/** Where the line ends that an offset is in, without its line end. */
export function lineEndOf(text: string, at: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
}

/** Whether nothing but blanks stands before an offset in its line. */
export function isFirstInLine(text: string, at: number): boolean {
  return text.slice(lineStartOf(text, at), at).trim() === '';
}

/** The blanks that a line begins with. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartOf(text, at), at))?.[0] ?? '';
}
