import { expect, test } from 'vitest';

import { compileUnits } from '../../../src/jobs/compile-units.ts';
import type { Loaded } from '../../../src/jobs/loaded.ts';
import { createJobMemory } from '../../../src/jobs/memory.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const WEB = readUnit({
  name: 'web.yaml',
  text: yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]),
});
const MISTAKE = yamlOf([
  ingress({
    host: 'shop.example.com',
    annotations: { 'rewrite-target': '/$2' },
    paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
  }),
]);
const COMMENT = '# ingress2nginx-disable-file missing-group\n';

/** What is reported and suppressed. */
function rulesOf({ diagnostics, suppressed }: Loaded) {
  return [diagnostics.map(({ rule }) => rule.name), suppressed.map(({ found }) => found.rule.name)];
}

test('a comment that comes and goes counts at once, as in a single run', () => {
  const memory = createJobMemory();
  const seen = [MISTAKE, COMMENT + MISTAKE, MISTAKE].map(text => {
    const input = { units: [WEB, readUnit({ name: 'shop.yaml', text })], files: 2 };
    const watched = rulesOf(compileUnits(input, SETTINGS, [], memory));
    expect(watched).toEqual(rulesOf(compileUnits(input, SETTINGS)));
    return watched;
  });
  expect(seen).toEqual([
    [['missing-group'], []],
    [[], ['missing-group']],
    [['missing-group'], []],
  ]);
});
