import { spawn } from 'node:child_process';

import { expect, test } from 'vitest';

import { runProgram } from '../../../src/live/run-program.ts';
import { PATIENCE_MS } from '../../support/until.ts';

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
