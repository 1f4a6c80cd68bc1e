import { readRegex } from '../routing/pcre.ts';

const MAY_HAVE_NAMES = /\(\?(?:P?<\w|')/;
const NONE: ReadonlyMap<string, number> = new Map();

/**
 * An expression without names of groups, of which nginx would make variables that hold for all of a request; and the
 * numbers of the groups, by name.
 */
export function withoutNames(expression: string): {
  readonly text: string;
  readonly names: ReadonlyMap<string, number>;
} {
  if (!MAY_HAVE_NAMES.test(expression)) return { text: expression, names: NONE };
  const { problem, text, names } = readRegex(expression);
  if (problem !== undefined) throw new Error(`not an expression: ${JSON.stringify(expression)}: ${problem}`);
  return { text, names };
}
