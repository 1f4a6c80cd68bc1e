import { setTimeout as delay } from 'node:timers/promises';

import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { BackoffPace } from '../backoff.ts';
import { backoffMs } from '../backoff.ts';
import { readLines } from '../bounded-text.ts';
import type { EventSink } from '../events.ts';
import type { GuardedChild } from './guarded-child.ts';
import { startGuarded } from './guarded-child.ts';
import { makeSocketFolder, removeSocketFolder } from './socket-folder.ts';
import { plainWords } from './stderr.ts';

/** One `kubectl proxy`, started again when it ends. */
export interface KubectlProxy {
  /** The socket to talk to; starts kubectl when it is not running, but not more often than is good. */
  reach(): Promise<Reach>;
  /** Starts kubectl anew, so that it reads its kubeconfig again. */
  renew(): void;
  close(): Promise<void>;
}

export type Reach =
  | { readonly kind: 'up'; readonly socket: string }
  /** In kubectl's own words where it has some. */
  | Failure;

export interface ProxySettings {
  /** An absolute path. */
  readonly program: string;
  readonly clusterWords: readonly string[];
  readonly onEvent: EventSink;
}

/** Some builds of kubectl ask the server for its version first. */
const LONGEST_START_MS = 30_000;
/** A kubectl that lived so long was well: the next one is started at once. */
const WELL_MS = 60_000;
const PACE: BackoffPace = { firstMs: 1_000, longestMs: 30_000 };
/** kubectl before 1.23 does not know the flag, and then cannot follow servers below a path. */
const SERVER_PATH = '--append-server-path';

interface Run {
  readonly child: GuardedChild;
  readonly startedAt: number;
  readonly ready: Promise<Reach>;
  /** With the reason. */
  readonly ended: Promise<string>;
}

export function keepProxy(settings: ProxySettings): KubectlProxy {
  const pause = restartPause();
  const old = new Set<Promise<unknown>>();
  let run: Run | undefined;
  let isClosed = false;
  let knowsServerPath = true;
  let lastProblem = '';

  const follow = async (started: Run): Promise<void> => {
    const problem = await started.ended;
    if (run !== started || isClosed) return;
    run = undefined;
    if (knowsServerPath && problem.includes(SERVER_PATH)) {
      knowsServerPath = false;
      return;
    }
    const retryInMs = pause.after(Date.now() - started.startedAt);
    if (problem !== lastProblem) settings.onEvent({ kind: 'trouble', what: 'kubectl', problem, retryInMs });
    lastProblem = problem;
  };

  const reach = async (): Promise<Reach> => {
    if (isClosed) return failure('kubectl was stopped');
    if (run === undefined) {
      if (!pause.isOver()) return failure(lastProblem);
      const started = startProxy(settings, knowsServerPath ? [SERVER_PATH] : []);
      if ('kind' in started) return started;
      run = started;
      void follow(started);
    }
    const knewServerPath = knowsServerPath;
    const reached = await run.ready;
    return reached.kind === 'failed' && knewServerPath && !knowsServerPath ? reach() : reached;
  };

  return {
    reach,
    renew() {
      if (run === undefined) return;
      const ending = run.child.close().finally(() => old.delete(ending));
      old.add(ending);
      run = undefined;
    },
    async close() {
      isClosed = true;
      await Promise.all([run?.child.close(), ...old]);
    },
  };
}

/** When a program that ended may be started again: at once the first time, then 1 s later, doubling to 30 s. */
function restartPause() {
  let deaths = 0;
  let endsAt = 0;
  return {
    isOver: () => Date.now() >= endsAt,
    /** The pause in ms after a program that lived so long. */
    after(livedMs: number): number {
      if (livedMs > WELL_MS) deaths = 0;
      const pauseMs = backoffMs(deaths, PACE);
      deaths++;
      endsAt = Date.now() + pauseMs;
      return pauseMs;
    },
  };
}

function startProxy({ program, clusterWords }: ProxySettings, more: readonly string[]): Run | Reach {
  const made = makeSocketFolder();
  if (made.kind === 'failed') return made;
  const { folder, socket } = made;
  const words = ['proxy', ...clusterWords, ...more, `--unix-socket=${socket}`];
  const child = startGuarded({ program, words, folder });
  const startedAt = Date.now();
  const ended = endOf(child, folder);
  return { child, startedAt, ended, ready: readiness(child, socket, ended) };
}

/** Gathers what kubectl says, for the day when it ends. */
async function endOf(child: GuardedChild, folder: string): Promise<string> {
  let said: readonly string[] = [];
  readLines(child.stderr, line => {
    const words = plainWords(line);
    if (words !== undefined) said = [...said.slice(-4), words];
  });
  const end = await child.ended;
  removeSocketFolder(folder); // its guard has done so, unless it was killed
  if (said.length > 0) return `kubectl: ${said.join('; ')}`;
  return end.kind === 'failed' ? end.problem : `kubectl proxy ended with code ${end.code}`;
}

function readiness(child: GuardedChild, socket: string, ended: Promise<string>): Promise<Reach> {
  const up = new Promise<Reach>(resolve => {
    readLines(child.stdout, line => {
      if (line.startsWith('Starting to serve on')) resolve({ kind: 'up', socket });
    });
  });
  const late = new AbortController();
  const down = async (): Promise<Reach> => failure(await ended);
  const tooLate = async (): Promise<Reach> => {
    const isLate = await delay(LONGEST_START_MS, true, { signal: late.signal }).catch(() => false);
    if (isLate) void child.close();
    return failure(`kubectl proxy did not start within ${LONGEST_START_MS / 1_000} s`);
  };
  return Promise.race([up, down(), tooLate()]).finally(() => late.abort());
}
