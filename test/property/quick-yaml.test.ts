import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';

import { makeCorpus, writeCorpus } from '../../bench/corpus.mjs';
import type { PlainValue } from '../../src/json/value.ts';
import { construct } from '../../src/manifests/construct.ts';
import { cutDocuments } from '../../src/manifests/cut.ts';
import { quickRead } from '../../src/manifests/quick-yaml.ts';
import { runs } from './runs.ts';
import { mutantsOf, yamlText } from './yaml-texts.ts';

type Read = typeof quickRead;

/** Throws when a reader makes anything else of a document than js-yaml does, be it the order of keys; else what it reads. */
function compared(document: string, read: Read = quickRead, [before, behind] = ['', '']): PlainValue | undefined {
  const value = read(before + document + behind, before.length, before.length + document.length);
  if (value === undefined) return undefined;
  const [first, ...others] = construct(document);
  deepStrictEqual([value, []], [first?.value ?? null, [...others, ...(first?.duplicates ?? [])]]);
  expect(JSON.stringify(value)).toBe(JSON.stringify(first?.value ?? null));
  return value;
}

const documentsOf = (text: string): readonly string[] =>
  cutDocuments(text).map(({ start, end }) => text.slice(start, end));

const VERDICTS: readonly { readonly text: string }[] = JSON.parse(readFileSync('fixtures/go-yaml.json', 'utf8'));
const FIXTURES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.ya?ml$/.test(name))
  .map(name => `fixtures/${name}`)
  .toSorted();
const FIXED = [...FIXTURES.map(path => readFileSync(path, 'utf8')), ...VERDICTS.map(({ text }) => text)].flatMap(
  documentsOf,
);

/** What stands around a document in its text does not count. */
const around = fc.tuple(
  fc.constantFrom('', 'a: 1\n', 'a: ', '- ', "'", '"', '# ', '|\n'),
  fc.constantFrom('', ' ', '\n', ':', ': a', "'", '"', '- ', ' #', 'a', '   b: 1\n', '    ', '---\n', ']', '\t'),
);

test('what stands in the fixtures is read as js-yaml reads it, and nearly all of it', () => {
  for (const { text } of VERDICTS) compared(text);
  const left = FIXTURES.filter(path =>
    documentsOf(readFileSync(path, 'utf8'))
      .map(document => compared(document))
      .includes(undefined),
  );
  // They hold what is wrong or unusual because of what they are about.
  const isAboutIt = (path: string): boolean => /golden\/faults|rules\/[^/]+\/bad|aliases/.test(path);
  expect(left.filter(path => !isAboutIt(path)).length / FIXTURES.length).toBeLessThan(0.03);
});

test('what tools print is read as js-yaml reads it, and all of it but escapes', () => {
  const objects: readonly object[] = makeCorpus(20).objects;
  const styles = [
    {},
    { indent: 4 },
    { seqNoIndent: true },
    { seqInlineFirst: false },
    { flowLevel: 2 },
    { flowLevel: 4, flowBracketPadding: true, flowSkipCommaSpace: true },
    { flowLevel: 3, flowSkipColonSpace: true, quoteFlowKeys: true },
    { quoteStyle: 'double' as const },
    { forceQuotes: true },
  ];
  const texts = styles.flatMap(style => objects.map(object => dump(object, { lineWidth: -1, noRefs: true, ...style })));
  expect(texts.filter(text => compared(text) === undefined && !text.includes('\\'))).toEqual([]);
});

test.each(['small', 'large'] as const)(
  'the documents of a %s cluster are read as js-yaml reads them, and all of them',
  style => {
    const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-quick-yaml-'));
    try {
      const { yaml } = writeCorpus(folder, 60, { style });
      const documents = documentsOf(readFileSync(yaml, 'utf8'));
      expect(documents.length).toBeGreaterThan(300);
      expect(documents.filter(document => compared(document) === undefined)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test('what people write is read as js-yaml reads it, or left to it', () => {
  const counts = { all: 0, read: 0 };
  fc.assert(
    fc.property(yamlText, around, (text, place) => {
      counts.all++;
      if (compared(text, quickRead, place) !== undefined) counts.read++;
    }),
    runs(1500),
  );
  expect(counts.read / counts.all).toBeGreaterThan(0.2);
});

const hostile = mutantsOf(fc.oneof(yamlText, fc.constantFrom(...FIXED.filter(({ length }) => length < 3_000))));

test('hostile text is read as js-yaml reads it, or left to it', () => {
  fc.assert(
    fc.property(hostile, around, (text, place) => void compared(text, quickRead, place)),
    runs(4000),
  );
});

test.each([
  { name: 'takes tabs for blanks', careless: (text: string) => text.replaceAll('\t', ' ') },
  { name: 'does not see comments', careless: (text: string) => text.replaceAll('#', 'x') },
  { name: 'does not see double colons', careless: (text: string) => text.replaceAll(': :', ': x') },
  { name: 'does not care for case', careless: (text: string) => text.toLowerCase() },
])('a reader that $name would be found out', ({ careless }) => {
  const read: Read = (text, start, end) => quickRead(careless(text), start, end);
  expect(() =>
    fc.assert(
      fc.property(hostile, text => void compared(text, read)),
      runs(4000),
    ),
  ).toThrow(/^Property failed/);
});
