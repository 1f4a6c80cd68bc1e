import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runProgram } from '../../../src/live/run-program.ts';
import { PATIENCE_MS, until } from '../../support/until.ts';

test('a program gets nothing of our environment, and enough for nginx to write its titles over', async () => {
  // sh adds variables of its own; what it was started with stays here.
  const words = ['-c', 'cat /proc/$$/environ >&2'];
  const ended = await runProgram({ program: '/bin/sh', words, cwd: '/', timeoutMs: PATIENCE_MS });
  const stderr = ended.kind === 'ended' ? ended.stderr : '';
  expect(stderr).toMatch(/^PATH=[^\0]+\0$/);
  expect(stderr.length).toBeGreaterThanOrEqual('nginx: worker process is shutting down'.length);
});

test('what a program says is read though we stand still when it ends', async () => {
  const words = ['-c', 'sleep 0.4; echo words >&2'];
  const running = runProgram({ program: '/bin/sh', words, cwd: '/', timeoutMs: PATIENCE_MS });
  // The end of another child makes Node look for all that have ended: ours is among them, and not a byte of it was read.
  const other = spawn('/bin/sh', ['-c', 'echo other >&2'], { stdio: ['ignore', 'ignore', 'pipe'] });
  other.stderr.once('data', () => standStill(900));
  other.once('exit', () => standStill(700));
  standStill(200);
  expect(await running).toEqual({ kind: 'ended', code: 0, stderr: 'words\n' });
});

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test('the last words of a program are kept, however much it said before', async () => {
  const words = [
    '-c',
    'yes "nginx: [warn] again" | head -c 1000000 >&2; echo "nginx: [emerg] that is why" >&2; exit 1',
  ];
  const ended = await runProgram({ program: '/bin/sh', words, cwd: '/', timeoutMs: PATIENCE_MS });
  const stderr = ended.kind === 'ended' ? ended.stderr : '';
  expect(stderr.length).toBeLessThan(250_000);
  expect(stderr).toMatch(/^nginx: \[warn\] again\n[^]*\[\d+ characters left out\]\nnginx[^]*\[emerg\] that is why\n$/);
});

test('a program that takes too long is killed, and said', async () => {
  const ended = await runProgram({ program: '/bin/sh', words: ['-c', 'sleep 1000 & wait'], cwd: '/', timeoutMs: 300 });
  const problem = '/bin/sh did not finish within 0.3 s and was killed';
  expect(ended).toEqual({ kind: 'failed', problem, isLate: true });
});

test('a program that is interrupted is killed with its children', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-program-'));
  try {
    const controller = new AbortController();
    const { signal } = controller;
    const words = ['-c', `sleep 1000 & echo $! > ${folder}/new; mv ${folder}/new ${folder}/child; wait`];
    const running = runProgram({ program: '/bin/sh', words, cwd: '/', timeoutMs: PATIENCE_MS, signal });
    await until(() => existsSync(join(folder, 'child')));
    controller.abort();
    expect(await running).toEqual({ kind: 'interrupted' });
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await until(() => !isRunning(child));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** One that has ended, and that nobody has waited for yet, does not run. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
