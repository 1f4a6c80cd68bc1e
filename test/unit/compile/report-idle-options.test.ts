import { expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { neededOptions } from '../../../src/controller-config/needed.ts';
import { refusedOptions } from '../../../src/controller-config/refused.ts';
import { options } from '../../../src/controller-config/registry.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';

const RULE = 'option-without-effect: ';

test.each<{ name: string; data: Readonly<Record<string, string>>; lines?: readonly string[] }>([
  {
    name: 'one option without the other',
    data: { 'gzip-level': '5' },
    lines: [`${RULE}gzip-level has no effect without use-gzip`],
  },
  {
    name: 'several options without the same other, once',
    data: { 'gzip-level': '5', 'keep-alive': '10', 'gzip-types': 'text/css', 'gzip-min-length': '1' },
    lines: [`${RULE}gzip-level, gzip-types and gzip-min-length have no effect without use-gzip`],
  },
  {
    name: 'an option that needs one of three',
    data: { 'proxy-real-ip-cidr': '10.0.0.0/8' },
    lines: [
      `${RULE}proxy-real-ip-cidr has no effect without use-forwarded-headers, use-proxy-protocol or enable-real-ip`,
    ],
  },
  { name: 'nothing beside the other', data: { 'gzip-level': '5', 'use-gzip': 'true' } },
  { name: 'nothing to who has switched the other off', data: { 'gzip-level': '5', 'use-gzip': 'false' } },
  {
    name: 'nothing of a value that is wrong in itself',
    data: { 'gzip-level': 'high' },
    lines: ['invalid-option-value: gzip-level: "high" is not a whole number'],
  },
])('says $name', ({ data, lines = [] }) => {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([configMapOf('ingress-nginx/options', data)], report);
  readControllerConfig('ingress-nginx/options', cluster, report);
  expect(linesOf(diagnostics)).toEqual(lines);
});

test('what is needed are options that there are', () => {
  const names = [...neededOptions].flatMap(([name, needs]) => [name, ...needs]);
  expect(names.filter(name => !Object.hasOwn({ ...options, ...refusedOptions }, name))).toEqual([]);
});
