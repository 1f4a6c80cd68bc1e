import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { updateHostsFile } from '../../../src/output/hosts-file.ts';

const DEAD = 4_194_300;
const ALIVE = 4_194_299;
const RUN = { pid: 4_194_298, isAlive: (pid: number) => pid === ALIVE, now: Date.now };

const BEFORE =
  '127.0.0.1 localhost\n# BEGIN ingress2nginx\n10.0.0.1 shop.example.com\n10.0.0.1 api.example.com\n# END ingress2nginx\n# mine\n';
const LONGER = `127.0.0.1 localhost\n# BEGIN ingress2nginx\n${'10.0.0.2 shop.example.com\n'.repeat(9)}# END ingress2nginx\n# mine\n`;
const SHORTER = '127.0.0.1 localhost\n# BEGIN ingress2nginx\n10.0.0.2 a.io\n# END ingress2nginx\n# mine\n';
const DONE = '127.0.0.1 localhost\n# BEGIN ingress2nginx\n10.0.0.3 web.example.com\n# END ingress2nginx\n# mine\n';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-hosts-recovery-'));
  file = join(folder, 'hosts');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const beside = (pid: number): string => join(folder, `.hosts.ingress2nginx-${pid}`);
const update = () => updateHostsFile(file, ['10.0.0.3 web.example.com'], { mayEmpty: false, run: RUN });

function killedWith(now: string, after: string, pid = DEAD): void {
  writeFileSync(file, now);
  writeFileSync(beside(pid), after);
  writeFileSync(`${beside(pid)}.before`, BEFORE);
}

/** Every state that a write in place can be killed in. */
function statesOf(after: string): readonly string[] {
  const padded = after.padEnd(BEFORE.length, '\n');
  const torn = Array.from(padded, (_, index) => padded.slice(0, index) + BEFORE.slice(index));
  return [...torn, padded, after];
}

test.each([
  { name: 'a longer text', after: LONGER },
  { name: 'a shorter text', after: SHORTER },
])('whatever a run that was killed while it wrote $name in place has left is made good by the next', ({ after }) => {
  for (const state of statesOf(after)) {
    killedWith(state, after);
    update();
    expect(readFileSync(file, 'utf8')).toBe(DONE);
    expect(readdirSync(folder)).toEqual(['hosts']);
  }
});

test('in containers the next run may have the same number', () => {
  killedWith(LONGER.slice(0, 60) + BEFORE.slice(60), LONGER, RUN.pid);
  update();
  expect(readFileSync(file, 'utf8')).toBe(DONE);
  expect(readdirSync(folder)).toEqual(['hosts']);
});

test('what somebody wrote since then is left alone', () => {
  killedWith(
    `${LONGER.slice(0, 60)}${BEFORE.slice(60)}10.1.1.1 other\n`.replace('# BEGIN ingress2nginx\n', ''),
    LONGER,
  );
  const now = readFileSync(file, 'utf8');
  update();
  expect(readFileSync(file, 'utf8').startsWith(now.slice(0, 40))).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain('10.1.1.1 other\n');
  expect(readdirSync(folder)).toEqual(['hosts']);
});

test('what runs left that were killed is swept up, also when nothing changes; other files are not', () => {
  writeFileSync(file, DONE);
  writeFileSync(beside(DEAD), 'half');
  writeFileSync(beside(ALIVE), 'of another run');
  writeFileSync(`${beside(DEAD)}.bak`, 'of somebody');
  expect(update()).toEqual({ kind: 'unchanged' });
  expect(readdirSync(folder)).toEqual([`.hosts.ingress2nginx-${ALIVE}`, `.hosts.ingress2nginx-${DEAD}.bak`, 'hosts']);
});

test('a number that was given again keeps nothing for ever', () => {
  writeFileSync(file, DONE);
  writeFileSync(beside(ALIVE), 'half');
  const longAgo = Date.now() / 1_000 - 3_600;
  utimesSync(beside(ALIVE), longAgo, longAgo);
  update();
  expect(readdirSync(folder)).toEqual(['hosts']);
});

test('a file with two names is written in place, and nothing stays beside it', () => {
  writeFileSync(file, BEFORE);
  const other = join(folder, 'other');
  linkSync(file, other);
  const { ino } = statSync(file);
  expect(update()).toEqual({ kind: 'written' });
  expect(readFileSync(other, 'utf8')).toBe(DONE);
  expect(statSync(file).ino).toBe(ino);
  expect(readdirSync(folder)).toEqual(['hosts', 'other']);
});
