import { expect, test } from 'vitest';

import { compareAnswer } from '../../../../src/answers/tests/compare.ts';
import type { TestResult } from '../../../../src/answers/tests/results.ts';
import { withoutSecrets } from '../../../../src/answers/tests/secret-headers.ts';
import { choiceOf, explanationOf } from './explanations.ts';

const SENT = [
  { name: 'Authorization', value: 'Bearer geheim' },
  { name: 'X-Api-Key', value: 'geheim2' },
  { name: 'X-Team', value: 'shop' },
  { name: 'Cookie', value: 'canary=always; session=geheim3' },
];

test('no text of a result holds what the request sends to be let in', () => {
  const text = 'Bearer geheim, geheim, geheim2, geheim3, always, shop';
  const shown = '(not shown), (not shown), (not shown), (not shown), always, shop';
  const result: TestResult = {
    name: 'a',
    at: { file: 'a.yaml', line: 1, column: 1 },
    request: 'GET http://a.example/',
    outcome: 'failed',
    mismatches: [{ field: 'uri', expected: text, got: text }],
    answer: text,
    wrongStep: { name: 'redirect', verdict: 'answered', text, details: [text], causes: [] },
    advice: [text],
    notSeen: [],
  };
  expect(withoutSecrets(result, SENT)).toMatchObject({
    mismatches: [{ expected: shown, got: shown }],
    answer: shown,
    wrongStep: { text: shown, details: [shown] },
    advice: [shown],
  });
  expect(withoutSecrets(result, SENT.slice(2, 3))).toBe(result);
});

test('values of secret headers are compared, and not shown', () => {
  const sent = explanationOf();
  const explanation = {
    ...sent,
    request: { ...sent.request, headers: SENT },
    outcome: {
      kind: 'backend',
      choices: [choiceOf('shop/web:80', { headers: [{ name: 'X-Copy', value: 'Bearer geheim' }] })],
    },
  } as const;
  const headers = ['Authorization', 'X-Copy', 'X-Team'].map(name => ({ name, value: 'other' }));
  const texts = compareAnswer({ headers }, explanation).mismatches.map(({ expected, got }) => `${expected} / ${got}`);
  expect(texts).toEqual([
    'the value of the test (not shown) / a value that is not shown',
    '"other" / a value that is not shown',
    '"other" / "shop"',
  ]);
});
