import { expect, test } from 'vitest';

import { besideBaseline, outdatedFinding } from '../../../src/findings/baseline.ts';
import type { Baseline } from '../../../src/findings/baseline-file.ts';
import type { Fingerprinted } from '../../../src/findings/fingerprint.ts';
import type { Levels } from '../../../src/findings/levels.ts';
import { USUAL_LEVELS } from '../../../src/findings/levels.ts';
import { brokenYaml } from '../../../src/manifests/rules/syntax.ts';
import { missingGroup } from '../../../src/lint/rules/rewrite.ts';

function found(fingerprint: string, rule: Fingerprinted['rule'] = missingGroup): Fingerprinted {
  return { rule, severity: rule.severity, message: 'm', fingerprint };
}

function baseline(...fingerprints: readonly string[]): Baseline {
  const entries = fingerprints.map((fingerprint, index) => ({
    fingerprint,
    rule: missingGroup.id,
    name: missingGroup.name,
    object: `Ingress shop/${fingerprint}`,
    file: `${fingerprint}.yaml`,
    message: 'm',
    at: { file: 'baseline.json', line: index + 4, column: 5 },
  }));
  return { file: 'baseline.json', entries };
}

test('what a baseline has is known, what it has beyond that is outdated', () => {
  const { fresh, known, outdated } = besideBaseline([found('a'), found('b')], baseline('b', 'c'));
  const names = [fresh, known, outdated].map(list => list.map(({ fingerprint }) => fingerprint));
  expect(names).toEqual([['a'], ['b'], ['c']]);
});

test('a baseline cannot hide what was not read', () => {
  expect(besideBaseline([found('a', brokenYaml)], baseline('a')).fresh).toHaveLength(1);
});

const KNOWN = { levels: USUAL_LEVELS, isKnown: () => true };

test('entries that match nothing are one finding, where the first of them stands', () => {
  const all = baseline('a', 'b', 'c', 'd', 'e');
  expect(outdatedFinding(all, all.entries.slice(1), KNOWN)).toMatchObject({
    message:
      '4 of 5 entries of the baseline match no finding any more: missing-group of Ingress shop/b, missing-group of Ingress shop/c, missing-group of Ingress shop/d and 1 more',
    help: 'write it again: --write-baseline baseline.json',
    at: { file: 'baseline.json', line: 5, column: 5 },
  });
});

const OFF: Levels = { byRule: new Map([['I2N225', 'off']]) };
const ONLY: Levels = { byRule: new Map(), only: new Set(['I2N110']) };

test.each([
  { name: 'its file was not read', scope: { ...KNOWN, isKnown: () => false } },
  { name: 'its rule is disabled', scope: { ...KNOWN, levels: OFF } },
  { name: 'only other rules are asked for', scope: { ...KNOWN, levels: ONLY } },
])('nobody knows whether an entry is outdated if $name', ({ scope }) => {
  const all = baseline('a');
  expect(outdatedFinding(all, all.entries, scope)).toBeUndefined();
});
