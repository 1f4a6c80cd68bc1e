import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { complaintsOf, isFinal, linesSince, markLog } from '../../../../src/live/apply/error-log.ts';

let folder = '';
let log = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-log-'));
  log = join(folder, 'error.log');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  { name: 'what was added', change: () => appendFileSync(log, 'two\nthree\n'), lines: ['two', 'three'] },
  { name: 'no line that is still being written', change: () => appendFileSync(log, 'two\nthr'), lines: ['two'] },
  { name: 'nothing when nothing came', change: () => undefined, lines: [] },
  {
    name: 'all of a log that was truncated',
    change: () => {
      truncateSync(log);
      appendFileSync(log, 'two\n');
    },
    lines: ['two'],
  },
  {
    name: 'all of a log that was opened anew',
    change: () => {
      renameSync(log, `${log}.1`);
      writeFileSync(log, 'much longer than before\n');
    },
    lines: ['much longer than before'],
  },
  { name: 'nothing of a log that is gone', change: () => rmSync(log), lines: [] },
])('reads $name', ({ change, lines }) => {
  writeFileSync(log, 'one\nand another one\n');
  const mark = markLog(log);
  change();
  expect(linesSince(mark)).toEqual(lines);
});

test('reads a log from its top that was not there before', () => {
  const mark = markLog(log);
  writeFileSync(log, 'one\n');
  expect(linesSince(mark)).toEqual(['one']);
});

const MASTER = 100;
const said = (pid: number, text: string): string => `2026/11/25 14:05:21 ${text.replace('] ', `] ${pid}#${pid}: `)}`;

test.each([
  { name: 'an emergency of the master', pid: MASTER, text: '[emerg] limit_req "a" uses the "b" key', counts: true },
  { name: 'an emergency of a new worker', pid: 101, text: '[emerg] setgid(33) failed', counts: true },
  { name: 'an alert of the master', pid: MASTER, text: '[alert] fork() failed', counts: true },
  { name: 'a killed worker', pid: MASTER, text: '[alert] worker process 9 exited on signal 9', counts: false },
  {
    name: 'a worker that is gone already',
    pid: MASTER,
    text: '[alert] kill(9, 1) failed (3: No such process)',
    counts: false,
  },
  {
    name: 'a pid file that is gone',
    pid: MASTER,
    text: '[alert] unlink() "/run/a.pid" failed (2: No such)',
    counts: false,
  },
  { name: 'a connection that an old worker leaves', pid: 101, text: '[alert] open socket #3 left', counts: false },
  { name: 'an error of a request', pid: 101, text: '[error] connect() failed', counts: false },
  { name: 'a notice', pid: MASTER, text: '[notice] reconfiguring', counts: false },
])('$name counts as a complaint: $counts', ({ pid, text, counts }) => {
  expect(complaintsOf(MASTER, [said(pid, text)])).toHaveLength(counts ? 1 : 0);
});

test('a complaint that is repeated counts once', () => {
  const line = said(MASTER, '[emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)');
  expect(complaintsOf(MASTER, [line, line.replace(':21', ':22')])).toEqual([line]);
});

test.each([
  { text: '[emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', final: false },
  { text: '[emerg] bind() to [::]:80 failed (48: Address already in use)', final: false },
  { text: '[emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)', final: true },
  { text: '[emerg] still could not bind()', final: true },
])('$text is the last word: $final', ({ text, final }) => {
  expect(isFinal(said(MASTER, text))).toBe(final);
});
