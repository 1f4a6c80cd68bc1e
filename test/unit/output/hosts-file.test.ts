import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
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

import { THIS_RUN } from '../../../src/live/this-run.ts';
import { updateHostsFile } from '../../../src/output/hosts-file.ts';

const LINES = ['127.0.0.1 shop.example.com'];
const BLOCK = '# BEGIN ingress2nginx\n127.0.0.1 shop.example.com\n# END ingress2nginx\n';
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-hosts-'));
  file = join(folder, 'hosts');
});

afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function update(path = file, lines: readonly string[] = LINES) {
  return updateHostsFile(path, lines, { mayEmpty: true, run: THIS_RUN });
}

/** Runs it as somebody who may not do everything. */
function withoutPrivileges<T>(work: () => T): T {
  if (!isRoot) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test('other bytes, the mode and the owner stay, and nothing lies beside the file', () => {
  writeFileSync(file, Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
  chmodSync(file, 0o664);
  if (isRoot) chownSync(file, 1_234, 1_235);
  const before = statSync(file);
  expect(update()).toEqual({ kind: 'written' });
  expect(readFileSync(file)).toEqual(Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 0x0a]), Buffer.from(BLOCK)]));
  const { mode, uid, gid } = statSync(file);
  expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
  expect(readdirSync(folder)).toEqual(['hosts']);
});

test('an equal file is not written', () => {
  writeFileSync(file, BLOCK);
  const before = statSync(file, { bigint: true });
  expect(update()).toEqual({ kind: 'unchanged' });
  const { ino, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
  expect({ ino, mtimeNs, ctimeNs }).toEqual({ ino: before.ino, mtimeNs: before.mtimeNs, ctimeNs: before.ctimeNs });
});

test('a file that is not there is made, but not to take a block out', () => {
  expect(update(file, [])).toEqual({ kind: 'unchanged' });
  expect(readdirSync(folder)).toEqual([]);
  expect(update()).toEqual({ kind: 'written' });
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('a link stays a link', () => {
  const real = join(folder, 'real');
  writeFileSync(real, 'a\n');
  symlinkSync('real', file);
  expect(update()).toEqual({ kind: 'written' });
  expect(readFileSync(real, 'utf8')).toBe(`a\n${BLOCK}`);
  expect(
    readdirSync(folder, { withFileTypes: true })
      .find(({ name }) => name === 'hosts')
      ?.isSymbolicLink(),
  ).toBe(true);
});

test('a second name of the file sees the change', () => {
  writeFileSync(file, 'a\n');
  linkSync(file, join(folder, 'other'));
  expect(update()).toEqual({ kind: 'written' });
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe(`a\n${BLOCK}`);
  expect(update(file, [])).toEqual({ kind: 'written' });
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('a\n');
});

test('where the folder takes no other file, the file itself is written', () => {
  writeFileSync(file, 'a\n');
  if (isRoot) chownSync(file, NOBODY, NOBODY);
  chmodSync(folder, 0o555);
  const { ino } = statSync(file);
  expect(withoutPrivileges(() => update())).toEqual({ kind: 'written' });
  expect(readFileSync(file, 'utf8')).toBe(`a\n${BLOCK}`);
  expect(statSync(file).ino).toBe(ino);
});

test('who may not write it is told so, and nothing changes', () => {
  writeFileSync(file, 'a\n');
  chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  expect(withoutPrivileges(() => update())).toMatchObject({
    kind: 'forbidden',
    problem: expect.stringContaining('EACCES'),
  });
  expect(readFileSync(file, 'utf8')).toBe('a\n');
});

test.each([
  { name: 'a folder', make: () => mkdirSync(file), problem: 'it is not a file' },
  { name: 'a link to nothing', make: () => symlinkSync('nothing', file), problem: 'it is a dangling symbolic link' },
])('$name is no hosts file', ({ make, problem }) => {
  make();
  expect(update()).toEqual({ kind: 'failed', problem });
});

test('bytes that are no text are left alone', () => {
  writeFileSync(file, Buffer.from([0x61, 0, 0x0a]));
  expect(update()).toEqual({ kind: 'refused', problem: 'is not a text file' });
});

test('a folder that is not there is named', () => {
  expect(update(join(folder, 'none', 'hosts'))).toMatchObject({
    kind: 'failed',
    problem: expect.stringContaining('ENOENT'),
  });
});
