import { deepStrictEqual } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';

import { makeCorpus } from '../../bench/corpus.mjs';
import type { FieldPath } from '../../src/diagnostics/place.ts';
import type { PlainValue } from '../../src/json/value.ts';
import { isList, isRecord } from '../../src/json/value.ts';
import { cutDocuments } from '../../src/manifests/cut.ts';
import { eventsOf } from '../../src/manifests/events.ts';
import { locateYaml } from '../../src/manifests/locate-yaml.ts';
import type { FoundInYaml } from '../../src/manifests/locate-yaml.ts';
import { quickLocator } from '../../src/manifests/quick-locate.ts';
import { quickRead } from '../../src/manifests/quick-yaml.ts';
import { yamlTree } from '../../src/manifests/yaml-tree.ts';
import { runs } from './runs.ts';
import { mutantsOf, yamlText } from './yaml-texts.ts';

const FIXED = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.ya?ml$/.test(name))
  .toSorted()
  .flatMap(name => {
    const text = readFileSync(`fixtures/${name}`, 'utf8');
    return cutDocuments(text).map(({ start, end }) => text.slice(start, end));
  });

/** The way to every value, and to some that are not there. */
function pathsIn(value: PlainValue, path: FieldPath = []): readonly FieldPath[] {
  if (isList(value)) {
    const inner = value.flatMap((item, index) => pathsIn(item, [...path, index]));
    return [path, ...inner, [...path, value.length], [...path, 'name']];
  }
  if (!isRecord(value)) return [path, [...path, 'none']];
  const inner = Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]));
  return [path, ...inner, [...path, 'no such key'], [...path, 0]];
}

/** Blank lines below a block are none of its text. */
function plain({ lines, ...found }: FoundInYaml): FoundInYaml {
  const last = lines?.findLastIndex(line => line !== undefined) ?? -1;
  return lines === undefined ? found : { ...found, lines: lines.slice(0, last + 1) };
}

const MOST_PATHS = 200;

/** How many places were asked for, and how many were found; throws when one is another than js-yaml's. */
function compared(document: string): { readonly asked: number; readonly found: number } {
  const value = quickRead(document, 0, document.length);
  const locate = quickLocator(document);
  if (value === undefined || value === null) {
    deepStrictEqual(locate, undefined);
    return { asked: 0, found: 0 };
  }
  const tree = yamlTree(document, eventsOf(document));
  // Of long documents some will do: each costs a look at the whole of it.
  const all = pathsIn(value);
  const paths = all.filter((_, index) => index % Math.ceil(all.length / MOST_PATHS) === 0);
  const found = paths.flatMap(path => {
    const place = locate?.(path);
    if (place === undefined) return [];
    deepStrictEqual({ path, place: plain(place) }, { path, place: plain(locateYaml(tree, path)) });
    return [path];
  });
  return { asked: paths.length, found: found.length };
}

test('values of the fixtures stand where js-yaml finds them, and most are found', () => {
  const all = FIXED.map(compared);
  const sum = (of: 'asked' | 'found'): number => all.reduce((total, each) => total + each[of], 0);
  expect(sum('found') / sum('asked')).toBeGreaterThan(0.6);
});

test('values of what tools print stand where js-yaml finds them, and all are found', () => {
  const objects: readonly object[] = makeCorpus(20).objects;
  for (const style of [{}, { indent: 4 }, { seqNoIndent: true }, { seqInlineFirst: false }, { forceQuotes: true }]) {
    for (const object of objects) {
      const text = dump(object, { lineWidth: -1, noRefs: true, ...style });
      const { asked, found } = compared(text);
      const isPlain = !/[\\[{]/.test(text);
      expect(isPlain ? found : asked).toBe(asked);
    }
  }
});

test('values of any text that the quick reader takes stand where js-yaml finds them', () => {
  fc.assert(
    fc.property(yamlText, text => void compared(text)),
    runs(1_000),
  );
});

test('values of changed manifests stand where js-yaml finds them', () => {
  fc.assert(
    fc.property(
      mutantsOf(fc.constantFrom(...FIXED.filter(({ length }) => length < 1_500))),
      text => void compared(text),
    ),
    runs(1_000),
  );
});
