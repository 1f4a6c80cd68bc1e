import type { Parsed, ValueType } from '../options/value-type.ts';
import { listOf } from '../options/value-type.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import { problemOfText } from '../routing/text.ts';
import type { TextTest } from '../routing/text-test.ts';

/** An entry as a key of nginx's map: `~` begins an expression, `~*` one for which the case does not count. */
function parseTest(entry: string): Parsed<TextTest> {
  const text = /^(["'])(.*)\1$/s.exec(entry)?.[2] ?? entry;
  const [, mark = '', regex = ''] = /^(~\*?)(.*)$/s.exec(text) ?? [];
  const problem = problemOfText(text);
  if (problem !== undefined) return { ok: false, problem };
  if (mark === '') return { ok: true, value: { kind: 'text', text } };
  const broken = regex === '' ? 'it is empty' : problemOfRegex(regex);
  if (broken === undefined) return { ok: true, value: { kind: 'regex', regex, isCaseSensitive: mark === '~' } };
  return { ok: false, problem: `is an invalid regular expression: ${broken}`, help: 'correct the expression' };
}

/** What the controller writes as the keys of a map. */
export const textTests: ValueType<readonly TextTest[]> = {
  ...listOf({ name: 'text or `~` with a regular expression', schema: {}, parse: parseTest }),
  name: 'list of texts and of `~` with a regular expression, separated by commas',
};

/** Each once: nginx refuses a second key for which only the case of ASCII letters differs. */
export function distinct(all: readonly TextTest[]): readonly TextTest[] {
  const keyOf = (test: TextTest): string =>
    test.kind === 'text' ? test.text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()) : `~${JSON.stringify(test)}`;
  return [...new Map(all.map(test => [keyOf(test), test])).values()];
}
