/** Longer texts of manifests say no more than their beginning. */
const LONGEST = 1_000;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

/**
 * Text of strangers as one line that a terminal shows and does not obey: control characters, escape sequences and what
 * turns the direction of writing become visible escapes.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, escape);
}

/** The same, cut to a length that a person reads. */
export function readable(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** JSON that a terminal shows and does not obey. Equal to the same JSON without escapes. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(UNSEEN, char => (char === '\n' ? char : hexOfUnits(char)));
}

/** The same on one line. */
export function visibleJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, hexOfUnits);
}

/** How many columns of a terminal the text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (!/\p{M}/u.test(char)) columns += isWide(char) ? 2 : 1;
  }
  return columns;
}

function escape(char: string): string {
  const short = SHORT.get(char);
  if (short !== undefined) return short;
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? hex(code) : `\\u{${code.toString(16)}}`;
}

function hexOfUnits(char: string): string {
  return [...Array(char.length).keys()].map(index => hex(char.charCodeAt(index))).join('');
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** East Asian letters and pictures. */
function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    char,
  );
}
