import type { Parsed, ValueType } from '../options/value-type.ts';
import { readRegex } from '../routing/pcre.ts';
import type { Replacement } from '../routing/policies/replacement.ts';

/** More than anybody needs, and less than half of what nginx takes as one word. */
const LONGEST = 1024;

/**
 * What nginx replaces at the begin of a text, or by an expression after `~`.
 *
 * @param allowed the characters that the controller lets pass, as a class of an expression
 */
export function replacement(allowed: string): ValueType<Replacement | 'off'> {
  const two = new RegExp(`^([${allowed}]+)[ \\t]+([${allowed}]+)$`);
  const help = 'write what is replaced, a blank, and what replaces it; or "off"';
  return {
    name: '`off`, or two words',
    schema: { pattern: `^(off|[${allowed}]+ +[${allowed}]+)$` },
    parse(text): Parsed<Replacement | 'off'> {
      if (text === 'off') return { ok: true, value: 'off' };
      if (text.length > LONGEST) return { ok: false, problem: `is longer than ${LONGEST} characters`, help };
      const [, from, to] = two.exec(text) ?? [];
      if (from === undefined || to === undefined) return { ok: false, problem: 'is not two words', help };
      const problem = problemOfPattern(from);
      return problem === undefined ? { ok: true, value: { from, to } } : { ok: false, problem, help };
    },
  };
}

/** Why nginx does not take what begins with a tilde as an expression; undefined if it does. */
export function problemOfPattern(from: string): string | undefined {
  if (!from.startsWith('~')) return undefined;
  const { problem } = readRegex(from.slice(1));
  return problem === undefined ? undefined : 'begins with an expression that nginx does not take';
}

/** The text of a value, so that equal ones are told. */
export function replacementText(value: Replacement | 'off'): string {
  return value === 'off' ? value : `${value.from} ${value.to}`;
}
