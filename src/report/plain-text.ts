import { visibleInJson } from '../diagnostics/visible.ts';

/** JSON that a terminal shows and does not obey. Equal to the same JSON without escapes. */
export function visibleJson(value: unknown): string {
  return visibleInJson(JSON.stringify(value, undefined, 2));
}

/** The same on one line. */
export function visibleJsonLine(value: unknown): string {
  return visibleInJson(JSON.stringify(value));
}

/** Most texts: each sign takes a column, and tables of tens of thousands of rows are measured. */
const ASCII = /^[\0-\x7f]*$/;

/** How many columns of a terminal the text takes. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const char of text) {
    if (!/\p{M}/u.test(char)) columns += isWide(char) ? 2 : 1;
  }
  return columns;
}

/** East Asian letters and pictures. */
function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    char,
  );
}
