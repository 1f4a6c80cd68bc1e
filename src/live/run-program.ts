import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';

import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { createBoundedText } from './bounded-text.ts';

/** A run of nginx that ends by itself: a test, a question, or a start that leaves a daemon behind. Or of systemctl. */
export interface ProgramRun {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  /** The user and group that it runs as; undefined for ours. */
  readonly user?: number | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly stderr: string }
  | Interruption
  /** It cannot be run, or did not end. */
  | (Failure & { readonly isLate?: true });

/** nginx writes the titles of its processes over its words and variables: with less there is no room to know them by. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
const USUAL_UMASK = 0o022;
/** Of the beginning and of the end: nginx says last why it refuses, after any number of warnings. */
const LONGEST_STDERR = 100_000;
/** Whoever ends with an error has said why; this is for the pipe to be read. */
const LAST_WORDS_MS = 500;

/**
 * Runs a program with an environment of our own, since nginx hands variables on to what it starts, and takes sockets from one.
 * It gets a session of its own: Ctrl-C is for us, and what a start leaves behind outlives us.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const { program, signal } = run;
  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) return { kind: 'interrupted' };
  const child = start(run);
  const said = createBoundedText(LONGEST_STDERR);
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => said.add(text));
  const limits = limit(child, run);
  const closed = new Promise(done => void child.once('close', done));
  const ended = await new Promise<Error | Ended>(resolve => {
    child.once('error', resolve).once('exit', (code, killedBy) => resolve({ code, killedBy }));
  });
  limits.lift();
  if (isAborted()) return { kind: 'interrupted' };
  if (ended instanceof Error) return failure(`${program}: ${ended.message}`);
  if (limits.isLate()) {
    const problem = `${program} did not finish within ${run.timeoutMs / 1_000} s and was killed`;
    return { ...failure(problem), isLate: true };
  }
  if (ended.code === null) return failure(`${program} was killed by ${String(ended.killedBy)}`);
  // A daemon may hold the pipe for ever: its end is not waited for.
  await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })]);
  // Who stood still meanwhile has read nothing yet: timers come before pipes, and this comes after them.
  await setImmediate();
  child.stderr.destroy();
  return { kind: 'ended', code: ended.code, stderr: said.text() };
}

interface Ended {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/** Kills a program, with all that it started, when its time is over or the signal comes. */
function limit(child: ChildProcess, { timeoutMs, signal }: Pick<ProgramRun, 'timeoutMs' | 'signal'>) {
  let isLate = false;
  const kill = (): void => killGroup(child);
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, timeoutMs);
  signal?.addEventListener('abort', kill);
  return {
    isLate: () => isLate,
    lift(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    },
  };
}

/** It leads a group of its own, in which its children are until they leave it, as daemons do. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function start(run: ProgramRun) {
  // Logs are made with it, and hold for all the time that nginx runs.
  const umask = process.umask(USUAL_UMASK);
  try {
    return spawnProgram(run);
  } finally {
    process.umask(umask);
  }
}

function spawnProgram({ program, words, cwd, user }: ProgramRun) {
  return spawn(program, words, {
    cwd,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
}
