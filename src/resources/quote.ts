import type { PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';

const LONGEST_QUOTE = 80;

/** The text as messages show it: in quotes, control characters escaped, cut when long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}

/** A value in a sentence. */
export function show(value: PlainValue | undefined): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isRecord(value) ? 'a mapping' : value == null ? 'nothing' : 'a list';
}

/** A list in a sentence: `"a", "b" or "c"`. */
export function oneOf(texts: readonly string[]): string {
  const quoted = texts.map(text => quote(text));
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}
