import type { PlainValue } from '../json/value.ts';
import type { Steps } from '../steps/steps.ts';
import { addWhileReadable } from './attempt.ts';
import { cutJsonItems } from './cut-json.ts';
import type { Span } from './cut.ts';
import { Refusal } from './events.ts';
import { skipSpace, skipValue } from './json-scan.ts';
import { addObject } from './objects.ts';
import type { ListItem } from './objects.ts';
import type { Reading } from './reading.ts';
import { reportRefusal } from './reading.ts';
import { brokenJson } from './rules/syntax.ts';

/**
 * Reads a source that holds JSON: one value, or several with white space between them. False, and nothing added, when
 * it is YAML: also flow mappings and JSON documents between `---` look like JSON at first.
 */
export function* readJson(reading: Reading): Steps<boolean> {
  const { name, text } = reading.source;
  const start = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  if (text[start] !== '{' && text[start] !== '[') return false;
  if (yield* readCutList(reading, start)) return true;
  const whole = parsed(text.slice(start));
  if (whole !== undefined) {
    yield* addObject(reading, whole, { document: { start, end: text.length }, index: 0, itemPath: [] });
    return true;
  }
  const { values, refusal } = valuesFrom(text, start);
  const isComment = refusal !== undefined && /^\/[/*]/.test(text.slice(refusal.offset, refusal.offset + 2));
  if (refusal !== undefined && !isComment && (!/\.json$/i.test(name) || /^---/m.test(text))) return false;
  for (const [index, document] of values.entries()) {
    const value = parsed(text.slice(document.start, document.end));
    if (value === undefined) throw new Error(`JSON.parse and skipValue disagree about ${name}`);
    yield* addObject(reading, value, { document, index, itemPath: [] });
    yield;
  }
  if (isComment)
    reportBroken(reading, new Refusal(brokenJson, 'JSON has no comments', refusal.offset), { start, end: text.length });
  else if (refusal !== undefined) reportBroken(reading, refusal, { start, end: text.length });
  return true;
}

/**
 * Reads a list as kubectl prints it item by item, since the values of all of it would be in memory at once. False when it
 * is another text, or one of the items is no JSON; then nothing was added.
 */
function* readCutList(reading: Reading, start: number): Steps<boolean> {
  const { text } = reading.source;
  const cut = cutJsonItems(text, start);
  if (cut === undefined) return false;
  const { kind, apiVersion } = cut.frame;
  if (typeof kind !== 'string' || !kind.endsWith('List') || typeof apiVersion !== 'string' || apiVersion === '')
    return false;
  const spot = { document: { start, end: text.length }, index: 0, itemPath: [] };
  return yield* addWhileReadable(reading, { spot, kind, apiVersion }, () => parsedItems(text, cut.items));
}

/** Throws a SyntaxError. */
function* parsedItems(text: string, items: Iterable<Span>): Generator<ListItem> {
  let number = 0;
  for (const item of items) {
    const value: PlainValue = JSON.parse(text.slice(item.start, item.end));
    yield [number, value, item];
    number += 1;
  }
}

function parsed(text: string): PlainValue | undefined {
  try {
    const value: PlainValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The complete values, and why what comes behind them is none. */
function valuesFrom(text: string, start: number): { readonly values: readonly Span[]; readonly refusal?: Refusal } {
  const values: Span[] = [];
  for (let at = start; at < text.length;) {
    try {
      const end = skipValue(text, at);
      values.push({ start: at, end });
      at = skipSpace(text, end);
    } catch (error) {
      if (error instanceof Refusal) return { values, refusal: error };
      throw error;
    }
  }
  return { values };
}

function reportBroken(reading: Reading, refusal: Refusal, document: Span): void {
  const message = refusal.rule === brokenJson ? `not valid JSON: ${refusal.message}` : refusal.message;
  reportRefusal(reading, new Refusal(refusal.rule, message, refusal.offset - document.start), document);
}
