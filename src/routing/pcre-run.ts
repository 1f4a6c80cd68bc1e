import type { RegexProgram } from './pcre-program.ts';
import { count, TooLong } from './pcre-search.ts';
import type { Search } from './pcre-search.ts';
import { advance, goBack } from './pcre-steps.ts';
import type { Cursor } from './pcre-steps.ts';

/** Where an expression was found, and its groups: bytes as text, the whole match first. */
export interface PcreMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/**
 * Steps before a search is given up. nginx gives up as well, after ten million of its own kind, and answers 500; what
 * comes to so many here is nothing that anybody wants to wait for.
 */
const MOST_STEPS = 500_000;

function matchAt({ steps }: RegexProgram, search: Search, start: number): number {
  const cursor: Cursor = { step: 0, at: start };
  for (;;) {
    const instruction = steps[cursor.step];
    if (instruction === undefined || instruction.op === 'found') return cursor.at;
    count(search, 1);
    if (!advance(search, instruction, cursor) && !goBack(search, steps, cursor)) return -1;
  }
}

function groupsOf({ text, groups }: Search): readonly (string | undefined)[] {
  return Array.from({ length: groups.length / 2 }, (_, group) => {
    const [begin = -1, end = -1] = [groups[2 * group], groups[2 * group + 1]];
    return begin < 0 ? undefined : text.slice(begin, end);
  });
}

/** Looks for an expression in a text, a byte for each character, from its begin on; `unclear` if that takes too long. */
export function runProgram(
  program: RegexProgram,
  text: string,
  isAnchored: boolean,
): PcreMatch | undefined | 'unclear' {
  const slots = new Int32Array(program.slots);
  const groups = new Int32Array(2 * (program.groups + 1)).fill(-1);
  const search: Search = { text, slots, groups, ways: [], left: MOST_STEPS };
  try {
    for (let start = 0; start <= (isAnchored ? 0 : text.length); start += 1) {
      const end = matchAt(program, search, start);
      if (end < 0) continue;
      groups[0] = start;
      groups[1] = end;
      return { start, end, groups: groupsOf(search) };
    }
    return undefined;
  } catch (error) {
    if (error instanceof TooLong) return 'unclear';
    throw error;
  }
}
