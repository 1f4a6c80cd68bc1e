import { matchSteps, stepOf } from './glob.ts';
import type { Letter, Step } from './glob.ts';

/** A line of a .gitignore. */
export interface IgnoreRule {
  /** As it is written. */
  readonly text: string;
  /** `!`: what it takes is not ignored. */
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** Of a pattern with a slash, for a whole path; otherwise for a name in any folder. */
  readonly isAnchored: boolean;
  readonly steps: readonly Step[];
}

/**
 * The rules of a text as git reads it: one a line; the last one that takes a path decides.
 * Source: git 2.39, dir.c (add_patterns_from_buffer, parse_path_pattern), wildmatch.c.
 */
export function ignoreRules(text: string): readonly IgnoreRule[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => ignoreRule(withoutTrailingSpaces(line.replace(/\r$/, ''))));
}

/** One pattern. */
export function ignoreRule(text: string): IgnoreRule {
  const isNegated = text.startsWith('!');
  const whole = isNegated ? text.slice(1) : text;
  const isForFolders = whole.endsWith('/');
  const pattern = isForFolders ? whole.slice(0, -1) : whole;
  const isAnchored = pattern.includes('/');
  return { text, isNegated, isForFolders, isAnchored, steps: isAnchored ? pathSteps(pattern) : [nameStep(pattern)] };
}

/** The rule that decides on an entry: the last one that takes it. */
export function decidingRule(rules: readonly IgnoreRule[], entry: IgnoreEntry): IgnoreRule | undefined {
  return rules.findLast(rule => isTaken(rule, entry));
}

export interface IgnoreEntry {
  /** The steps of its path from the folder of the rules; undefined if it does not lie below that. */
  readonly path: readonly string[] | undefined;
  readonly name: string;
  readonly isFolder: boolean;
}

function isTaken(rule: IgnoreRule, { path, name, isFolder }: IgnoreEntry): boolean {
  if (rule.isForFolders && !isFolder) return false;
  if (rule.isAnchored) return path !== undefined && matchSteps(rule.steps, path);
  return matchSteps(rule.steps, [name]);
}

/** An escaped space stays. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ') end--;
  let start = end;
  while (line[start - 1] === '\\') start--;
  return line.slice(0, (end - start) % 2 === 1 ? end + 1 : end);
}

/** Without a slash `**` is no more than `*`. */
function nameStep(pattern: string): Step {
  return stepOf(tokensOf(pattern).map(token => (token === '/' ? NEVER : token)));
}

function pathSteps(pattern: string): readonly Step[] {
  const steps: Letter[][] = [[]];
  for (const token of tokensOf(pattern.replace(/^\//, ''))) {
    if (token === '/') steps.push([]);
    else steps.at(-1)?.push(token);
  }
  const asked = steps.map(letters =>
    letters.length > 1 && letters.every(each => each === '*') ? '**' : stepOf(letters),
  );
  // Below a folder, and not the folder itself.
  return asked.at(-1) === '**' ? [...asked, stepOf(['*'])] : asked;
}

const TOKEN = /\\[^]|[^]/gu;
const NEVER = (): boolean => false;

/** The letters of a pattern, and `/` between steps. */
function tokensOf(pattern: string): readonly (Letter | '/')[] {
  const tokens: (Letter | '/')[] = [];
  for (let at = 0; at < pattern.length;) {
    const set = pattern[at] === '[' ? readSet(pattern, at) : undefined;
    if (pattern[at] === '[' && set === undefined) return [NEVER];
    TOKEN.lastIndex = at;
    const [text = ''] = TOKEN.exec(pattern) ?? [];
    tokens.push(set?.takes ?? tokenOf(text));
    at = set?.end ?? at + text.length;
  }
  return tokens;
}

function tokenOf(text: string): Letter | '/' {
  if (text === '*') return text;
  if (text === '?') return () => true;
  // What escapes nothing takes nothing.
  if (text === '\\') return NEVER;
  const is = text.startsWith('\\') ? text.slice(1) : text;
  return is === '/' ? is : { is };
}

interface LetterSet {
  readonly takes: (letter: string) => boolean;
  /** Behind its bracket. */
  readonly end: number;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /(?![ -~])\p{ASCII}/u,
  digit: /\d/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t-\r]/,
  upper: /[A-Z]/,
  xdigit: /[\dA-Fa-f]/,
};

const PART = /\[:([^\]]{0,20}):\]|\\([^])|([^])/uy;

/** `[a-z]`, `[!…]`, `[[:alpha:]]`; undefined if it is never closed, or has a class that there is not. */
function readSet(pattern: string, start: number): LetterSet | undefined {
  const isNegated = /[!^]/.test(pattern[start + 1] ?? '');
  const first = start + (isNegated ? 2 : 1);
  const ranges: (readonly [string, string])[] = [];
  const classes: RegExp[] = [];
  let before: string | undefined;
  for (PART.lastIndex = first; ;) {
    const at = PART.lastIndex;
    const [, name, escaped, plain] = PART.exec(pattern) ?? [];
    if (name === undefined && escaped === undefined && plain === undefined) return undefined;
    if (plain === ']' && at > first) break;
    if (name !== undefined) {
      const known = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
      if (known === undefined) return undefined;
      classes.push(known);
      before = undefined;
      continue;
    }
    const next = pattern[PART.lastIndex];
    if (plain === '-' && before !== undefined && next !== undefined && next !== ']') {
      PART.lastIndex += next === '\\' ? 1 : 0;
      const end = String.fromCodePoint(pattern.codePointAt(PART.lastIndex) ?? 0);
      PART.lastIndex += end.length;
      ranges.push([before, end]);
      before = undefined;
    } else {
      before = escaped ?? plain ?? '';
      ranges.push([before, before]);
    }
  }
  const end = PART.lastIndex;
  const isIn = (letter: string): boolean =>
    ranges.some(([low, high]) => low <= letter && letter <= high) || classes.some(each => each.test(letter));
  return { takes: letter => isIn(letter) !== isNegated, end };
}
