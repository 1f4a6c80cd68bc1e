import { expect, test } from 'vitest';

import { geoip2 } from '../../../src/controller-config/geoip2.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const ON = { 'use-geoip2': 'true' };

test.each<{
  name: string;
  data: Readonly<Record<string, string>>;
  modules?: readonly ['geoip2'];
  asks?: object;
  lines?: readonly string[];
}>([
  { name: 'is off by default', data: {}, modules: ['geoip2'] },
  { name: 'never reads its databases again by default', data: ON, modules: ['geoip2'], asks: { reloadMinutes: 0 } },
  {
    name: 'reads its databases again',
    data: { ...ON, 'geoip2-autoreload-in-minutes': '60' },
    modules: ['geoip2'],
    asks: { reloadMinutes: 60 },
  },
  {
    name: 'takes no time with a unit',
    data: { ...ON, 'geoip2-autoreload-in-minutes': '1h' },
    modules: ['geoip2'],
    asks: { reloadMinutes: 0 },
    lines: ['invalid-option-value: geoip2-autoreload-in-minutes: "1h" is not a whole number'],
  },
  {
    name: 'is missed without the module',
    data: ON,
    lines: [
      'missing-nginx-module: use-geoip2: stock nginx has no module for GeoIP2: there are no variables that say where clients are',
    ],
  },
])('GeoIP2 $name', ({ data, modules = [], asks, lines = [] }) => {
  const { policy, found } = runOptions(geoip2, data, [], modules);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
