import { expect, test } from 'vitest';

import { customHeaders } from '../../../src/annotations/custom-headers.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';
import { runFamily } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const NAME = 'custom-headers';
const ALLOWED = 'global-allowed-response-headers';
const REFUSED = `refused-custom-headers: ${NAME}: ConfigMap shop/headers:`;

test.each<{
  name: string;
  data: Given;
  allowed?: string;
  headers?: Given;
  denied?: string;
  lines?: readonly string[];
}>([
  {
    name: 'are those of the ConfigMap',
    data: { 'X-Team': 'web $1 "x"', 'X-Frame-Options': 'DENY' },
    headers: { 'X-Frame-Options': 'DENY', 'X-Team': 'web $1 "x"' },
  },
  { name: 'are none of an empty ConfigMap', data: {} },
  { name: 'have each name once, the last one', data: { 'X-Team': 'a', 'x-team': 'b' }, headers: { 'x-team': 'b' } },
  {
    name: 'are only those that are allowed, letter by letter',
    data: { 'X-Other': 'a', 'X-TEAM': 'b' },
    denied: `a header of ${NAME} is not allowed`,
    lines: [
      `${REFUSED} X-Other is not one of the headers that ${ALLOWED} allows`,
      `${REFUSED} X-TEAM is not one of the headers that ${ALLOWED} allows`,
    ],
  },
  {
    name: 'are none where none is allowed',
    data: { 'X-Team': 'a' },
    allowed: '',
    denied: `a header of ${NAME} is not allowed`,
    lines: [`${REFUSED} X-Team is not one of the headers that ${ALLOWED} allows`],
  },
  {
    name: 'have names and values that stay in their line',
    data: { 'X Team': 'a', 'X-Team': 'a\r\nX-Evil: 1', 'x-team': '', 'X-Frame-Options': 'a'.repeat(3000) },
    denied: `a header of ${NAME} is not allowed`,
    lines: [
      `${REFUSED} "X Team" is not the name of a header`,
      `${REFUSED} X-Frame-Options is longer than 2048 characters`,
      `${REFUSED} X-Team is empty or has characters that are not allowed`,
      `${REFUSED} x-team is empty or has characters that are not allowed`,
    ],
  },
  {
    name: 'are not those that nginx makes',
    data: { ETag: 'x', 'X-Team': 'web' },
    headers: { 'X-Team': 'web' },
    lines: [`annotation-without-effect: ${NAME}: ConfigMap shop/headers: ETag has no effect: nginx makes it by itself`],
  },
])(
  'the headers of responses $name',
  ({ data, allowed = 'X-Team, x-team,X-Frame-Options,ETag', headers, denied, lines = [] }) => {
    const world = { resources: [configMapOf('shop/headers', data)], options: { [ALLOWED]: allowed } };
    const run = runFamily(customHeaders, { [NAME]: ' shop/headers' }, world);
    expect(run.denied).toBe(denied);
    expect(run.policy && Object.fromEntries(run.policy.headers.map(({ name, value }) => [name, value]))).toEqual(
      headers,
    );
    expect(linesOf(run.found)).toEqual(lines);
  },
);

test.each([
  { name: 'is none without a text', text: '', lines: [], denied: undefined },
  {
    name: 'closes the locations if it is missing',
    text: 'shop/other',
    lines: [`refused-custom-headers: ${NAME}: the ConfigMap shop/other is not in the input`],
    denied: `the ConfigMap of ${NAME} is missing`,
  },
  {
    name: 'needs its namespace',
    text: 'headers',
    lines: [`refused-custom-headers: ${NAME}: the ConfigMap headers is not in the input`],
    denied: `the ConfigMap of ${NAME} is missing`,
  },
  {
    name: 'is none with what is no name',
    text: 'shop/head"ers',
    lines: [`invalid-annotation-value: ${NAME}: "shop/head"ers" has characters that are not allowed here`],
    denied: undefined,
  },
])('the ConfigMap of headers $name', ({ text, lines, denied }) => {
  const run = runFamily(customHeaders, { [NAME]: text }, { resources: [configMapOf('shop/headers', {})] });
  expect(run.denied).toBe(denied);
  expect(run.policy).toBeUndefined();
  expect(linesOf(run.found)).toEqual(lines);
});

test('of headers in another namespace it takes what is allowed, as the controller does', () => {
  const world = { resources: [configMapOf('other/headers', { 'X-Team': 'web' })], options: { [ALLOWED]: 'X-Team' } };
  const { policy, found } = runFamily(customHeaders, { [NAME]: 'other/headers' }, world);
  expect(policy).toEqual({ headers: [{ name: 'X-Team', value: 'web' }] });
  expect(found).toEqual([]);
});
