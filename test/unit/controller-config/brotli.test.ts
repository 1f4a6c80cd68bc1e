import { expect, test } from 'vitest';

import { brotli } from '../../../src/controller-config/brotli.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const ON = { 'enable-brotli': 'true', 'brotli-types': 'text/css' };
const PLAIN = { level: 4, minLength: 20, types: ['text/css'] };
const MISSING =
  'missing-nginx-module: enable-brotli: stock nginx has no module for Brotli: responses are not compressed with it';

test.each<{
  name: string;
  data: Readonly<Record<string, string>>;
  modules?: readonly ['brotli'];
  asks?: object;
  lines?: readonly string[];
}>([
  { name: 'is off by default', data: {}, modules: ['brotli'] },
  { name: 'has the defaults of the controller', data: ON, modules: ['brotli'], asks: PLAIN },
  {
    name: 'takes level and length',
    data: { ...ON, 'brotli-level': '11', 'brotli-min-length': '0' },
    modules: ['brotli'],
    asks: { ...PLAIN, level: 11, minLength: 0 },
  },
  {
    name: 'takes text/html by itself',
    data: { ...ON, 'brotli-types': 'text/html *' },
    modules: ['brotli'],
    asks: { ...PLAIN, types: ['*'] },
  },
  {
    name: 'keeps the default for a level that nginx does not have',
    data: { ...ON, 'brotli-level': '12' },
    modules: ['brotli'],
    asks: PLAIN,
    lines: ['invalid-option-value: brotli-level: "12" is not between 0 and 11'],
  },
  { name: 'is missed without the module', data: ON, lines: [MISSING] },
  { name: 'is not missed where nobody asks for it', data: { 'enable-brotli': 'false', 'brotli-level': '5' } },
])('Brotli $name', ({ data, modules = [], asks, lines = [] }) => {
  const { policy, found } = runOptions(brotli, data, [], modules);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
