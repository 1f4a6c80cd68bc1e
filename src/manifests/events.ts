import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents } from 'js-yaml/browser';
import type { Event, ScalarEvent } from 'js-yaml/browser';

import type { Rule } from '../diagnostics/rule.ts';
import type { PlainValue } from './document.ts';
import { brokenYaml, nestingTooDeep } from './rules.ts';
import { resolvePlain, resolveTagged } from './scalars.ts';

/** Why a text was refused, and where in it. Thrown inside this stage only; `readYaml` turns it into a diagnostic. */
export class Refusal extends Error {
  readonly rule: Rule;
  readonly offset: number;
  constructor(rule: Rule, message: string, offset: number) {
    super(message);
    this.rule = rule;
    this.offset = offset;
  }
}

/** Deeper documents are refused. Far above any real object, far below what a stack holds. */
export const MAX_DEPTH = 500;

/**
 * The events of a text; throws a Refusal when it is not YAML.
 *
 * js-yaml is imported as built for browsers: its build for Node makes the parser's state by object spread, for which V8
 * makes a new hidden class at each call, and parsing in many calls takes three times as long (js-yaml 5.5, Node 20).
 */
export function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    throw asRefusal(error);
  }
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
  const source = event.fast ? text.slice(event.valueStart, event.valueEnd) : getScalarValue(text, event);
  if (event.tagStart === -1) return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(source) : source;
  const tag = tagOf(text, event);
  const value = resolveTagged(source, tag);
  if (value === undefined) throw new Refusal(brokenYaml, `the value does not fit its tag "!!${tag}"`, offsetOf(event));
  return value;
}

/** The name of a tag of YAML's own, without `!!`. Others (`!Ref`) count as `str`: Go's YAML ignores them. */
function tagOf(text: string, event: ScalarEvent): string {
  const raw = text.slice(event.tagStart, event.tagEnd);
  if (raw.startsWith('!!')) return raw.slice(2);
  return /^!<tag:yaml\.org,2002:(.+)>$/.exec(raw)?.[1] ?? 'str';
}

function asRefusal(error: unknown): unknown {
  if (error instanceof RangeError) return new Refusal(nestingTooDeep, `nested more than ${MAX_DEPTH} levels deep`, 0);
  if (!(error instanceof Error) || !('reason' in error) || !('mark' in error)) return error;
  const reason = String(error.reason);
  const mark = error.mark;
  const position = typeof mark === 'object' && mark !== null && 'position' in mark ? Number(mark.position) : 0;
  if (!reason.startsWith('nesting exceeded')) return new Refusal(brokenYaml, reason, position);
  return new Refusal(nestingTooDeep, `nested more than ${MAX_DEPTH} levels deep`, position);
}
