import { readFileSync, readdirSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { objectText } from '../../src/diagnostics/place.ts';
import type { SourceText } from '../../src/input/source.ts';
import { compileSources } from '../support/compiled.ts';
import { runs } from './runs.ts';

const GOLDEN = new URL('../../fixtures/golden/', import.meta.url);
const whole = readdirSync(new URL('whole/', GOLDEN)).toSorted();
/** Also those in which several Ingresses decide together. */
const cases = [...whole.map(name => `whole/${name}`), 'affinity/ingresses-share-a-service'];

/** The documents of an input, or the items of a list as kubectl prints it, as texts of their own. */
function documentsOf(name: string): readonly string[] {
  const text = readFileSync(new URL(`${name}/input.yaml`, GOLDEN), 'utf8');
  const items = /^items:\n([\s\S]*?)^kind: List$/mu.exec(text)?.[1];
  if (items === undefined) return text.split(/^---$/mu);
  return items
    .split(/^- (?=\S)/mu)
    .filter(item => item.trim() !== '')
    .map(item => item.replaceAll(/^ {2}/gmu, ''));
}

/** All files, with their contents, in one text. */
function bytesOf(sources: readonly SourceText[]): string {
  const { files, folders } = compileSources(sources).files;
  const texts = files.map(({ path, bytes, isSecret, from }) =>
    [path, isSecret, ...from.map(objectText), Buffer.from(bytes).toString('base64')].join(' '),
  );
  return [...texts, ...folders].join('\n');
}

/** How documents are dealt to files; numbers, so that a failure can be read. */
interface Deal {
  /** Indexes of the documents. */
  readonly order: readonly number[];
  /** In which file each document goes, and what the files are called. */
  readonly files: readonly number[];
  readonly names: readonly string[];
}

function sourcesOf(documents: readonly string[], { order, files, names }: Deal): readonly SourceText[] {
  const textOf = (indexes: readonly number[]) => indexes.map(index => documents[index]).join('\n---\n');
  return names
    .map((name, index) => ({ name, text: textOf(order.filter((_, at) => files[at] === index)) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

describe('the order of objects and how they lie in files changes no byte of', () => {
  test.each(cases)('%s', name => {
    const documents = documentsOf(name);
    const expected = bytesOf([{ name: 'all.yaml', text: documents.join('\n---\n') }]);
    expect(bytesOf([{ name: 'input.yaml', text: readFileSync(new URL(`${name}/input.yaml`, GOLDEN), 'utf8') }])).toBe(
      expected,
    );
    const size = documents.length;
    const deal = fc.record({
      order: fc.shuffledSubarray([...documents.keys()], { minLength: size, maxLength: size }),
      files: fc.array(fc.nat({ max: 3 }), { minLength: size, maxLength: size }),
      names: fc.shuffledSubarray(['a.yaml', 'b/a.yaml', 'Z.yml', 'ä.yaml'], { minLength: 4 }),
    });
    const property = fc.property(deal, dealt => bytesOf(sourcesOf(documents, dealt)) === expected);
    fc.assert(property, runs(8));
  });
});
