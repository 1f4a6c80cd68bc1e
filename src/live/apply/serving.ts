import { setTimeout } from 'node:timers/promises';

import { runProgram } from '../run-program.ts';
import { complaintsOf, hasWarned, isFinal, linesSince, markLog } from './error-log.ts';
import type { LogMark } from './error-log.ts';
import { closedSockets, listenersOf } from './listeners.ts';
import type { Listener } from './listeners.ts';
import {
  errorFileOf,
  findMaster,
  findOrphans,
  findRunning,
  findStarting,
  isAlive,
  familyOf,
} from './nginx-processes.ts';
import type { Master } from './nginx-processes.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { explainListening, explainUnknown } from '../local-nginx/nginx-trouble.ts';
import type { SystemService } from './system-service.ts';

/** The nginx of one folder, to be started and reloaded. */
export interface ServedNginx {
  readonly setup: NginxSetup;
  /** How the system starts and reloads it; undefined when we do. */
  readonly service: SystemService | undefined;
  /** How long a start or reload may take to be seen. */
  readonly timeoutMs: number;
  readonly note: (note: string) => void;
  readonly step: (step: string) => void;
}

export type BroughtUp =
  | {
      readonly kind: 'up';
      readonly action: 'started' | 'reloaded';
      readonly pid: number;
      readonly workers: number;
      /** Whether its log has warnings of what it read. */
      readonly hasWarned: boolean;
    }
  | {
      readonly kind: 'down';
      readonly problem: string;
      /** What nginx said, perhaps nothing. */
      readonly stderr: string;
      /** Whether nginx refused what it read, and serves on as if nothing had been. */
      readonly isUntouched: boolean;
    };

type Down = Extract<BroughtUp, { kind: 'down' }>;

/** nginx tries five times to get a port, with half a second in between, and some time for a slow machine. */
const BIND_TRIES_MS = 4000;
/** A master that has none for so long has lost them. */
const FIRST_WORKERS_MS = 1000;
const LOOK_AGAIN_MS = 15;

/** Makes nginx serve what lies in the folder now, and sees that it does: starts it, or reloads the one that runs. */
export async function bringUp(nginx: ServedNginx, sockets: readonly Listener[]): Promise<BroughtUp> {
  await startOfOthers(nginx);
  const master = findRunning(nginx.setup.place);
  return master === undefined ? start(nginx, sockets) : reload(nginx, master, sockets);
}

/** Whether nginx runs, has workers that take connections, and listens on all of the sockets. */
export async function isServing(master: Master, sockets: readonly Listener[]): Promise<boolean> {
  if (familyOf(master).workers.every(worker => worker.isShuttingDown)) return false;
  return (await closedOf(master, sockets)).length === 0;
}

/** A run of ours that was killed may have left a start that goes on. */
async function startOfOthers({ setup }: ServedNginx): Promise<void> {
  const until = performance.now() + BIND_TRIES_MS;
  while (findStarting(setup.place) !== undefined && performance.now() < until) await setTimeout(LOOK_AGAIN_MS);
}

async function start(nginx: ServedNginx, sockets: readonly Listener[]): Promise<BroughtUp> {
  const { setup, service, note, step } = nginx;
  for (const text of setup.notes) note(text);
  // They keep the ports; nginx tries for longer than they need to let go.
  for (const { pid, isShuttingDown } of findOrphans(setup.place)) {
    if (isShuttingDown) continue;
    step(`end worker ${pid}, whose master is gone`);
    signalIfThere(pid, 'SIGQUIT');
  }
  if (!setup.place.isPrefix) await endQuitting(nginx);
  const marks = [markLog(setup.errorLog)];
  step('start nginx');
  const timeoutMs = nginx.timeoutMs + BIND_TRIES_MS;
  const ended =
    service === undefined
      ? await runProgram({ program: setup.program, words: setup.startWords, cwd: '/', timeoutMs })
      : await service.start(timeoutMs);
  if (ended.kind === 'interrupted') throw new Error('a start cannot be interrupted');
  if (ended.kind === 'failed') return down(ended.problem);
  if (ended.code !== 0) {
    const problem = explainListening(ended.stderr.split('\n'), new Set()) ?? 'nginx does not start';
    return down(problem, ended.stderr);
  }
  return confirm(nginx, { before: undefined, known: new Set(), marks, sockets });
}

/** The pid file is all that the system knows its nginx by. One that is quitting takes that of its successor away. */
async function endQuitting({ setup, step }: ServedNginx): Promise<void> {
  const master = findMaster(setup.place);
  if (master === undefined) return;
  step('end the nginx that is quitting');
  signalIfThere(master.pid, 'SIGTERM');
  const until = performance.now() + BIND_TRIES_MS;
  while (isAlive(master) && performance.now() < until) await setTimeout(LOOK_AGAIN_MS);
}

