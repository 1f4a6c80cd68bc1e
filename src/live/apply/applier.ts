import { realpathSync } from 'node:fs';

import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { createApplier } from './actions.ts';
import { isSystemError } from '../../output/disk.ts';
import { openOwnFolder } from '../../output/levels.ts';
import { openJournal, sweep } from './engine.ts';
import type { Engine } from './engine.ts';
import { findBuild } from '../local-nginx/find-build.ts';
import { problemForUs, problemWithFolder } from './folder-problem.ts';
import { takeLock } from './lock.ts';
import type { Lock, Locking } from './lock.ts';
import type { Applier } from './model.ts';
import type { NginxBuild } from '../local-nginx/nginx-build.ts';
import { familyOf, findMaster } from './nginx-processes.ts';
import { setUp, setUpToStop } from './nginx-setup.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { userOf } from './processes.ts';
import { openRecords } from './releases.ts';
import { findStateFolder, makeReleases, makeWritten, stateFolder } from './state-folder.ts';
import { recover, takeBack } from './switch.ts';
import { findService } from './system-service.ts';

export interface ApplierOptions {
  /** Absolute: the state folder, or the prefix. */
  readonly folder: string;
  /** `system`: an nginx that the system runs reads its configuration from the folder. */
  readonly kind: 'own' | 'system';
  /** The `--nginx` of the user. */
  readonly nginx: string | undefined;
  /** How long to wait for another run that holds the folder, and for a start or reload to be confirmed. */
  readonly timeoutMs: number;
  /** How many releases stay, the current one and the one before it at least; Infinity for all. */
  readonly keepReleases: number;
  /** What this run does, for others that find the folder locked. */
  readonly purpose: LockPurpose;
  /** Ends the waiting for the lock. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What a user should know though all goes well, in one line each. */
  readonly onNote?: (note: string) => void;
  /** Called right before each step that changes the disk or signals a process. */
  readonly onStep?: (step: string) => void;
}

export type LockPurpose = 'apply' | 'apply --watch' | 'rollback' | 'start' | 'stop';

export type ApplierOpening =
  | { readonly kind: 'open'; readonly applier: Applier }
  | Interruption
  /** Another run holds the folder, there is no nginx, it is too old. */
  | Failure;

/** To end an nginx, none has to be installed any more. */
const NO_BUILD = { kind: 'found', build: undefined } as const;

/** Takes the lock of the folder, makes good what an interrupted run left, and looks at nginx. */
export async function openApplier(options: ApplierOptions): Promise<ApplierOpening> {
  try {
    const search = options.purpose === 'stop' ? NO_BUILD : await findBuild(options.nginx, options.signal);
    if (search.kind !== 'found') return search;
    const root = openFolder(options);
    if (typeof root !== 'string') return root;
    const locking = await lockFolder(options, root);
    if (locking.kind === 'interrupted') return locking;
    if (locking.kind === 'locked') return await openLocked(options, { build: search.build, root, lock: locking.lock });
    const { holder } = locking;
    return failure(`${options.folder} is in use by ingress2nginx ${holder.purpose}, process ${holder.pid}`);
  } catch (error) {
    if (isSystemError(error)) return failure(`${options.folder} cannot be used: ${error.message}`);
    throw error;
  }
}

/** The folder without links in its path. Throws as the file system does. */
function openFolder({ folder, kind, purpose }: ApplierOptions): string | Failure {
  const foreign = problemForUs(folder);
  if (foreign !== undefined) return failure(foreign);
  const isNeeded: readonly LockPurpose[] = ['rollback', 'start', 'stop'];
  if (isNeeded.includes(purpose) && findStateFolder(folder) === undefined)
    return failure(`nothing was ever applied in ${folder}`);
  // To end an nginx, its folder need not be in order.
  const problem = purpose === 'stop' ? undefined : problemWithFolder(folder, kind);
  if (problem !== undefined) return failure(problem);
  if (kind === 'system') return realpathSync(folder);
  const opened = openOwnFolder(folder);
  return opened.kind === 'open' ? opened.path : opened;
}

const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EROFS'];

/**
 * Where there is no room for a lock, nobody holds one and nobody can take one: nginx can be stopped all the same, which
 * may be what makes room.
 */
async function lockFolder({ purpose, timeoutMs, signal }: ApplierOptions, folder: string): Promise<Locking> {
  const isLasting = (other: string): boolean => other === ('apply --watch' satisfies LockPurpose);
  try {
    return await takeLock({ folder, purpose, timeoutMs, signal, isLasting });
  } catch (error) {
    if (purpose !== 'stop' || !isSystemError(error) || !NO_ROOM.includes(error.code)) throw error;
    return { kind: 'locked', lock: { release: () => undefined } };
  }
}

interface Opened {
  /** Undefined when nginx is only stopped. */
  readonly build: NginxBuild | undefined;
  readonly root: string;
  readonly lock: Lock;
}

async function openLocked(options: ApplierOptions, { build, root, lock }: Opened): Promise<ApplierOpening> {
  let isOpen = false;
  try {
    const state = stateFolder(root);
    makeReleases(state);
    const { kind, keepReleases, now, timeoutMs, onNote, onStep } = options;
    const setup =
      build === undefined
        ? setUpToStop(root, openJournal(state, undefined).read().pidFile)
        : setUp({ root, kind, build, isRoot: process.getuid?.() === 0 });
    if (setup.place.isPrefix) makeWritten(state);
    const strange = strangerIn(options, setup);
    if (strange !== undefined) return failure(strange);
    const step = onStep ?? (() => undefined);
    const note = onNote ?? (() => undefined);
    const service = setup.place.isPrefix ? undefined : findService();
    const nginx = { setup, service, timeoutMs, note, step };
    const files = { journal: openJournal(state, setup.place), records: openRecords(state) };
    const isWatching = options.purpose === 'apply --watch';
    const engine: Engine = { state, kind, nginx, ...files, keepReleases, isWatching, now, note, step };
    await settle(engine, options.purpose);
    isOpen = true;
    return { kind: 'open', applier: createApplier(engine, build, lock) };
  } finally {
    if (!isOpen) lock.release();
  }
}

/** Why the nginx that runs cannot be ours to reload or to stop; undefined when it can, or none runs. */
function strangerIn({ folder, purpose }: ApplierOptions, setup: NginxSetup): string | undefined {
  const master = findMaster(setup.place);
  const user = master === undefined ? undefined : userOf(master.pid);
  const own = process.getuid?.();
  if (master === undefined || user === undefined) return undefined;
  if (user !== own && own !== 0)
    return `no permission to ${purpose === 'stop' ? 'stop' : 'reload'} nginx ${master.pid}: run as root`;
  if (purpose === 'stop') return undefined;
  // Whom workers run as is settled when nginx is started.
  const isShutOut = setup.isClosed && familyOf(master).workers.some(({ pid }) => userOf(pid) !== own);
  return isShutOut
    ? `the workers of nginx ${master.pid} can no longer read ${folder}: make it readable for them, or stop nginx and apply again`
    : undefined;
}

/** Whatever an earlier run that was killed left is put right first, so that nobody after this needs to think of it. */
async function settle(engine: Engine, purpose: LockPurpose): Promise<void> {
  try {
    sweep(engine);
    const { pending } = engine.journal.read();
    if (pending === undefined) return;
    if (purpose === 'stop') takeBack(engine, pending);
    else await recover(engine, pending);
  } catch (error) {
    // To end an nginx, nothing has to be written: the switch stays on record.
    if (purpose !== 'stop' || !isSystemError(error)) throw error;
  }
}
