import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { loadAll } from 'js-yaml';
import { afterAll, expect, test } from 'vitest';

import { makeCorpus, writeCorpus } from '../../bench/corpus.mjs';
import { annotationFamilies } from '../../src/annotations/registry.ts';
import { isError } from '../../src/diagnostics/severities.ts';
import { compileSources } from '../support/compiled.ts';

/* What is measured must be what docs/performance.md says that it is, and the same for everybody. */

const INGRESSES = 100;
const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));

function textsOf(style: 'small' | 'large'): { readonly yaml: string; readonly json: string; readonly objects: number } {
  const { yaml, json, objects } = writeCorpus(folder, INGRESSES, { style });
  return { yaml: readFileSync(yaml, 'utf8'), json: readFileSync(json, 'utf8'), objects };
}

test.each([
  { style: 'small', least: 650, most: 850 },
  { style: 'large', least: 1_200, most: 1_400 },
] as const)('the corpus of $style objects renders without errors and holds what it promises', given => {
  const { style, least, most } = given;
  const { yaml, json, objects } = textsOf(style);
  expect(yaml.length / objects).toBeGreaterThan(least);
  expect(yaml.length / objects).toBeLessThan(most);
  const written = makeCorpus(INGRESSES, { style }).objects;
  expect(isDeepStrictEqual(loadAll(yaml), written)).toBe(true);
  for (const [name, text] of Object.entries({ 'all.yaml': yaml, 'all.json': json })) {
    const { diagnostics, conf } = compileSources([{ name, text }]);
    expect(diagnostics.filter(isError)).toEqual([]);
    expect(conf.match(/^ +server \{$/gm)?.length).toBeGreaterThan(INGRESSES);
  }
});

test('the same count gives the same bytes', () => {
  expect(textsOf('small')).toEqual(textsOf('small'));
});

test('a seventh of the Ingresses brings a certificate of its own, and most of these a key', () => {
  const secrets = makeCorpus(INGRESSES).objects.filter(({ type }) => type === 'kubernetes.io/tls');
  const ofEach = (key: string): number =>
    new Set(secrets.map(({ data }) => (data as Readonly<Record<string, string>>)[key])).size;
  expect(ofEach('tls.crt')).toBe(secrets.length);
  expect(ofEach('tls.crt')).toBeGreaterThan(INGRESSES / 10);
  expect(ofEach('tls.key')).toBeGreaterThan((2 * secrets.length) / 3);
});

test('annotations come from more than twenty families', () => {
  const names = new Set(
    makeCorpus(1_000).objects.flatMap(({ metadata }) =>
      Object.keys(metadata.annotations ?? {}).map(name => name.replace('nginx.ingress.kubernetes.io/', '')),
    ),
  );
  const used = Object.values(annotationFamilies).filter(({ annotations }) =>
    Object.keys(annotations).some(name => names.has(name)),
  );
  expect(used.length).toBeGreaterThan(20);
});