async function reload(nginx: ServedNginx, master: Master, sockets: readonly Listener[]): Promise<BroughtUp> {
  const { setup, service, step } = nginx;
  // What was configured until now may log elsewhere than the release does.
  const logs = new Set([errorFileOf(master) ?? setup.errorLog, setup.errorLog]);
  await workersAreThere(master);
  const marks = [...logs].map(markLog);
  const known = new Set(familyOf(master).workers.map(({ pid }) => pid));
  step('reload nginx');
  if (service?.isActive() !== true) signalIfThere(master.pid, 'SIGHUP');
  else {
    const ended = await service.reload(nginx.timeoutMs);
    if (ended.kind === 'failed') return down(ended.problem);
    if (ended.kind === 'ended' && ended.code !== 0) {
      return down('the service manager failed to reload nginx', ended.stderr);
    }
  }
  return confirm(nginx, { before: master, known, marks, sockets });
}

/** After a start that has just been, first workers would pass for those of the reload. */
async function workersAreThere(master: Master): Promise<void> {
  const until = performance.now() + FIRST_WORKERS_MS;
  for (;;) {
    const { workers, isGrowing } = familyOf(master);
    if ((workers.length > 0 && !isGrowing) || performance.now() > until) return;
    await setTimeout(LOOK_AGAIN_MS);
  }
}

interface Awaited {
  /** The master that was told to reload; undefined after a start. */
  readonly before: Master | undefined;
  /** Workers from before. */
  readonly known: ReadonlySet<number>;
  readonly marks: readonly LogMark[];
  readonly sockets: readonly Listener[];
}

/** Looks until the new configuration serves, nginx has refused it, or the time is over. */
async function confirm(nginx: ServedNginx, awaited: Awaited): Promise<BroughtUp> {
  const until = performance.now() + nginx.timeoutMs;
  const { before, marks } = awaited;
  nginx.step('look at nginx');
  for (;;) {
    const master = before ?? findRunning(nginx.setup.place);
    const lines = marks.flatMap(linesSince);
    const complaints = master === undefined ? [] : complaintsOf(master.pid, lines);
    if (complaints.some(isFinal)) return { ...refused(complaints, master), isUntouched: isUntouched(awaited) };
    if (before !== undefined && !isAlive(before)) return down('nginx exited during the reload', complaints.join('\n'));
    const seen = await look(master, awaited);
    if (typeof seen !== 'string') return { ...seen, hasWarned: hasWarned(seen.pid, lines) };
    // As long as nginx tries to get a port, nobody knows how it will end.
    if (performance.now() > until + (complaints.length > 0 ? BIND_TRIES_MS : 0)) {
      const problem = `nginx does not serve after ${nginx.timeoutMs / 1000} s: ${seen}`;
      return { ...refused(complaints, master), problem };
    }
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/** Whether the workers of before serve on, and no others: nginx makes new ones when it has read all and opened all. */
function isUntouched({ before, known }: Awaited): boolean {
  if (before === undefined || !isAlive(before)) return false;
  const { workers, isGrowing } = familyOf(before);
  const serving = workers.filter(({ isShuttingDown }) => !isShuttingDown);
  return !isGrowing && serving.length > 0 && serving.every(({ pid }) => known.has(pid));
}

type Seen = Omit<Extract<BroughtUp, { kind: 'up' }>, 'hasWarned'>;

/** That it serves, or what is missing yet. */
async function look(master: Master | undefined, { before, known, sockets }: Awaited): Promise<Seen | string> {
  if (master === undefined) return 'it is not running';
  const { workers: all, isGrowing } = familyOf(master);
  const workers = all.filter(({ isShuttingDown }) => !isShuttingDown);
  if (workers.length === 0) return 'it has no workers';
  if (workers.some(({ pid }) => known.has(pid))) return 'the old workers still serve';
  if (isGrowing) return 'its workers are not ready';
  const [closed] = await closedOf(master, sockets);
  if (closed !== undefined) return `it does not listen on ${nameOf(closed)}`;
  return {
    kind: 'up',
    action: before === undefined ? 'started' : 'reloaded',
    pid: master.pid,
    workers: workers.length,
  };
}

/** That somebody answers on a port says little: it must be this nginx, where that can be known. */
async function closedOf({ pid }: Master, sockets: readonly Listener[]): Promise<readonly Listener[]> {
  const listeners = listenersOf(pid);
  const own = listeners && new Set(listeners.map(nameOf));
  const others =
    own === undefined ? [] : sockets.filter(socket => !own.has(nameOf(socket)) && !own.has(everywhere(socket)));
  return others.length > 0 ? others : closedSockets(sockets);
}

function nameOf({ address, port }: Listener): string {
  return `${address}:${port}`;
}

/** nginx opens no socket of its own for an address where it listens on all of them. */
function everywhere({ address, port }: Listener): string {
  return nameOf({ address: address.startsWith('[') ? '[::]' : '0.0.0.0', port });
}

function down(problem: string, stderr = ''): Down {
  return { kind: 'down', problem, stderr, isUntouched: false };
}

function refused(complaints: readonly string[], master: Master | undefined): Down {
  const own = master === undefined ? [] : (listenersOf(master.pid) ?? []);
  const problem = explainListening(complaints, new Set(own.map(({ port }) => port)));
  const cause = problem ?? explainUnknown(complaints) ?? 'nginx failed to reload';
  return down(cause, complaints.join('\n'));
}

/** Whoever has ended in the meantime needs no signal. */
export function signalIfThere(pid: number, signal: 'SIGHUP' | 'SIGQUIT' | 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
