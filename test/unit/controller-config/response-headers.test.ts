import { expect, test } from 'vitest';

import { responseHeaders } from '../../../src/controller-config/response-headers.ts';
import type { ResponseHeaders } from '../../../src/routing/policies/response-headers.ts';
import { runOptions } from '../../support/annotations.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;

const ADD = 'add-headers';
const HIDE = 'hide-headers';
const NAMED = { [ADD]: 'shop/headers' };
const NONE: ResponseHeaders = { headers: [], hidden: [], showsVersion: false, passesServer: false };

test.each<{
  name: string;
  options?: Given;
  data?: Given;
  asks?: Partial<ResponseHeaders>;
  lines?: readonly string[];
}>([
  { name: 'are none without a word of anybody', options: {} },
  {
    name: 'are those of the ConfigMap, sorted, with variables',
    data: { 'X-B': '$request_id', 'X-A': 'DENY' },
    asks: {
      headers: [
        { name: 'X-A', value: [{ text: 'DENY' }] },
        { name: 'X-B', value: [{ variable: 'request_id' }] },
      ],
    },
  },
  { name: 'are taken away by an empty value', data: { 'X-A': '' }, asks: { hidden: ['X-A'] } },
  {
    name: 'are left out where they cannot be sent',
    data: { 'X-A': '$no_such', 'X-B': 'b' },
    asks: { headers: [{ name: 'X-B', value: [{ text: 'b' }] }] },
    lines: [`refused-header: ${ADD}: X-A has $no_such, which is not a variable of nginx`],
  },
  {
    name: 'are not those that nginx makes itself',
    data: { 'content-type': 'text/plain', Server: '' },
    lines: ['Server', 'content-type'].map(
      name => `option-without-effect: ${ADD}: ${name} has no effect: nginx makes it by itself`,
    ),
  },
  {
    name: 'are none where the ConfigMap is missing',
    options: NAMED,
    lines: [`missing-headers: ${ADD}: the ConfigMap shop/headers is not in the input`],
  },
  {
    name: 'of backends can be hidden, each once',
    options: { [HIDE]: ' X-A, x-a ,,X_B' },
    asks: { hidden: ['x-a', 'X_B'] },
  },
  {
    name: 'of backends are hidden, but those that no header is called',
    options: { [HIDE]: 'X-A,X B;{,X-C' },
    asks: { hidden: ['X-A', 'X-C'] },
    lines: [`invalid-option-value: ${HIDE}: "X-A,X B;{,X-C" has "X B;{", which is not the name of a header`],
  },
  {
    name: 'can name the version, or what the backend is',
    options: { 'server-tokens': 'true', 'allow-backend-server-header': 'true' },
    asks: { showsVersion: true, passesServer: true },
  },
  {
    name: 'do not name the backend without server-tokens',
    options: { 'allow-backend-server-header': 'true' },
    lines: ['option-without-effect: allow-backend-server-header has no effect without server-tokens'],
  },
])('headers of all responses $name', ({ options = NAMED, data, asks = {}, lines = [] }) => {
  const { policy, found } = runOptions(
    responseHeaders,
    options,
    data === undefined ? [] : [configMapOf('shop/headers', data)],
  );
  expect(policy).toEqual({ ...NONE, ...asks });
  expect(linesOf(found)).toEqual(lines);
});
