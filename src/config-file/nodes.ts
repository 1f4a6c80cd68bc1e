import { EVENT_ID, SCALAR_STYLE, getScalarValue } from 'js-yaml/browser';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml/browser';

import { adviceFor } from '../manifests/advice.ts';
import { Refusal, eventsOf, offsetOf } from '../manifests/events.ts';

/** What is wrong with a text, and where: offsets in it. */
export interface Problem {
  readonly start: number;
  readonly message: string;
  readonly help?: string;
}

/** A value as it is written: of what type a plain one is, is for whoever reads it. */
export type Node = TextNode | ListNode | MappingNode;

export interface TextNode {
  readonly kind: 'text';
  readonly start: number;
  readonly text: string;
  /** Without quotes, so that it may be a number or a switch. */
  readonly isPlain: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly start: number;
  readonly items: readonly Node[];
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly start: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: TextNode;
  readonly value: Node;
}

interface Reading {
  readonly text: string;
  readonly events: readonly Event[];
  readonly report: (problem: Problem) => void;
  next: number;
  /** Of the key whose value is read: a value that is not written has no place. */
  around: number;
}

/**
 * The one document of a text of YAML or JSON. Aliases, tags and keys that are no text are refused: settings need none of
 * them. Undefined if it is empty or broken; what is wrong is reported.
 */
export function readNodes(text: string, report: (problem: Problem) => void): Node | undefined {
  let events: readonly Event[];
  try {
    events = eventsOf(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, offset = error.offset } = adviceFor(error, text, error.offset);
    report({ start: offset, message: `not valid YAML: ${message}` });
    return undefined;
  }
  if (events.length === 0) return undefined;
  const reading: Reading = { text, events, report, next: 1, around: 0 };
  const node = readNode(reading);
  const second = events[reading.next + 2];
  if (second !== undefined)
    report({ start: Math.max(0, offsetOf(second)), message: 'a second document; the file must have one' });
  return node;
}

/** Undefined for what is refused, and reported. */
function readNode(reading: Reading): Node | undefined {
  const event = reading.events[reading.next];
  reading.next++;
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return readText(reading, event);
    case EVENT_ID.ALIAS:
      refuseAlias(reading, event);
      return undefined;
    case EVENT_ID.SEQUENCE:
      checkProperties(reading, event);
      return readList(reading, event.start);
    case EVENT_ID.MAPPING:
      checkProperties(reading, event);
      return readMapping(reading, event.start);
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
    case undefined:
      throw new Error('the events of js-yaml end where a value was expected');
  }
}

function readText(reading: Reading, event: ScalarEvent): TextNode | undefined {
  const { text } = reading;
  const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  const start = event.valueStart === -1 ? reading.around : event.valueStart - (isQuoted ? 1 : 0);
  if (!checkProperties(reading, event)) return undefined;
  return { kind: 'text', start, text: getScalarValue(text, event), isPlain: event.style === SCALAR_STYLE.PLAIN };
}

function readList(reading: Reading, start: number): ListNode {
  const items: Node[] = [];
  while (!atEnd(reading)) {
    const item = readNode(reading);
    if (item !== undefined) items.push(item);
  }
  return { kind: 'list', start, items };
}

function readMapping(reading: Reading, start: number): MappingNode {
  const entries = new Map<string, Entry>();
  while (!atEnd(reading)) {
    const key = readNode(reading);
    reading.around = key?.start ?? reading.around;
    const value = readNode(reading);
    if (key === undefined || value === undefined) continue;
    if (key.kind !== 'text') reading.report({ start: key.start, message: 'a key must be a text' });
    else if (entries.has(key.text)) reading.report({ start: key.start, message: `duplicate key "${key.text}"` });
    else entries.set(key.text, { key, value });
  }
  return { kind: 'mapping', start, entries: [...entries.values()] };
}

function atEnd(reading: Reading): boolean {
  const event = reading.events[reading.next];
  if (event !== undefined && event.type !== EVENT_ID.POP) return false;
  reading.next++;
  return true;
}

/** Patterns begin with a star, and with an exclamation mark: people forget their quotes. */
function refuseAlias({ text, report }: Reading, event: AliasEvent): void {
  const name = text.slice(event.anchorStart, event.anchorEnd);
  const help = `write "*${name}" in quotes if it is a pattern`;
  report({ start: event.anchorStart - 1, message: `aliases are not supported, and *${name} is one`, help });
}

function checkProperties(reading: Reading, event: ScalarEvent | SequenceEvent | MappingEvent): boolean {
  if (event.tagStart === -1) return true;
  const tag = reading.text.slice(event.tagStart, event.tagEnd);
  const help = `write "${tag}" in quotes if it is a pattern`;
  reading.report({ start: event.tagStart, message: `tags are not supported, and ${tag} is one`, help });
  return false;
}
