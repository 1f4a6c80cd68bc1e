import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { emptyJournal, prepareJournal, readJournal } from '../../../../src/live/apply/journal.ts';
import type { Journal } from '../../../../src/live/apply/journal.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-journal-'));
  path = join(folder, '.state.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FULL: Journal = {
  pidFile: 'run/nginx.pid',
  active: '12-0123abcd',
  since: 1_700_000_000_000,
  earlier: ['10-00000000'],
  withdrawn: ['11-00000001'],
  lastError: { at: 1_700_000_000_001, problem: 'the disk is full' },
  pending: { from: '12-0123abcd', to: '13-00000002', isNew: true },
};

test.each([
  { name: 'everything', journal: FULL },
  { name: 'nothing', journal: emptyJournal('/run/nginx.pid') },
  {
    name: 'a first switch',
    journal: { ...emptyJournal('a'), pending: { from: undefined, to: '1-00000000', isNew: true } },
  },
])('comes back as it was written, with $name in it', ({ journal }) => {
  prepareJournal(path, journal).put();
  expect(readJournal(path)).toEqual(journal);
  expect(readdirSync(folder)).toEqual(['.state.json']);
});

test('is as it was until it is put in place', () => {
  prepareJournal(path, FULL).put();
  const next = prepareJournal(path, { ...FULL, pending: undefined });
  expect(readJournal(path)).toEqual(FULL);
  next.drop();
  expect(readdirSync(folder)).toEqual(['.state.json']);
});

test.each([
  { name: 'no file', text: undefined },
  { name: 'half a file', text: '{"formatVersion": 1, "pidFile": "run/ng' },
  { name: 'another version', text: JSON.stringify({ ...FULL, formatVersion: 2 }) },
  {
    name: 'a release that leads elsewhere',
    text: JSON.stringify({ ...FULL, formatVersion: 1, earlier: ['../../etc'] }),
  },
])('is none with $name', ({ text }) => {
  if (text !== undefined) writeFileSync(path, text);
  expect(readJournal(path)).toBeUndefined();
});

test('forgets an active release whose name leads elsewhere', () => {
  writeFileSync(path, JSON.stringify({ ...FULL, formatVersion: 1, active: '../../etc', pending: { to: '..' } }));
  expect(readJournal(path)).toMatchObject({ active: undefined, pending: undefined });
});
