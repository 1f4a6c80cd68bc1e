import type { Stats } from 'node:fs';
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

import { listenersOf } from './listeners.ts';
import {
  allProcesses,
  childrenOf,
  namesIn,
  openFileAt,
  processAt,
  statOf,
  usersOf,
  writtenFilesOf,
} from './processes.ts';
import type { RunningProcess } from './processes.ts';

/** Where the nginx of one folder is looked for. All paths are absolute. */
export interface NginxPlace {
  /** The state folder or prefix, without links in its path. */
  readonly root: string;
  readonly pidFile: string;
  /** Whether nginx runs with `-p` on `root`; else only its pid file tells it from others. */
  readonly isPrefix: boolean;
  /** Beginnings of the paths of its logs, as far as they are known: its workers have them open. */
  readonly logs: readonly string[];
}

/** The process that holds the sockets and obeys signals. */
export interface Master {
  readonly pid: number;
  readonly startTime: string;
}

export interface Worker {
  readonly pid: number;
  /** It takes no new connections and only finishes what it began. */
  readonly isShuttingDown: boolean;
}

const MASTER = 'nginx: master process';
const WORKER = 'nginx: worker process';

/** The pid file of an nginx with `-p` on a folder, in it. */
export const OWN_PID_FILE = 'run/nginx.pid';

/** @param pidFile Absolute for an nginx that runs as it was built, else below the root. */
export function placeIn(root: string, pidFile: string): NginxPlace {
  return isAbsolute(pidFile)
    ? { root, pidFile, isPrefix: false, logs: [] }
    : { root, pidFile: join(root, pidFile), isPrefix: true, logs: [`${root}/logs/`] };
}

/**
 * The master that serves a folder. The pid file may be missing, empty, or name a process that got this number later:
 * only a master of this folder counts, and one without a pid file is found as well.
 */
export function findMaster(place: NginxPlace): Master | undefined {
  const named = namedMaster(place);
  if (!place.isPrefix || (named !== undefined && !isQuitting(named))) return named;
  const masters = findMasters(place);
  return masters.find(master => !isQuitting(master)) ?? masters[0];
}

/** The master that takes connections or can be told to; undefined also for one that is quitting. */
export function findRunning(place: NginxPlace): Master | undefined {
  const master = findMaster(place);
  return master === undefined || isQuitting(master) ? undefined : master;
}

/** All of a folder: one that is quitting may have a successor. */
export function findMasters(place: NginxPlace): readonly Master[] {
  if (!place.isPrefix) return [namedMaster(place)].filter(master => master !== undefined);
  const found = allProcesses().filter(candidate => isMasterOf(place, candidate));
  // A worker that is just being made still looks like its master.
  return found.filter(({ parent }) => found.every(({ pid }) => pid !== parent));
}

/**
 * Whether a master was told to quit. It has closed its ports, obeys no SIGHUP, and waits for the last of its workers,
 * for as long as `worker_shutdown_timeout` says.
 */
function isQuitting(master: Master): boolean {
  const { workers, isGrowing } = familyOf(master);
  return !isGrowing && workers.every(worker => worker.isShuttingDown) && listenersOf(master.pid)?.length === 0;
}

function namedMaster(place: NginxPlace): Master | undefined {
  const named = processAt(readPid(place.pidFile));
  return named !== undefined && isMasterOf(place, named) ? named : undefined;
}

export function isAlive({ pid, startTime }: Master): boolean {
  return processAt(pid)?.startTime === startTime;
}

/** The workers of a master, and whether more are being made: those have its title until they are ready. */
export function familyOf({ pid }: Master): { readonly workers: readonly Worker[]; readonly isGrowing: boolean } {
  const children = childrenOf(pid);
  return { workers: children.filter(isWorker).map(asWorker), isGrowing: children.some(isMaster) };
}

/** The file that the messages of a process go to; undefined when it is no file, or not for us to know. */
export function errorFileOf({ pid }: Master): string | undefined {
  const path = openFileAt(pid, 2);
  return path === undefined || path.startsWith('/dev/') || !path.startsWith('/') ? undefined : path;
}

/** Workers of a folder whose master is gone. They serve on, and keep the ports from a new one. */
export function findOrphans(place: NginxPlace): readonly Worker[] {
  const processes = allProcesses();
  const masters = new Set(processes.filter(isMaster).map(({ pid }) => pid));
  return processes
    .filter(worker => isWorker(worker) && !masters.has(worker.parent) && writesLogOf(place, worker.pid))
    .map(asWorker);
}

/** A start of nginx for a folder that is not done yet: one that outlived whoever began it. */
export function findStarting(place: NginxPlace): RunningProcess | undefined {
  if (!place.isPrefix) return undefined;
  return allProcesses().find(
    ({ title, pid }) =>
      pid !== process.pid &&
      /^(?!nginx: ).*nginx/.test(title) &&
      isNamed(place.root, title) &&
      !/ -t(?: |$)/.test(title) &&
      isTrusted(place, pid),
  );
}

function readPid(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').trim());
  } catch {
    return 0; // there is none: no process has this number
  }
}

function isMasterOf(place: NginxPlace, candidate: RunningProcess): boolean {
  if (!isMaster(candidate) || !isTrusted(place, candidate.pid)) return false;
  if (!place.isPrefix) return true;
  // With an nginx.conf of others it may log elsewhere.
  return writesLogOf(place, candidate.pid) || isNamed(place.root, candidate.title);
}

/** Any user can give a program the title of nginx: it must be root's, that of the owner of the folder, or ours. */
function isTrusted(place: NginxPlace, pid: number): boolean {
  const trusted = trustedUsers(place);
  return usersOf(pid)?.every(user => trusted.has(user)) === true;
}

function trustedUsers({ root }: NginxPlace): ReadonlySet<number | undefined> {
  return new Set([0, process.geteuid?.(), statOf(root)?.uid]);
}

function isMaster({ title }: RunningProcess): boolean {
  return title.startsWith(MASTER);
}

function isWorker({ title }: RunningProcess): boolean {
  return title.startsWith(WORKER);
}

function asWorker({ pid, title }: RunningProcess): Worker {
  return { pid, isShuttingDown: title.startsWith(`${WORKER} is shutting down`) };
}

/**
 * Whether a process has one of the logs open for writing, which only nginx and those it was started by can have. A log
 * that was deleted keeps its name, with a word behind it. False also when that is not for us to know.
 */
function writesLogOf(place: NginxPlace, pid: number): boolean {
  const { logs } = place;
  const written = writtenFilesOf(pid, path => logs.some(log => path.startsWith(log)));
  if (written.length === 0) return false;
  const trusted = trustedUsers(place);
  // nginx gives logs that it opens anew to the user of its workers: those that lie there now are logs all the same.
  const present = new Set(logs.flatMap(filesThatBegin).map(fileId));
  return written.some(({ stats }) => trusted.has(stats.uid) || present.has(fileId(stats)));
}

function fileId({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function filesThatBegin(beginning: string): readonly Stats[] {
  const folder = dirname(`${beginning}x`);
  const paths = namesIn(folder).map(name => join(folder, name));
  return paths.flatMap(path => (path.startsWith(beginning) ? (statOf(path) ?? []) : []));
}

/** nginx keeps its command line in its title, where a blank in a path looks like one between words. */
function isNamed(root: string, title: string): boolean {
  return [root, `${root}/`].some(path => `${title} -`.includes(` -p ${path} -`));
}
