import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { listOf } from '../options/value-type.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import type { HeaderTest } from '../routing/policies/blocked.ts';
import { problemOfText } from '../routing/text.ts';

type Tests = readonly HeaderTest[] | 'everybody';

/** An entry as a key of nginx's map: `~` begins an expression, `~*` one for which the case does not count. */
function parseTest(entry: string): Parsed<HeaderTest> {
  const text = /^(["'])(.*)\1$/s.exec(entry)?.[2] ?? entry;
  const [, mark = '', regex = ''] = /^(~\*?)(.*)$/s.exec(text) ?? [];
  const problem = problemOfText(text);
  if (problem !== undefined) return { ok: false, problem };
  if (mark === '') return { ok: true, value: { kind: 'text', text } };
  const broken = regex === '' ? 'it is empty' : problemOfRegex(regex);
  if (broken === undefined) return { ok: true, value: { kind: 'regex', regex, isCaseSensitive: mark === '~' } };
  return { ok: false, problem: `is an invalid regular expression: ${broken}`, help: 'correct the expression' };
}

const tests: ValueType<readonly HeaderTest[]> = {
  ...listOf({ name: 'text or `~` with a regular expression', schema: {}, parse: parseTest }),
  name: 'list of texts and of `~` with a regular expression, separated by commas',
};

/** Each once: nginx refuses a second key for which only the case of ASCII letters differs. */
function distinct(all: readonly HeaderTest[]): readonly HeaderTest[] {
  const keyOf = (test: HeaderTest): string =>
    test.kind === 'text' ? test.text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()) : `~${JSON.stringify(test)}`;
  return [...new Map(all.map(test => [keyOf(test), test])).values()];
}

/**
 * Who is kept out of all hosts by the headers of the request.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, block_ua and block_ref.
 */
export const blocked = defineFamily({
  name: 'blocked',
  annotations: {},
  options: {
    'block-user-agents': {
      type: tests,
      default: [],
      ifRefused: 'everybody',
      example: 'BadBot,~*curl',
      summary: 'Keeps out (403) requests with these User-Agent headers, on all hosts.',
      becomes: 'map, return 403',
    } satisfies OptionSpec<Tests>,
    'block-referers': {
      type: tests,
      default: [],
      ifRefused: 'everybody',
      example: '~*spam\\.example',
      summary: 'Keeps out (403) requests with these Referer headers, on all hosts.',
      becomes: 'map, return 403',
    } satisfies OptionSpec<Tests>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const { 'block-user-agents': userAgents, 'block-referers': referers } = options;
      if (userAgents === 'everybody' || referers === 'everybody')
        return { userAgents: [], referers: [], isEverybody: true };
      if (userAgents.length + referers.length === 0) return undefined;
      return { userAgents: distinct(userAgents), referers: distinct(referers), isEverybody: false };
    },
  },
});
