import { SCALAR_STYLE } from 'js-yaml/browser';

import { resolvePlain } from '../manifests/scalars.ts';
import type { Sheet } from './sheet.ts';

/** What stands around a text. */
export type Quote = '' | "'" | '"';

/** Whether a text ends where it should without quotes, wherever it stands. */
export function hasSafeLetters(text: string): boolean {
  return /^[A-Za-z0-9/_][A-Za-z0-9./_-]*$/.test(text);
}

/** A value as it is written; without quotes only where that is the same value. */
export function written(value: string | number | boolean, quote: Quote): string {
  if (typeof value !== 'string') return String(value);
  if (quote === '' && hasSafeLetters(value) && resolvePlain(value) === value) return value;
  return quoted(value, quote === "'" ? quote : '"');
}

function quoted(text: string, quote: "'" | '"'): string {
  // oxlint-disable-next-line no-control-regex -- what cannot be written in single quotes
  const isPlain = !/[\u0000-\u001f\u007f-\u009f]/.test(text);
  return quote === "'" && isPlain ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** The quotes that a scalar has; none for what is no scalar. */
export function quoteOf({ tree }: Pick<Sheet, 'tree'>, at: number): Quote {
  const event = tree.events[at];
  if (event === undefined || !('style' in event) || !('valueStart' in event)) return '';
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) return '"';
  return event.style === SCALAR_STYLE.SINGLE_QUOTED ? "'" : '';
}

/** The quotes that the values beside a value have, as far as they have any. */
export function quoteBeside(sheet: Pick<Sheet, 'tree'>, values: readonly number[]): "'" | '"' {
  const quotes = values.map(at => quoteOf(sheet, at)).filter(quote => quote !== '');
  return quotes.length > 0 && quotes.every(quote => quote === "'") ? "'" : '"';
}
