import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { scan } from '../../../../src/live/files/scan.ts';
import { atOnce } from '../../../../src/steps/steps.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-scan-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  { name: 'a link that leads nowhere', make: (path: string) => symlinkSync('/nothing/there', path) },
  { name: 'a named pipe', make: (path: string) => void execFileSync('mkfifo', [path]) },
])('$name is the same at every look', ({ make }) => {
  const path = join(folder, 'web.yaml');
  make(path);
  const first = atOnce(scan({ paths: [folder] }, undefined, Date.now()));
  const second = atOnce(scan({ paths: [folder] }, first, Date.now()));
  expect(first.files.get(path)?.unit.diagnostics).toHaveLength(1);
  expect(second.files.get(path)?.unit).toBe(first.files.get(path)?.unit);
});

test('another reason is another unit', () => {
  const path = join(folder, 'web.yaml');
  symlinkSync('there', path);
  const first = atOnce(scan({ paths: [folder] }, undefined, Date.now()));
  rmSync(path);
  execFileSync('mkfifo', [path]);
  const second = atOnce(scan({ paths: [folder] }, first, Date.now()));
  expect(second.files.get(path)?.unit).not.toBe(first.files.get(path)?.unit);
});

test('what can be read at last is read', () => {
  const path = join(folder, 'web.yaml');
  symlinkSync('there', path);
  const first = atOnce(scan({ paths: [folder] }, undefined, Date.now()));
  writeFileSync(join(folder, 'there'), 'kind: List\n');
  const second = atOnce(scan({ paths: [folder] }, first, Date.now()));
  expect(second.files.get(path)?.text).toBe('kind: List\n');
});
