import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { prepareFile, replaceFile } from '../../../src/live/atomic-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what a killed run left in the way is written anew', () => {
  writeFileSync(join(folder, '.new-.state.json'), 'half');
  replaceFile(join(folder, '.state.json'), 'whole');
  expect(readdirSync(folder)).toEqual(['.state.json']);
  expect(readFileSync(join(folder, '.state.json'), 'utf8')).toBe('whole');
});

test('nothing is written through a link that somebody laid in the way', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'of others');
  symlinkSync(victim, join(folder, '.new-.state.json'));
  replaceFile(join(folder, '.state.json'), 'whole');
  expect(readFileSync(victim, 'utf8')).toBe('of others');
  expect(lstatSync(join(folder, '.state.json')).isFile()).toBe(true);
});

test('what is prepared can be dropped', () => {
  prepareFile(join(folder, '.state.json'), 'whole').drop();
  expect(readdirSync(folder)).toEqual([]);
});
