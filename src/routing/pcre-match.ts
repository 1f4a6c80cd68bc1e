import { bytesOf } from './bytes.ts';
import { parseRegex } from './pcre-parser.ts';
import { programOf } from './pcre-program.ts';
import type { RegexProgram } from './pcre-program.ts';
import { runProgram } from './pcre-run.ts';
import type { PcreMatch } from './pcre-run.ts';
import { isAnchored, UnclearRegex } from './pcre-tree.ts';

export type { PcreMatch } from './pcre-run.ts';

export interface PcreOptions {
  /** As nginx takes the expressions of `location ~*`; `(?i)` in an expression needs no option. */
  readonly isCaseless: boolean;
}

/** An expression that is ready to be looked for. */
export interface Pcre {
  /**
   * Looks for the expression in bytes, a character for each (`bytesOf`). `undefined`: it is not there. `unclear`: the
   * expression has something that is not understood here, or takes too long.
   */
  readonly match: (subject: string) => PcreMatch | undefined | 'unclear';
  /** The numbers of the groups that have a name; empty if it is not understood. */
  readonly names: ReadonlyMap<string, number>;
}

const lowerCase = (text: string): string => text.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase());

/** What all texts begin with that an expression without alternatives of its own fits. */
const PREFIX = /^\^([^\\^$.[\](){}|*+?]*)(?![*+?{])/;
/** Brackets and backslashes within a class are rare. */
const CLASS = /\[\^?\]?[^[\]\\]*\]/g;

/** Whether an expression may have alternatives outside of all groups. */
function mayHaveBranches(pattern: string): boolean {
  if (!pattern.includes('|')) return false;
  if (pattern.includes('(?#')) return true;
  const plain = pattern.replaceAll(/\\[^]/g, '').replaceAll(CLASS, '');
  if (plain.includes('[')) return true;
  let depth = 0;
  for (const character of plain) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}

/** In lower case; empty if there is none, or if it is not clear. */
function surePrefix(pattern: string): string {
  const [, prefix = ''] = PREFIX.exec(pattern) ?? [];
  return prefix === '' || mayHaveBranches(pattern) ? '' : lowerCase(prefix);
}

interface Ready {
  readonly program: RegexProgram;
  readonly isAnchored: boolean;
  readonly names: ReadonlyMap<string, number>;
}

const NO_NAMES: ReadonlyMap<string, number> = new Map();

function prepare(pattern: string, { isCaseless }: PcreOptions): Ready | 'unclear' {
  try {
    const { tree, groups, names } = parseRegex(bytesOf(pattern), isCaseless);
    return { program: programOf(tree, groups), isAnchored: isAnchored(tree), names };
  } catch (error) {
    if (error instanceof UnclearRegex) return 'unclear';
    throw error;
  }
}

function makePcre(pattern: string, options: PcreOptions): Pcre {
  const prefix = bytesOf(surePrefix(pattern));
  let ready: Ready | 'unclear' | undefined;
  const prepared = (): Ready | 'unclear' => (ready ??= prepare(pattern, options));
  return {
    match(subject) {
      // Most expressions of a host end here, and need not even be read.
      if (prefix !== '' && !lowerCase(subject.slice(0, prefix.length)).startsWith(prefix)) return undefined;
      const made = prepared();
      return made === 'unclear' ? made : runProgram(made.program, subject, made.isAnchored);
    },
    get names() {
      const made = prepared();
      return made === 'unclear' ? NO_NAMES : made.names;
    },
  };
}

/** Expressions that have been asked for, those in which the case does not count apart. */
const known = { caseless: new Map<string, Pcre>(), plain: new Map<string, Pcre>() };
/** A program that runs for long must not keep all that it has ever seen. */
const MOST_KNOWN = 50_000;

/** An expression as nginx on Debian reads it (PCRE2 10.42, bytes without UTF); the same object for the same one. */
export function compilePcre(pattern: string, options: PcreOptions): Pcre {
  const memory = options.isCaseless ? known.caseless : known.plain;
  const before = memory.get(pattern);
  if (before !== undefined) return before;
  if (memory.size >= MOST_KNOWN) memory.clear();
  const made = makePcre(pattern, options);
  memory.set(pattern, made);
  return made;
}
