import { expect, test } from 'vitest';

import { runProgram } from '../../../src/live/run-program.ts';

test('a program gets nothing of our environment, and enough for nginx to write its titles over', async () => {
  // sh adds variables of its own; what it was started with stays here.
  const words = ['-c', 'cat /proc/$$/environ >&2'];
  const ended = await runProgram({ program: '/bin/sh', words, cwd: '/', timeoutMs: 10_000 });
  const stderr = ended.kind === 'ended' ? ended.stderr : '';
  expect(stderr).toMatch(/^PATH=[^\0]+\0$/);
  expect(stderr.length).toBeGreaterThanOrEqual('nginx: worker process is shutting down'.length);
});
