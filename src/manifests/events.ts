import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents } from 'js-yaml/browser';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml/browser';

import type { PlainValue } from '../json/value.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { fileTooLarge } from '../input/rules/files.ts';
import type { Edited } from './edited-text.ts';
import { indentLooseLines } from './loose-lines.ts';
import { brokenYaml, nestingTooDeep } from './rules/syntax.ts';
import { resolvePlain, resolveTagged } from './scalars.ts';

/** Why a text was refused, and where in it. Thrown inside this stage only; `readYaml` turns it into a diagnostic. */
export class Refusal extends Error {
  readonly rule: Rule;
  readonly offset: number;
  readonly help: string | undefined;
  constructor(rule: Rule, message: string, offset: number, help?: string) {
    super(message);
    this.rule = rule;
    this.offset = offset;
    this.help = help;
  }
}

/** The events of longer texts could fill all memory: there are up to 70 bytes of them for each character. */
const LONGEST = 64 * 1024 * 1024;

/** Deeper documents are refused. Far above any real object, far below what a stack holds. */
export const MAX_DEPTH = 500;

/**
 * The events of a text; throws a Refusal when it is not YAML.
 *
 * js-yaml is imported as built for browsers: its build for Node makes the parser's state by object spread, for which V8
 * makes a new hidden class at each call, and parsing in many calls takes three times as long (js-yaml 5.5, Node 20).
 */
export function eventsOf(text: string): readonly Event[] {
  if (text.length > LONGEST) {
    const help = 'write each object as a document of its own, with "---" between them';
    throw new Refusal(fileTooLarge, 'this YAML document is larger than 64 MiB, the limit for one document', 0, help);
  }
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal.rule !== brokenYaml) throw refusal;
    const { corrected, unclosed } = indentLooseLines(text);
    const events = corrected === undefined ? refusal : eventsOfCorrected(corrected);
    if (!(events instanceof Refusal)) return events;
    if (unclosed === undefined) throw events;
    throw new Refusal(brokenYaml, `this ${unclosed.name} is never closed`, unclosed.at);
  }
}

/** The events of the original text. The values of scalars do not depend on blanks at the beginning of their lines. */
function eventsOfCorrected({ text, original }: Edited): readonly Event[] | Refusal {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH }).map(event => moved(event, original));
  } catch (error) {
    const { rule, message, offset } = asRefusal(error);
    return new Refusal(rule, message, original(offset));
  }
}

function moved(event: Event, original: (offset: number) => number): Event {
  const to = (offset: number): number => (offset === -1 ? -1 : original(offset));
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return event;
    case EVENT_ID.ALIAS:
      return { ...event, anchorStart: to(event.anchorStart), anchorEnd: to(event.anchorEnd) };
    case EVENT_ID.SCALAR:
      return {
        ...event,
        ...movedProperties(event, to),
        valueStart: to(event.valueStart),
        valueEnd: to(event.valueEnd),
      };
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return { ...event, ...movedProperties(event, to), start: to(event.start) };
  }
}

function movedProperties(event: ScalarEvent | MappingEvent | SequenceEvent, to: (offset: number) => number) {
  const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
  return { anchorStart: to(anchorStart), anchorEnd: to(anchorEnd), tagStart: to(tagStart), tagEnd: to(tagEnd) };
}

/** Where an event stands in the text; -1 for an empty value. */
export function offsetOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart === -1 ? Math.max(event.anchorStart, event.tagStart) : event.valueStart;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return -1;
  }
}

/** Whether a key is YAML's merge key. A quoted one is an ordinary key. */
export function isMergeKey(text: string, event: Event): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false;
  if (event.valueEnd - event.valueStart !== 2 || !text.startsWith('<<', event.valueStart)) return false;
  return event.tagStart === -1 || tagOf(text, event) === 'merge';
}

/** The text that a scalar becomes as a key. */
export function keyText(text: string, event: ScalarEvent): string {
  const value = scalar(text, event);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value of a scalar; throws a Refusal when it does not fit its tag. */
export function scalar(text: string, event: ScalarEvent): PlainValue {
  const source = event.fast ? text.slice(event.valueStart, event.valueEnd) : folded(text, event);
  if (event.tagStart === -1) return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(source) : source;
  const tag = tagOf(text, event);
  const value = resolveTagged(source, tag);
  if (value === undefined) throw new Refusal(brokenYaml, `the value does not fit its tag "!!${tag}"`, offsetOf(event));
  return value;
}

const ESCAPED_BREAK = /\\(?:\r\n?|\n)[ \t]*[\r\n]/;
const ESCAPE = /\\(?:(?:\r\n?|\n)((?:[ \t]*(?:\r\n?|\n))+)[ \t]*|[^])/g;

/** Empty lines behind an escaped line break are line breaks, which js-yaml 5.5 forgets. */
function folded(text: string, event: ScalarEvent): string {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED) return getScalarValue(text, event);
  const raw = text.slice(event.valueStart, event.valueEnd);
  if (!ESCAPED_BREAK.test(raw)) return getScalarValue(text, event);
  const mended = raw.replaceAll(ESCAPE, (escape: string, empty: string | undefined) =>
    empty === undefined ? escape : '\\n'.repeat(empty.match(/\r\n?|\n/g)?.length ?? 0),
  );
  return getScalarValue(mended, { ...event, valueStart: 0, valueEnd: mended.length });
}

/** The name of a tag of YAML's own, without `!!`. Others (`!Ref`) count as `str`: Go's YAML ignores them. */
function tagOf(text: string, event: ScalarEvent): string {
  const raw = text.slice(event.tagStart, event.tagEnd);
  if (raw.startsWith('!!')) return raw.slice(2);
  return /^!<tag:yaml\.org,2002:(.+)>$/.exec(raw)?.[1] ?? 'str';
}

/** What js-yaml throws, as a Refusal; whatever else is thrown on. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof RangeError) return new Refusal(nestingTooDeep, `nested more than ${MAX_DEPTH} levels deep`, 0);
  if (!(error instanceof Error) || !('reason' in error) || !('mark' in error)) throw error;
  const reason = String(error.reason);
  const mark = error.mark;
  const position = typeof mark === 'object' && mark !== null && 'position' in mark ? Number(mark.position) : 0;
  if (!reason.startsWith('nesting exceeded')) return new Refusal(brokenYaml, reason, position);
  return new Refusal(nestingTooDeep, `nested more than ${MAX_DEPTH} levels deep`, position);
}
