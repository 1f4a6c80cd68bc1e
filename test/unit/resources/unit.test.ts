import { describe, expect, test } from 'vitest';

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

describe('a long list of YAML is read as if it were short:', () => {
  const item = (name: string, data: string): string =>
    `- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: ${name}\n${data}`;
  const many = Array.from({ length: 900 }, (_, number) => item(`settings-${number}`, '  data: {c: d}\n')).join('');
  const pod = '- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n';
  const listOf = (items: string, comment = ''): string => `apiVersion: v1\nkind: List\nitems:${comment}\n${items}`;

  test.each([
    { name: 'it has nothing unusual', first: '', last: pod },
    { name: 'it has a mistake', first: item('Not_A_Name', ''), last: item('Nor_This', '') },
    {
      name: 'its last item needs an anchor of the first',
      first: item('a', '  data: &d {e: f}\n'),
      last: item('b', '  data: *d\n'),
    },
    { name: 'its last item has a key twice', first: pod, last: item('b', '  data: {e: f}\n  data: {g: h}\n') },
    { name: 'it ends inside of quotes', first: pod, last: item('b', '  data:\n    e: "f\n') },
    { name: 'one of its items is text', first: '', last: '- text\n' },
  ])('$name', ({ first, last }) => {
    const items = first + many + last;
    // With a comment behind "items:" it is not cut, and read as a whole.
    const [cut, whole] = [listOf(items), listOf(items, ' # all')].map(text => readUnit({ name: 'list.yaml', text }));
    const of = (unit = readUnit(SOURCE)) => ({
      ids: unit.documents.map(({ id }) => id),
      values: unit.resources.map(resource =>
        JSON.stringify(resource, (key, value: unknown) => (key === 'from' ? undefined : value)),
      ),
      findings: unit.diagnostics.map(({ rule, message }) => `${rule.name} ${message}`),
      skipped: unit.skipped,
    });
    expect(of(cut)).toEqual(of(whole));
  });

  test('behind another document as well', () => {
    const { documents } = readUnit({ name: 'all.yaml', text: `${TEXT}---\n${listOf(`${many}- text\n`)}` });
    expect(documents).toHaveLength(1_900);
  });
});
