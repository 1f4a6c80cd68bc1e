import { currentOf } from './actions.ts';
import { openJournal } from './engine.ts';
import { problemWithCurrent } from './folder-problem.ts';
import type { PastError } from './journal.ts';
import { listenersOf } from './listeners.ts';
import { readHolder } from './lock.ts';
import type { LockHolder } from './lock.ts';
import type { CurrentRelease } from './model.ts';
import { familyOf, findMaster, findOrphans, placeIn } from './nginx-processes.ts';
import type { Master } from './nginx-processes.ts';
import { openRecords } from './releases.ts';
import { findStateFolder } from './state-folder.ts';

/** What `status` says about a state folder; nothing is changed and no lock is needed for it. */
export interface ServingStatus {
  readonly folder: string;
  readonly release: CurrentRelease | undefined;
  readonly nginx: NginxStatus | undefined;
  /** Workers that serve on though their master is gone; the next apply ends them. */
  readonly orphans: number;
  readonly lastError: PastError | undefined;
  /** Whether an apply ended between its switch and its end: the next one puts that right. */
  readonly isInterrupted: boolean;
  readonly holder: LockHolder | undefined;
  /** Why the next apply will be refused; undefined when nothing speaks against it. */
  readonly problem: string | undefined;
}

export interface NginxStatus {
  readonly pid: number;
  /** Those that take new connections. */
  readonly workers: number;
  /** Old ones that only finish what they began. */
  readonly workersShuttingDown: number;
  /** TCP addresses that are open, such as `0.0.0.0:8080`, sorted; undefined when that is not for us to know. */
  readonly listeners: readonly string[] | undefined;
}

/**
 * Reads what is served from a folder; undefined when nothing was ever applied there. Throws as the file system does.
 * @param folder Absolute.
 */
export async function readStatus(folder: string): Promise<ServingStatus | undefined> {
  const state = findStateFolder(folder);
  if (state === undefined) return undefined;
  const journal = openJournal(state, undefined);
  const { pidFile, lastError, pending } = journal.read();
  const place = placeIn(state.root, pidFile);
  const master = findMaster(place);
  const holder = readHolder(state.root);
  return {
    folder,
    release: currentOf({ journal, state, records: openRecords(state) }),
    nginx: master && statusOf(master),
    orphans: findOrphans(place).filter(({ isShuttingDown }) => !isShuttingDown).length,
    lastError,
    isInterrupted: pending !== undefined && holder === undefined,
    holder,
    problem: problemWithCurrent(state.root),
  };
}

function statusOf(master: Master): NginxStatus {
  const { workers } = familyOf(master);
  const old = workers.filter(({ isShuttingDown }) => isShuttingDown).length;
  const listeners = listenersOf(master.pid)?.map(({ address, port }) => `${address}:${port}`);
  return {
    pid: master.pid,
    workers: workers.length - old,
    workersShuttingDown: old,
    listeners: listeners && [...new Set(listeners)].toSorted(),
  };
}
