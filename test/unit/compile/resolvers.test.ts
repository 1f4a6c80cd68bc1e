import { expect, test } from 'vitest';

import type { Resource } from '../../../src/resources/model.ts';
import { appOf, compiled, ingressOf, serviceOf } from '../../support/resources.ts';

const web = ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } });
const dns = (clusterIP: string): Resource => serviceOf('kube-system/kube-dns', ['53/UDP'], { clusterIP });
const ASSUMED = 'assumed-resolver: Services are looked up at 10.96.0.10, the usual address of the cluster DNS';

test.each<{
  name: string;
  given: readonly Resource[];
  flag?: readonly string[];
  resolvers: readonly string[];
  lines?: readonly string[];
}>([
  { name: 'needs none for addresses', given: appOf('web', '10.0.0.1'), resolvers: [] },
  { name: 'is assumed for names', given: [serviceOf('web')], resolvers: ['10.96.0.10'], lines: [ASSUMED] },
  { name: 'is that of the cluster', given: [serviceOf('web'), dns('10.43.0.10')], resolvers: ['10.43.0.10'] },
  { name: 'is that of the cluster in IPv6', given: [serviceOf('web'), dns('fd00::a')], resolvers: ['[fd00::a]'] },
  {
    name: 'is assumed if that has no address',
    given: [serviceOf('web'), dns('None')],
    resolvers: ['10.96.0.10'],
    lines: [ASSUMED],
  },
  {
    name: 'is what the flag says',
    given: [serviceOf('web'), dns('10.43.0.10')],
    flag: ['192.0.2.1', '[2001:db8::1]:5353'],
    resolvers: ['192.0.2.1', '[2001:db8::1]:5353'],
  },
])('the DNS server $name', ({ given, flag = [], resolvers, lines = [] }) => {
  const { routing, lines: said } = compiled([web, ...given], { resolvers: flag });
  expect(routing.resolvers).toEqual(resolvers);
  expect(said).toEqual(lines);
});
