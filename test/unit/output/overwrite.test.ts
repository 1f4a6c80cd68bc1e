import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { foreignProblem, inputProblem } from '../../../src/output/overwrite.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-overwrite-'));
  mkdirSync(join(folder, 'm'));
  writeFileSync(join(folder, 'm', 'a.yaml'), 'kind: Ingress\n');
  writeFileSync(join(folder, 'empty'), '');
  symlinkSync('m', join(folder, 'linked'));
  symlinkSync(join('m', 'a.yaml'), join(folder, 'a.yaml'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that was read as input is known', () => {
  test.each([
    { name: 'by its own name', path: 'm/a.yaml', input: 'm/a.yaml' },
    { name: 'by another name', path: 'm/../m/a.yaml', input: 'm/a.yaml' },
    { name: 'through a link to its folder', path: 'linked/a.yaml', input: 'm/a.yaml' },
    { name: 'where it was read through a link', path: 'm/a.yaml', input: 'a.yaml' },
  ])('$name', ({ path, input }) => {
    expect(inputProblem(join(folder, path), ['<stdin>', join(folder, input)])).toContain('was read as input');
  });
});

test('what is not there, or was not read, is no input', () => {
  expect(inputProblem(join(folder, 'new.yaml'), [join(folder, 'new.yaml')])).toBeUndefined();
  expect(inputProblem(join(folder, 'empty'), [join(folder, 'm', 'a.yaml')])).toBeUndefined();
});

test('what holds nothing, or begins as ours, may be replaced', () => {
  const isOurs = (beginning: string): boolean => beginning.startsWith('ours');
  expect(foreignProblem(join(folder, 'm', 'a.yaml'), isOurs)).toContain('use --force');
  expect(foreignProblem(join(folder, 'm', 'a.yaml'), text => text === 'kind: Ingress\n')).toBeUndefined();
  expect(foreignProblem(join(folder, 'empty'), isOurs)).toBeUndefined();
  expect(foreignProblem(join(folder, 'none'), isOurs)).toBeUndefined();
  expect(foreignProblem('/dev/null', isOurs)).toBeUndefined();
});
