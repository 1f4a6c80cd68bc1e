import { expect, test } from 'vitest';

import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { processes } from '../../../src/controller-config/processes.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';

const DEFAULTS = { workers: undefined, affinity: [], connections: 2048, openFiles: 4096, acceptsMany: false };

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'one for each processor', data: {} },
  { name: 'the same with auto', data: { 'worker-processes': 'auto' } },
  { name: 'as many as asked', data: { 'worker-processes': '4' }, asks: { workers: 4 } },
  {
    name: 'on their processors',
    data: { 'worker-cpu-affinity': ' 0001  0010 ' },
    asks: { affinity: ['0001', '0010'] },
  },
  {
    name: 'with as many files as their connections need',
    data: { 'max-worker-connections': '16384' },
    asks: { connections: 16_384, openFiles: 17_408 },
  },
  {
    name: 'with as many connections as their files allow',
    data: { 'max-worker-connections': '0', 'max-worker-open-files': '65536' },
    asks: { connections: 49_152, openFiles: 65_536 },
  },
  { name: 'with both as usual', data: { 'max-worker-connections': '0' }, asks: { connections: 3072 } },
  { name: 'that take all at once', data: { 'enable-multi-accept': 'true' }, asks: { acceptsMany: true } },
  {
    name: 'as usual with a number that is none',
    data: { 'worker-processes': '0' },
    lines: [`invalid-option-value: worker-processes: "0" is not between 1 and 1024`],
  },
  {
    name: 'as usual with a word that leaves its directive',
    data: { 'worker-processes': '2; user root' },
    lines: [`invalid-option-value: worker-processes: "2; user root" is not a whole number`],
  },
  {
    name: 'as usual with too few connections for nginx',
    data: { 'max-worker-connections': '8' },
    lines: [`invalid-option-value: max-worker-connections: "8" is too few: nginx needs some itself`],
  },
  {
    name: 'as usual with a list of processors',
    data: { 'worker-cpu-affinity': '0-3' },
    lines: [`invalid-option-value: worker-cpu-affinity: "0-3" is not a list of masks of processors`],
  },
])('workers are $name', ({ data, asks = {}, lines = [] }) => {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([configMapOf('ingress-nginx/options', data)], report);
  const config = readControllerConfig('ingress-nginx/options', cluster, report);
  expect(
    plannerOf([processes]).main({ config, tables: cluster, report, keep: ({ id }) => id }).processes?.asks,
  ).toEqual({
    ...DEFAULTS,
    ...asks,
  });
  expect(linesOf(diagnostics)).toEqual(lines);
});
