import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { overwrite } from '../../../src/live/overwrite.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'overwrite-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string | Buffer, mode = 0o644): string {
  const name = join(folder, 'a.yaml');
  writeFileSync(name, content);
  chmodSync(name, mode);
  return name;
}

test('puts another text into a file, and leaves nothing beside it', () => {
  const name = file('old ä\n', 0o4640);
  expect(overwrite({ name, before: 'old ä\n', after: 'new ö\n' })).toBeUndefined();
  expect(readFileSync(name, 'utf8')).toBe('new ö\n');
  expect(statSync(name).mode & 0o7777).toBe(0o4640);
  expect(readdirSync(folder)).toEqual(['a.yaml']);
});

test.each([
  { name: 'UTF-8 with a byte order mark', bytes: (text: string) => Buffer.from(`\uFEFF${text}`) },
  { name: 'UTF-16', bytes: (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le') },
  { name: 'UTF-16, the larger byte first', bytes: (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16() },
])('keeps $name', ({ bytes }) => {
  const name = file(bytes('old ä'));
  expect(overwrite({ name, before: 'old ä', after: 'new ä' })).toBeUndefined();
  expect(readFileSync(name)).toEqual(bytes('new ä'));
});

test('writes through a link to the file that it leads to', () => {
  const name = file('old');
  const link = join(folder, 'link.yaml');
  symlinkSync('a.yaml', link);
  expect(overwrite({ name: link, before: 'old', after: 'new' })).toBeUndefined();
  expect(readFileSync(name, 'utf8')).toBe('new');
  expect(readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isSymbolicLink())).toHaveLength(1);
});

test.each([
  { name: 'that has changed since', content: 'older', problem: 'it has changed since it was read' },
  {
    name: 'that has changed by a byte order mark',
    content: '\uFEFF\uFEFFold',
    problem: 'it has changed since it was read',
  },
])('does not touch a file $name', ({ content, problem }) => {
  const name = file(content);
  const failure = overwrite({ name, before: 'old', after: 'new' });
  expect(failure?.problem).toBe(`"${name}" is not fixed: ${problem}`);
  expect(readFileSync(name, 'utf8')).toBe(content);
});

test('says why a file cannot be written', () => {
  const name = join(folder, 'gone.yaml');
  expect(overwrite({ name, before: '', after: 'new' })?.problem).toMatch(/^".*gone\.yaml" is not fixed: \S/);
  expect(readdirSync(folder)).toEqual([]);
});
