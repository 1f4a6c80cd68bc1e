import { expect, test } from 'vitest';

import { readAnswer } from '../../../../src/live/kubectl/answer.ts';
import { plainWords } from '../../../../src/live/kubectl/stderr.ts';

const FORBIDDEN = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'ingresses is forbidden: User "dev" cannot list',
  reason: 'Forbidden',
  code: 403,
};

test.each([
  { name: 'a value', code: 200, text: '{"a":1}', answer: { kind: 'ok', value: { a: 1 } } },
  { name: 'null', code: 200, text: 'null', answer: { kind: 'ok', value: null } },
  {
    name: 'what is not JSON',
    code: 200,
    text: '<html>',
    answer: { kind: 'unreachable', problem: 'the answer is not JSON' },
  },
  {
    name: 'a Status object',
    code: 403,
    text: JSON.stringify(FORBIDDEN),
    answer: { kind: 'refused', code: 403, reason: 'Forbidden', message: FORBIDDEN.message },
  },
  {
    name: 'a 500 of the server',
    code: 500,
    text: JSON.stringify({ ...FORBIDDEN, message: 'boom\nstack', reason: 'InternalError' }),
    answer: { kind: 'refused', code: 500, reason: 'InternalError', message: 'boom' },
  },
  {
    name: 'a 500 of kubectl',
    code: 500,
    text: 'dial tcp 127.0.0.1:1: connect: connection refused\n',
    answer: { kind: 'unreachable', problem: 'dial tcp 127.0.0.1:1: connect: connection refused' },
  },
  {
    name: 'a balancer without a server',
    code: 503,
    text: '',
    answer: { kind: 'refused', code: 503, reason: '', message: 'the API server answered 503' },
  },
  {
    name: 'a long page',
    code: 502,
    text: 'x'.repeat(10_000),
    answer: { kind: 'refused', code: 502, reason: '', message: `${'x'.repeat(500)}…` },
  },
])('reads $name', ({ code, text, answer }) => {
  expect(readAnswer({ code, text, retryAfter: undefined })).toEqual(answer);
});

test.each([
  { retryAfter: '7', least: 7_000, most: 7_000 },
  { retryAfter: new Date(Date.now() + 60_000).toUTCString(), least: 50_000, most: 60_000 },
  { retryAfter: new Date(Date.now() - 60_000).toUTCString(), least: 0, most: 0 },
])('knows how long to wait: $retryAfter', ({ retryAfter, least, most }) => {
  const answer = readAnswer({ code: 429, text: '', retryAfter });
  const waitMs = answer.kind === 'refused' ? (answer.retryAfterMs ?? Number.NaN) : Number.NaN;
  expect(waitMs).toBeGreaterThanOrEqual(least);
  expect(waitMs).toBeLessThanOrEqual(most);
});

test('does not wait for what cannot be read', () => {
  expect(readAnswer({ code: 429, text: '', retryAfter: 'soon' })).not.toHaveProperty('retryAfterMs');
});

test.each([
  { line: 'error: context "nope" does not exist', words: 'context "nope" does not exist' },
  { line: 'Warning: extensions/v1beta1 Ingress is deprecated', words: undefined },
  { line: 'WARNING: version difference between client and server', words: undefined },
  { line: 'E1124 05:35:46.505091   32515 memcache.go:265] "Unhandled Error" err=…', words: undefined },
  { line: 'I0101 00:00:00.000000  1 proxy_server.go:1] x', words: undefined },
  { line: '', words: undefined },
])('takes from kubectl: $line', ({ line, words }) => {
  expect(plainWords(line)).toBe(words);
});
