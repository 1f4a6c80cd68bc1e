import { expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources, parsingSteps } from '../../../src/manifests/parse-sources.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { validateObjects } from '../../../src/resources/validate.ts';

/** Many objects, every third one with a mistake that is seen when it is read, every fourth when it is validated. */
const TEXT = Array.from({ length: 1_000 }, (_, number) => {
  const twice = number % 3 === 0 ? 'data: {a: b}\n' : '';
  const name = number % 4 === 0 ? 'Not_A_Name' : `settings-${number}`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {c: d}\n${twice}`;
}).join('---\n');
const SOURCE = { name: 'all.yaml', text: TEXT };

test('what is validated part by part is equal to what is validated at once, findings and their order as well', () => {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([SOURCE], report);
  const resources = validateObjects(objects, report);
  const unit = readUnit(SOURCE);
  expect(unit).toMatchObject({ resources, diagnostics });
  expect(unit.documents).toEqual(objects.map(({ document }) => document));
  expect(diagnostics.length).toBeGreaterThan(250);
});

test('few objects are read between two steps, and what is kept of them holds no value', () => {
  let most = 0;
  let last = 0;
  let count = 0;
  const sink = { add: () => void (count += 1), takeBack: () => undefined };
  for (const _ of parsingSteps(SOURCE, () => undefined, sink)) {
    most = Math.max(most, count - last);
    last = count;
  }
  expect({ count, isBounded: most < 300 }).toEqual({ count: 1_000, isBounded: true });
  const withoutText = (key: string, value: unknown): unknown => (key === 'source' ? undefined : value);
  expect(JSON.stringify(readUnit(SOURCE).documents, withoutText)).not.toContain('"c"');
});
