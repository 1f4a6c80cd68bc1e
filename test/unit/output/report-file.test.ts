import {
  closeSync,
  openSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { reportPathProblem, writeReportFile } from '../../../src/output/report-file.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'i2n-report-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  { name: 'to a file', target: 'real.json' },
  { name: 'to nothing', target: 'nothing.json' },
])('nothing is written through a link $name', ({ target }) => {
  const link = join(folder, 'out.json');
  writeFileSync(join(folder, 'real.json'), 'old');
  symlinkSync(target, link);
  const problem = 'is a symbolic link; name the file that it leads to';
  expect(writeReportFile(link, 'new')).toBe(`it ${problem}`);
  expect(reportPathProblem(link)).toBe(`${JSON.stringify(link)} ${problem}`);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('old');
  expect(readdirSync(folder).toSorted()).toEqual(['out.json', 'real.json']);
});

test('a link to what is no file, and a file, are written to', () => {
  symlinkSync('/dev/null', join(folder, 'null'));
  expect(writeReportFile(join(folder, 'null'), 'new')).toBeUndefined();
  expect(lstatSync(join(folder, 'null')).isSymbolicLink()).toBe(true);
  expect(writeReportFile(join(folder, 'file'), 'new')).toBeUndefined();
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
  expect(reportPathProblem('/dev/stdout')).toBeUndefined();
});

test('what is open already gets the text, though a shell led it into a file', () => {
  const file = join(folder, 'out');
  const open = openSync(file, 'w');
  expect(writeReportFile(`/dev/fd/${open}`, 'new')).toBeUndefined();
  closeSync(open);
  expect(readFileSync(file, 'utf8')).toBe('new');
});
