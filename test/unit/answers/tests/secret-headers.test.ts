import { expect, test } from 'vitest';

import { compareLive } from '../../../../src/answers/tests/compare-live.ts';
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
  expect(withoutSecrets(result, SENT.slice(2, 3))).toEqual(result);
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

test('values of parameters that may let somebody in are not shown, wherever a URL stands', () => {
  const url = 'GET https://a.example/?id=7&access_token=geheim&X-Amz-Signature=abc#a';
  const result: TestResult = {
    name: url,
    at: { file: 'a.yaml', line: 1, column: 1 },
    request: url,
    outcome: 'failed',
    mismatches: [{ field: 'location', expected: '/?key=geheim', got: '/?keyword=a&author=b' }],
    answer: `nginx answers 308 with Location ${url.slice(4)} (HTTPS alone)`,
    advice: [],
    notSeen: [],
  };
  const shown = 'GET https://a.example/?id=7&access_token=(not shown)&X-Amz-Signature=(not shown)#a';
  expect(withoutSecrets(result, [])).toMatchObject({
    name: shown,
    request: shown,
    mismatches: [{ expected: '/?key=(not shown)', got: '/?keyword=a&author=b' }],
    answer: `nginx answers 308 with Location ${shown.slice(4)} (HTTPS alone)`,
  });
});

test.each([
  ['quotes', String.raw`ge"he\im`, String.raw`got ge"he\im`, '"got (not shown)"'],
  ['a cut', 'geheim-geheim', `${'a'.repeat(195)}geheim-geheim`, `"${'a'.repeat(195)}(not …"`],
])('a secret in a body is not shown, whatever %s do to it', (_what, value, body, got) => {
  const { request } = explanationOf();
  const asked = { ...request, headers: [{ name: 'X-Api-Key', value }] };
  const test = { name: 'a', request: asked, follows: false, expected: { live: { body: 'hello' } } };
  const answer = { kind: 'answer', status: 200, headers: [], body } as const;
  expect(compareLive(test, answer).mismatches.map(each => each.got)).toEqual([got]);
});
