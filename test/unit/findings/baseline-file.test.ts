import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { baselineText, readBaseline } from '../../../src/findings/baseline-file.ts';
import type { BaselineEntry } from '../../../src/findings/baseline-file.ts';

const ENTRY: BaselineEntry = {
  fingerprint: 'a'.repeat(64),
  rule: 'I2N225',
  name: 'missing-group',
  object: 'Ingress shop/web',
  file: 'apps/web.yaml',
  message: 'it uses "$2"',
};
const OTHERS: readonly BaselineEntry[] = [
  ENTRY,
  { ...ENTRY, fingerprint: 'b'.repeat(64) },
  { ...ENTRY, fingerprint: 'd'.repeat(64), rule: 'I2N110', object: 'Ingress shop/api' },
  { fingerprint: 'c'.repeat(64), rule: 'I2N204', name: 'shadowed-path', message: 'no place' },
];

function read(text: string) {
  return readBaseline({ name: 'baseline.json', text });
}

test('what is written is read', () => {
  const found = read(baselineText(OTHERS));
  const entries = found.kind === 'baseline' ? found.baseline.entries : [];
  expect(entries.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(
    OTHERS.map(({ fingerprint }) => fingerprint).toSorted(),
  );
  expect(entries.find(({ fingerprint }) => fingerprint === ENTRY.fingerprint)).toMatchObject(ENTRY);
});

test('the order of findings does not matter', () => {
  expect(baselineText(OTHERS.toReversed())).toBe(baselineText(OTHERS));
});

test('a finding is a line, so that a change shows what came and went', () => {
  const [all, less] = [baselineText(OTHERS), baselineText(OTHERS.slice(1))].map(text => text.split('\n'));
  expect(all?.filter(line => less?.includes(line) !== true)).toEqual([
    `    ${JSON.stringify({
      rule: 'I2N225',
      name: 'missing-group',
      object: 'Ingress shop/web',
      file: 'apps/web.yaml',
      message: 'it uses "$2"',
      fingerprint: 'a'.repeat(64),
    })},`,
  ]);
});

test.each([OTHERS, []])('the published schema holds', (...entries) => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../../docs/schemas/baseline.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
  validate(JSON.parse(baselineText(entries.filter(entry => typeof entry === 'object'))));
  expect(validate.errors).toBeNull();
});

test('an entry knows its place', () => {
  const found = read(baselineText([ENTRY]));
  expect(found).toMatchObject({ baseline: { file: 'baseline.json', entries: [{ at: { line: 4, column: 5 } }] } });
});

const TAIL = '"rule": "I2N225", "name": "missing-group", "message": "m"';

test.each([
  { name: 'no JSON', text: '{"formatVersion": 1,\n "findings": [}', at: [2, 15], problem: /^not valid JSON: / },
  { name: 'two values', text: '{} {}', at: [1, 4], problem: /^not valid JSON: something stands behind its end$/ },
  { name: 'empty', text: '', at: [1, 1], problem: /^not valid JSON: the text ends/ },
  { name: 'a list', text: ' []', at: [1, 2], problem: /^no baseline: it must be an object/ },
  { name: 'a report', text: '{"diagnostics": []}', at: [1, 1], problem: /formatVersion must be 1/ },
  { name: 'of a newer version', text: '{"formatVersion": 2}', at: [1, 19], problem: /formatVersion must be 1/ },
  { name: 'without findings', text: '{"formatVersion": 1}', at: [1, 1], problem: /findings must be a list/ },
  {
    name: 'with an entry that has no fingerprint',
    text: `{"formatVersion": 1, "findings": [\n  {"fingerprint": "${'a'.repeat(64)}", ${TAIL}},\n  {${TAIL}}]}`,
    at: [3, 3],
    problem: /^this entry must have /,
  },
  {
    name: 'with a short fingerprint',
    text: `{"formatVersion": 1, "findings": [{"fingerprint": "abc", ${TAIL}}]}`,
    at: [1, 35],
    problem: /^this entry must have /,
  },
])('a baseline that is $name is refused, with the place', ({ text, at: [line, column], problem }) => {
  expect(read(text)).toMatchObject({
    kind: 'broken',
    problem: expect.stringMatching(problem) as string,
    at: { file: 'baseline.json', line, column },
  });
});
