import { spawn } from 'node:child_process';
import { setImmediate, setTimeout } from 'node:timers/promises';

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
  | { readonly kind: 'interrupted' }
  /** It cannot be run, or did not end. */
  | { readonly kind: 'failed'; readonly problem: string };

/** nginx writes the titles of its processes over its words and variables: with less there is no room to know them by. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
const USUAL_UMASK = 0o022;
const LONGEST_STDERR = 100_000;
/** Whoever ends with an error has said why; this is for the pipe to be read. */
const LAST_WORDS_MS = 500;

/**
 * Runs a program with an environment of our own, since nginx hands variables on to what it starts, and takes sockets from one.
 * It gets a session of its own: Ctrl-C is for us, and what a start leaves behind outlives us.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const { program, timeoutMs, signal } = run;
  const child = start(run);
  let stderr = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    if (stderr.length < LONGEST_STDERR) stderr += text;
  });
  const closed = new Promise(done => void child.once('close', done));
  const ended = await new Promise<Error | Ended>(resolve => {
    child.once('error', resolve).once('exit', (code, killedBy) => resolve({ code, killedBy }));
  });
  if (ended instanceof Error) {
    return signal?.aborted ? { kind: 'interrupted' } : { kind: 'failed', problem: `${program}: ${ended.message}` };
  }
  if (ended.code === null) {
    const problem = `${program} was ended by ${String(ended.killedBy)} after at most ${timeoutMs / 1000} s`;
    return { kind: 'failed', problem };
  }
  // A daemon may hold the pipe for ever: its end is not waited for.
  await Promise.race([closed, setTimeout(LAST_WORDS_MS, undefined, { ref: false })]);
  // Who stood still meanwhile has read nothing yet: timers come before pipes, and this comes after them.
  await setImmediate();
  child.stderr.destroy();
  return { kind: 'ended', code: ended.code, stderr };
}

interface Ended {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
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

function spawnProgram({ program, words, cwd, user, timeoutMs, signal }: ProgramRun) {
  return spawn(program, words, {
    cwd,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
}
