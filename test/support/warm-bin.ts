import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Run } from './bin.ts';

const PROGRAM = fileURLToPath(new URL('warm-bin-program.mjs', import.meta.url));
const BUILT = new URL('../../dist/main.js', import.meta.url).href;

interface Job {
  readonly words: readonly string[];
  readonly stdin: string;
  readonly cwd: string;
}

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

let program: Program | undefined;
let turn: Promise<unknown> = Promise.resolve();

/**
 * As `runBin`, in one process for all runs, one after the other: a start takes ten times as long as a small render. For
 * tests of what is said and written; those of streams, signals and crashes start a process each time.
 */
export function runWarm(words: readonly string[], stdin = '', cwd = process.cwd()): Promise<Run> {
  const result = turn.then(() => ask({ words, stdin, cwd }));
  turn = result.catch(() => undefined);
  return result;
}

async function ask(job: Job): Promise<Run> {
  const { child, ended } = (program ??= start());
  child.send(job);
  const [run] = (await Promise.race([once(child, 'message'), ended])) as readonly [Run | number | null];
  if (typeof run === 'object' && run !== null) return run;
  program = undefined;
  throw new Error(`the built program ended with ${run}`);
}

/** It ends with this process, and does not keep it. */
function start(): Program {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = fork(PROGRAM, [BUILT], { env, stdio: ['pipe', 'inherit', 'inherit', 'ipc'] });
  child.unref();
  child.channel?.unref();
  return { child, ended: once(child, 'exit') };
}
