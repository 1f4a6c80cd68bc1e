import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { answerTest } from '../../src/answers/tests/answer.ts';
import { frozenTests } from '../../src/answers/tests/init/init.ts';
import { compile } from '../../src/compile/compile.ts';
import type { SourceText } from '../../src/input/source.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import { testsFile } from '../../src/report/tests-file.ts';
import { validateObjects } from '../../src/resources/validate.ts';
import type { Routing } from '../../src/routing/model.ts';
import { readTestFile } from '../../src/test-file/read.ts';
import { SETTINGS } from '../support/compiled.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** All YAML below a folder. */
function sourcesIn(folder: string): readonly SourceText[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return names
    .filter(name => /\.ya?ml$/.test(name) && !/requests\.yaml$|expected/.test(name))
    .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function routingOf(folder: string): Routing {
  const nobody = (): void => undefined;
  const resources = validateObjects(parseSources(sourcesIn(folder), nobody).objects, nobody);
  return compile(resources, { ...SETTINGS, snippets: 'all' }, nobody).routing;
}

const foldersIn = (path: string): readonly string[] =>
  readdirSync(join(FIXTURES, path), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => `${path}/${entry.name}`);

const FOLDERS = [
  'demo',
  ...foldersIn('golden')
    .flatMap(foldersIn)
    .filter(folder => existsSync(join(FIXTURES, folder, 'input.yaml'))),
  ...foldersIn('repositories'),
];

describe('what --init writes is read without a problem, and passes', () => {
  const counts = { tests: 0, notes: 0 };

  test.each(FOLDERS)('%s', folder => {
    const routing = routingOf(join(FIXTURES, folder));
    const hosts = frozenTests(routing);
    counts.notes += hosts.flatMap(host => host.notes).length;
    const { tests, problems } = readTestFile(testsFile(hosts, { manifests: undefined }));
    const written = hosts.reduce((sum, host) => sum + host.tests.length, 0);
    // A file without tests is none.
    expect(written === 0 ? [] : problems).toEqual([]);
    expect(tests).toHaveLength(written);
    const failing = tests.flatMap(each => {
      const { mismatches } = answerTest(routing, each).verdict;
      return mismatches.length === 0 ? [] : [{ name: each.name, mismatches }];
    });
    expect(failing).toEqual([]);
    counts.tests += written;
  });

  test('most locations have a test', () => {
    expect(counts.tests).toBeGreaterThan(1_000);
    expect(counts.notes).toBeLessThan(counts.tests / 50);
  });
});
