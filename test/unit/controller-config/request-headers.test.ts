import { expect, test } from 'vitest';

import { requestHeaders } from '../../../src/controller-config/request-headers.ts';
import type { RequestHeaders } from '../../../src/routing/policies/request-headers.ts';
import { runOptions } from '../../support/annotations.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;

const SET = 'proxy-set-headers';
const NAMED = { [SET]: 'shop/headers' };
const NONE: RequestHeaders = { headers: [], generatesId: true, hasOriginalUri: false };
const DOLLAR = 'which is not a variable of nginx';

test.each<{
  name: string;
  options?: Given;
  /** Of the ConfigMap shop/headers; undefined where there is none. */
  data?: Given;
  asks?: Partial<RequestHeaders>;
  lines?: readonly string[];
}>([
  { name: 'are none without a word of anybody', options: {} },
  { name: 'are none with an empty name', options: { [SET]: '' } },
  {
    name: 'are those of the ConfigMap, sorted',
    data: { 'X-B': 'a "b"; c', 'X-A': 'test', 'x.y': '' },
    asks: {
      headers: [
        { name: 'X-A', value: [{ text: 'test' }] },
        { name: 'X-B', value: [{ text: 'a "b"; c' }] },
        { name: 'x.y', value: [] },
      ],
    },
  },
  {
    name: 'have each name once, the last one',
    data: { 'X-A': 'a', 'x-a': 'b' },
    asks: { headers: [{ name: 'x-a', value: [{ text: 'b' }] }] },
  },
  {
    name: 'may have variables of nginx and of the controller',
    data: { 'X-A': '${host}-$REQUEST_ID', 'X-B': '$namespace/$ingress_name', 'X-C': 'US${literal_dollar}5' },
    asks: {
      headers: [
        { name: 'X-A', value: [{ variable: 'host' }, { text: '-' }, { variable: 'REQUEST_ID' }] },
        { name: 'X-B', value: [{ ofController: 'namespace' }, { text: '/' }, { ofController: 'ingress_name' }] },
        { name: 'X-C', value: [{ text: 'US' }, { text: '$' }, { text: '5' }] },
      ],
    },
  },
  ...[
    { what: 'variables that nothing has', value: '$no_such', says: `has $no_such, ${DOLLAR}` },
    { what: 'groups of an expression', value: 'a $1', says: `has $1, ${DOLLAR}` },
    { what: 'a dollar without a name', value: 'US$ 5', says: 'has a $ without the name of a variable' },
    { what: 'a brace that is not closed', value: '${host', says: 'has a $ without the name of a variable' },
    { what: 'a line end', value: 'a\nX-Evil: b', says: 'has a line end, which would end the header' },
    { what: 'a line end after it', value: 'a\n', says: 'has a line end, which would end the header' },
    { what: 'a control character', value: 'a\u0007', says: 'has a control character (code 7) at position 2' },
    { what: 'decoded text of clients', value: '$uri', says: 'has $uri, in which clients could put further headers' },
    { what: 'more text than anybody needs', value: 'x'.repeat(2049), says: 'is longer than 2048 characters' },
    {
      what: 'more variables than fit in a word',
      value: '$a'.repeat(1024),
      says: 'is longer than the 4094 bytes that nginx allows',
    },
  ].map(({ what, value, says }) => ({
    name: `send nothing in place of ${what}`,
    data: { 'X-A': value },
    asks: { headers: [{ name: 'X-A', value: [] }] },
    lines: [`refused-header: ${SET}: X-A ${says}`],
  })),
  {
    name: 'do not tell where the request ends',
    data: { 'content-length': '5', 'Transfer-Encoding': 'x' },
    asks: {
      headers: [
        { name: 'Transfer-Encoding', value: [] },
        { name: 'content-length', value: [] },
      ],
    },
    lines: ['Transfer-Encoding', 'content-length'].map(
      name => `refused-header: ${SET}: ${name} would tell the backend a wrong end of the request`,
    ),
  },
  {
    name: 'are none where the ConfigMap is missing',
    options: NAMED,
    lines: [`missing-headers: ${SET}: the ConfigMap shop/headers is not in the input`],
  },
  {
    name: 'are none of a name without a namespace',
    options: { [SET]: 'headers' },
    data: { 'X-A': 'a' },
    lines: [`invalid-option-value: ${SET}: "headers" is not \`namespace/name\` of a ConfigMap`],
  },
  {
    name: 'can do without an id',
    options: { 'generate-request-id': 'false', 'proxy-add-original-uri-header': 'true' },
    asks: { generatesId: false, hasOriginalUri: true },
  },
])('headers of all requests $name', ({ options = NAMED, data, asks = {}, lines = [] }) => {
  const { policy, found } = runOptions(
    requestHeaders,
    options,
    data === undefined ? [] : [configMapOf('shop/headers', data)],
  );
  expect(policy).toEqual({ ...NONE, ...asks });
  expect(linesOf(found)).toEqual(lines);
});
