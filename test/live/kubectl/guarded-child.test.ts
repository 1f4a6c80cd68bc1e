import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';

import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startGuarded } from '../../../src/live/kubectl/guarded-child.ts';
import { until } from '../../support/until.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-guard-'));
  const source = resolve('src/live/kubectl/guarded-child.ts');
  const contents = `
    import { startGuarded } from ${JSON.stringify(source)};
    startGuarded({ program: '/bin/sh', words: ['-c', process.argv[2]], folder: process.argv[3] });
    process.stdin.once('data', () => {
      if (process.argv[4] === 'throw') throw new Error('a bug of ours');
      if (process.argv[4] === 'exit') process.exit(0);
    });
  `;
  await build({
    stdin: { contents, resolveDir: process.cwd() },
    outfile: join(folder, 'parent.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that says its process id and its guard's, and then sleeps; some do not obey SIGTERM. */
function sleeper(file: string, isStubborn = false): string {
  return `${isStubborn ? `trap '' TERM; ` : ''}echo "$$ $PPID" > ${file}.part; mv ${file}.part ${file}; while :; do sleep 0.05; done`;
}

async function pidsIn(file: string): Promise<readonly number[]> {
  await until(() => existsSync(file));
  return readFileSync(file, 'utf8').trim().split(' ').map(Number);
}

function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}

/** Source: proc(5), status: the signals that are caught, as a mask. */
function catchesTerm(pid: number): boolean {
  const mask = /^SigCgt:\s*(\S+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${mask}`) & (1n << 14n)) !== 0n;
}

/** All processes of the session that a guard leads. */
function sessionOf(guard: number): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return fields[3] === String(guard) && fields[0] !== 'Z';
      } catch {
        return false;
      }
    });
}

test('passes on what the program writes and its exit code, and leaves nothing behind', async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const child = startGuarded({ program: '/bin/sh', words: ['-c', 'echo $PPID; echo no >&2; exit 7'], folder: own });
  let [out, err] = ['', ''];
  child.stdout.on('data', chunk => (out += String(chunk)));
  child.stderr.on('data', chunk => (err += String(chunk)));
  expect(await child.ended).toEqual({ kind: 'exited', code: 7 });
  expect(err).toBe('no\n');
  expect(existsSync(own)).toBe(false);
  await until(() => sessionOf(Number(out)).length === 0);
});

test('gives words to the program as they are', async () => {
  const child = startGuarded({ program: '/bin/echo', words: ['a b', '$HOME', '`id`', "it's", ''] });
  let out = '';
  child.stdout.on('data', chunk => (out += String(chunk)));
  await child.ended;
  expect(out).toBe("a b $HOME `id` it's \n");
});

test('does not give the program the descriptor that keeps it alive', async () => {
  const child = startGuarded({ program: '/bin/sh', words: ['-c', 'test -e /proc/$$/fd/3; echo $?'] });
  let out = '';
  child.stdout.on('data', chunk => (out += String(chunk)));
  await child.ended;
  expect(out).toBe('1\n');
});

test.each([
  { name: 'SIGTERM ends a program on close', isStubborn: false, code: 143, leastMs: 0 },
  { name: 'SIGKILL ends a program that does not obey', isStubborn: true, code: 137, leastMs: 1_500 },
])('$name', async ({ isStubborn, code, leastMs }) => {
  const file = join(folder, `close-${code}`);
  const child = startGuarded({ program: '/bin/sh', words: ['-c', sleeper(file, isStubborn)] });
  const [pid = 0, guard = 0] = await pidsIn(file);
  const began = Date.now();
  expect(await child.close()).toEqual({ kind: 'exited', code });
  expect(await child.close()).toEqual({ kind: 'exited', code });
  expect(Date.now() - began).toBeGreaterThanOrEqual(leastMs);
  expect(isRunning(pid)).toBe(false);
  await until(() => sessionOf(guard).length === 0);
});

test('hands SIGTERM on to the program', async () => {
  const file = join(folder, 'forward');
  const child = startGuarded({ program: '/bin/sh', words: ['-c', sleeper(file)] });
  const [, guard = 0] = await pidsIn(file);
  // The program may be quicker than its guard, which would die of a signal that it does not expect yet.
  await until(() => catchesTerm(guard));
  process.kill(guard, 'SIGTERM');
  expect(await child.ended).toEqual({ kind: 'exited', code: 143 });
});

test('ends the program when its guard is killed', async () => {
  const file = join(folder, 'guard-killed');
  const child = startGuarded({ program: '/bin/sh', words: ['-c', sleeper(file)] });
  const [pid = 0, guard = 0] = await pidsIn(file);
  process.kill(guard, 'SIGKILL');
  expect(await child.ended).toEqual({ kind: 'exited', code: 137 });
  await until(() => !isRunning(pid) && sessionOf(guard).length === 0);
});

test.each(['kill -9', 'throw', 'exit'] as const)('ends the program when we end: %s', async way => {
  const file = join(folder, `parent-${way.replaceAll(' ', '')}`);
  const own = mkdtempSync(join(folder, 'own-'));
  writeFileSync(join(own, 'socket'), '');
  const words = [join(folder, 'parent.mjs'), sleeper(file), own, way];
  const parent = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = once(parent, 'exit');
  const [pid = 0, guard = 0] = await pidsIn(file);
  expect(isRunning(pid)).toBe(true);
  if (way === 'kill -9') parent.kill('SIGKILL');
  else parent.stdin.write('now');
  await gone;
  await until(() => !isRunning(pid) && sessionOf(guard).length === 0 && !existsSync(own));
});

test('says that a program cannot be run', async () => {
  const child = startGuarded({ program: join(folder, 'nothing'), words: [] });
  let err = '';
  child.stderr.on('data', chunk => (err += String(chunk)));
  expect(await child.ended).toEqual({ kind: 'exited', code: 127 });
  expect(err).toContain('not found');
});
