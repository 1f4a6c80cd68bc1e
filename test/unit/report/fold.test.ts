import { Chalk } from 'chalk';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { causeOf, fold } from '../../../src/report/fold.ts';
import { foldedText } from '../../../src/report/folded.ts';
import { countRules, grouped, ruleCountsText } from '../../../src/report/rule-counts.ts';
import { foundAt, placeOf, RULE, withSeverity } from '../../support/formats/sample-report.ts';
import { growthOfWork, MOST_GROWTH } from '../../support/growth.ts';

const other = { ...RULE, id: 'I2N298', name: 'other-rule' } as const;
const many = (count: number, message: (index: number) => string, rest = {}) =>
  Array.from({ length: count }, (_, index) => foundAt(placeOf('a.yaml', index + 1), message(index), rest));

const missing = (index: number): string => `the Secret shop/tls-${index} is not in the input`;
const unknown = (name: string): string => `unknown annotation "${name}"`;

describe('findings', () => {
  test.each([
    { name: 'of one cause are cut to the first few', findings: many(6, missing), shown: 3, hidden: 3 },
    { name: 'are all there while they are few', findings: many(5, missing), shown: 5, hidden: 0 },
    {
      name: 'of several causes are cut each by itself',
      findings: [...many(6, missing), ...many(6, missing, { rule: other }), ...many(6, () => 'it is too large')],
      shown: 9,
      hidden: 9,
    },
    {
      name: 'of different severities are several causes',
      findings: [...many(4, missing), ...many(4, missing, withSeverity('error'))],
      shown: 8,
      hidden: 0,
    },
    {
      name: 'that quote different values are of one cause',
      findings: many(9, index => unknown(`a${index}`)),
      shown: 3,
      hidden: 6,
    },
  ])('$name', ({ findings, shown, hidden }) => {
    const folded = fold(findings);
    expect(folded.shown).toHaveLength(shown);
    expect([...folded.hidden.values()].reduce((sum, count) => sum + count, 0)).toBe(hidden);
  });

  test('with another wording are shown before those that say the same', () => {
    const { shown } = fold([...many(50, () => unknown('ssl-redirct')), ...many(1, () => unknown('rewrite-taget'))]);
    expect(shown.map(({ message }) => message)).toEqual([
      unknown('ssl-redirct'),
      unknown('rewrite-taget'),
      unknown('ssl-redirct'),
    ]);
  });

  test('of ten thousand, errors are shown first', () => {
    const causes = Array.from({ length: 30 }, (_, cause) =>
      many(300, () => `cause ${'abcdefghij'.repeat(3).slice(0, cause + 1)}`),
    );
    const { shown } = fold([...causes.flat(), ...many(1_000, missing, withSeverity('error'))]);
    expect(shown).toHaveLength(8);
    expect(shown[0]?.severity).toBe('error');
  });
});

const look = { style: new Chalk({ level: 0 }), columns: 80, isTerminal: true };

test('a folded report says how many more there are, how many each rule has, and how to see all', () => {
  const findings = [...many(1_204, missing), ...many(1, () => 'it is refused', { rule: other, severity: 'error' })];
  const text = foldedText({ ...fold(findings), counts: countRules(findings) }, look);
  expect(`\n${text}`.replaceAll(/^ +[\d ]+\|.*\n/gm, '')).toBe(`
a.yaml:1:5  error  I2N298 other-rule  Ingress shop/web: it is refused

a.yaml:1:5  warning  I2N299 sample-rule  Ingress shop/web: the Secret shop/tls-0
    is not in the input

a.yaml:2:5  warning  I2N299 sample-rule  Ingress shop/web: the Secret shop/tls-1
    is not in the input

a.yaml:3:5  warning  I2N299 sample-rule  Ingress shop/web: the Secret shop/tls-2
    is not in the input
    … and 1,201 more like this

RULE    NAME         SEVERITY  COUNT
I2N298  other-rule   error         1
I2N299  sample-rule  warning   1,204

4 of 1,205 findings shown; --verbose shows all, --format json has all
`);
});

test('many findings are counted, even if none is folded', () => {
  const findings = Array.from({ length: 31 }, (_, index) => foundAt(placeOf('a.yaml', 1), 'x'.repeat(index + 1)));
  const text = foldedText({ ...fold(findings), counts: countRules(findings) }, look);
  expect(text).toMatch(/^I2N299 {2}sample-rule {2}warning +31\n$/m);
});

test('few findings have no table', () => {
  const findings = many(2, missing);
  expect(foldedText({ ...fold(findings), counts: countRules(findings) }, look)).not.toContain('RULE');
  expect(foldedText({ ...fold([]), counts: [] }, look)).toBe('');
});

test('a table of many rules is cut', () => {
  const rules = Array.from({ length: 25 }, (_, index) => ({
    ...RULE,
    id: `I2N${300 + index}` as const,
    name: `rule-${index}`,
  }));
  const counts = countRules(rules.flatMap((rule, index) => many(index + 1, missing, { rule })));
  const lines = ruleCountsText(counts, look.style).trimEnd().split('\n');
  expect(lines).toHaveLength(22);
  expect(lines[1]).toMatch(/^I2N324 .* 25$/);
  expect(lines.at(-1)).toBe('… and 5 more rules with 15 findings');
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('%d is written as %s', (count, text) => {
  expect(grouped(count)).toBe(text);
});

describe('what findings share', () => {
  const share = (message: string): string => causeOf({ rule: RULE, severity: 'error', message });

  test('is the message without names and numbers, wherever they stand', () => {
    const part = fc.constantFrom('a', 'b1', '7', '*', '-', '.', '/', ' ', '"', 'ä', 'shop/web');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), parts => {
        const message = parts.join('');
        const named = message.replaceAll(/[\w*-]+(?:[./][\w*-]+)+|\d+/g, '*').replaceAll(/"[^"]*"/g, '""');
        expect(share(message)).toBe(`${RULE.id} error ${named}`);
      }),
      { numRuns: 1000 },
    );
  });

  test('takes as long as a word is', () => {
    expect(growthOfWork(size => 'a'.repeat(size), 20_000, share)).toBeLessThan(MOST_GROWTH);
  });
});
