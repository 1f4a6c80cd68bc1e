import { isSystemError } from '../../output/disk.ts';
import { socketsOf, sweep } from './engine.ts';
import type { Engine } from './engine.ts';
import type { Journal, PendingSwitch } from './journal.ts';
import type { ApplyOutcome } from './model.ts';
import { findRunning } from './nginx-processes.ts';
import { carryOver, dropCarried } from './release-files.ts';
import { releaseFolder } from './releases.ts';
import { bringUp } from './serving.ts';
import type { BroughtUp } from './serving.ts';
import { linkRelease } from './state-folder.ts';
import { stop } from './stopping.ts';
import { makeLinks, undoLinks } from './system-links.ts';
import { testRelease } from './testing.ts';

/** What has been switched is brought to its end. */
const NEVER = new AbortController().signal;

/** A release that lies there, and shall be served. */
export interface SwitchTarget {
  readonly to: string;
  /** What `nginx -t` said to it when it was tested; undefined where the nginx that runs is asked by the reload alone. */
  readonly tested: string | undefined;
  /** Whether it was never served: then it goes when it cannot be. */
  readonly isNew: boolean;
  /** The releases before and beside it, once it is served. */
  readonly lists: Pick<Journal, 'earlier' | 'withdrawn'>;
}

/**
 * From the release that is served to another one, or back. The journal says what is going on from before the first
 * change until the last: whoever is killed in between leaves one of the two serving, and the next run knows of it.
 */
export async function switchTo(engine: Engine, target: SwitchTarget): Promise<ApplyOutcome> {
  const { journal, step } = engine;
  const before = journal.read();
  const pending: PendingSwitch = { from: before.active, to: target.to, isNew: target.isNew };
  const isRunning = findRunning(engine.nginx.setup.place) !== undefined;
  step('prepare the end of the switch');
  const end = journal.prepare({
    ...before,
    ...pruned(target.lists, engine.keepReleases),
    active: target.to,
    since: engine.now(),
    lastError: undefined,
    pending: undefined,
  });
  try {
    step('record the switch');
    journal.write({ ...before, pending });
    const up = await tryToServe(engine, pending);
    const isTested = target.tested !== undefined;
    if (up.kind === 'down') return await goBack(engine, pending, { ...up, isRunning, isTested });
    tidy(engine, target.to);
    step('record the end of the switch');
    const problem = problemOf(() => end.put());
    // What is not on record would be taken back by the next run: better now, while somebody looks.
    if (problem !== undefined) {
      return await goBack(engine, pending, {
        problem: `the switch cannot be recorded: ${problem}`,
        stderr: '',
        isUntouched: false,
        isRunning,
        isTested: true,
      });
    }
    sweep(engine);
    const { action, pid, workers } = up;
    const stderr = target.tested ?? (up.hasWarned ? await warningsOf(engine, target.to) : '');
    return { kind: 'serving', action, release: target.to, pid, workers, stderr };
  } finally {
    end.drop();
  }
}

/** What nginx warned of, in the words of its test. */
async function warningsOf(engine: Engine, release: string): Promise<string> {
  const verdict = await testRelease(engine, releaseFolder(engine.state, release), NEVER);
  return verdict.kind === 'accepted' ? verdict.stderr : '';
}

/** From here on the release holds nothing but its own files; that one cannot be removed does not keep it from serving. */
function tidy({ state, note, step }: Engine, release: string): void {
  try {
    dropCarried(releaseFolder(state, release), step);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    note(`a password file of the previous release cannot be removed: ${error.message}`);
  }
}

/** What the file system has against something; undefined when it was done. */
function problemOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}

/** What went wrong. */
interface Failure extends Omit<Extract<BroughtUp, { kind: 'down' }>, 'kind'> {
  /** Whether nginx ran before. */
  readonly isRunning: boolean;
  /** Whether `nginx -t` has nothing against the release. */
  readonly isTested: boolean;
}

/** An error of the file system, or a signal that we may not send, is a failure like one of nginx. */
async function tryToServe(engine: Engine, { from, to }: PendingSwitch): Promise<BroughtUp> {
  const { state, note, step } = engine;
  try {
    if (from !== undefined) carryOver(releaseFolder(state, from), releaseFolder(state, to), step);
    step(`switch to ${to}`);
    const isReplaced = lead(engine, to);
    const up = await bringUp(engine.nginx, socketsOf(engine, to));
    if (isReplaced && up.kind === 'up') note(`${state.root}/nginx.conf is kept as nginx.conf.before-ingress2nginx`);
    return up;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { kind: 'down', problem: error.message, stderr: '', isUntouched: false };
  }
}

/** Leads nginx to a release, or to what was there before the first. True when that had to give way. */
function lead({ state, kind, step }: Engine, release: string | undefined): boolean {
  linkRelease(state, release);
  if (kind === 'own') return false;
  if (release !== undefined) return makeLinks(state.root, step);
  undoLinks(state.root, step);
  return false;
}

async function goBack(engine: Engine, pending: PendingSwitch, failure: Failure): Promise<ApplyOutcome> {
  const { journal, step } = engine;
  const restored = await tryToServeAgain(engine, pending, failure);
  // What nginx has against a file is told as by its test, which is easier to read than its log.
  const verdict =
    failure.isTested || failure.stderr === ''
      ? undefined
      : await testRelease(engine, releaseFolder(engine.state, pending.to), NEVER);
  const problem = restored.problem === undefined ? failure.problem : `${failure.problem}; ${restored.problem}`;
  // With no room to write that down, the switch stays on record, and the next run goes back once more.
  problemOf(() => {
    step('record the way back');
    journal.write({ ...journal.read(), pending: undefined, lastError: { at: engine.now(), problem } });
    forget(engine, pending);
  });
  if (verdict?.kind === 'refused' && restored.problem === undefined) return verdict;
  const pid = findRunning(engine.nginx.setup.place)?.pid;
  return { kind: 'rolled-back', problem, stderr: failure.stderr, restored: restored.release, pid };
}

interface Restored {
  /** Seen serving. */
  readonly release: string | undefined;
  /** Why even what was served before is not served. */
  readonly problem?: string;
}

async function tryToServeAgain(engine: Engine, pending: PendingSwitch, failure: Failure): Promise<Restored> {
  try {
    return await serveAgain(engine, pending, failure);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { release: undefined, problem: `rollback failed: ${error.message}` };
  }
}

async function serveAgain(engine: Engine, { from }: PendingSwitch, failure: Failure): Promise<Restored> {
  const { nginx, kind, step } = engine;
  step(`switch back to ${from ?? 'nothing'}`);
  lead(engine, from);
  if (from !== undefined && failure.isUntouched) return { release: from };
  if (from === undefined && !failure.isRunning) {
    await stop(nginx, AbortSignal.abort());
    return { release: undefined };
  }
  // Of our own nginx nothing is known that it could be reloaded with: it goes on with what it has in memory.
  if (from === undefined && kind === 'own') return { release: undefined };
  const up = await bringUp(nginx, from === undefined ? [] : socketsOf(engine, from));
  if (up.kind === 'up') return { release: from };
  return { release: undefined, problem: `rollback to ${from ?? 'the old nginx.conf'} failed: ${up.problem}` };
}

/** What is left of a switch that did not happen. */
function forget(engine: Engine, { to, isNew }: PendingSwitch): void {
  if (!isNew) dropCarried(releaseFolder(engine.state, to), engine.step);
  sweep(engine);
}

/**
 * Ends a switch that an earlier run began and was killed in: what was served before is served again. The first release
 * of all is served instead, if it can be. Problems are noted; then the switch stays on record, for the next run.
 */
export async function recover(engine: Engine, pending: PendingSwitch): Promise<void> {
  const { journal, state, step, note } = engine;
  const folderOf = (name: string): string => releaseFolder(state, name);
  const release = pending.from ?? pending.to;
  // Workers of the other one may serve now.
  if (pending.from !== undefined) carryOver(folderOf(pending.to), folderOf(pending.from), step);
  step(`make ${release} current again`);
  lead(engine, release);
  const up = await bringUp(engine.nginx, socketsOf(engine, release));
  if (up.kind === 'down' && pending.from !== undefined) {
    return note(`an apply was interrupted, and ${release} cannot be served again: ${up.problem}`);
  }
  if (up.kind === 'down') {
    lead(engine, undefined);
    await stop(engine.nginx, AbortSignal.abort());
  }
  const isServed = up.kind === 'up';
  if (isServed) dropCarried(folderOf(release), step);
  step('record the recovery');
  const { since, ...rest } = journal.read();
  journal.write({
    ...rest,
    active: isServed ? release : undefined,
    since: pending.from === undefined && isServed ? engine.now() : since,
    pending: undefined,
  });
  forget(engine, pending.from === undefined && isServed ? { ...pending, isNew: false } : pending);
  note(
    isServed ? `an apply was interrupted: ${release} is served` : 'the first apply was interrupted: nothing is served',
  );
}

/** Without an nginx to see it: the switch of an earlier run that was killed never happened. */
export function takeBack(engine: Engine, pending: PendingSwitch): void {
  const { journal, step } = engine;
  step(`switch back to ${pending.from ?? 'nothing'}`);
  lead(engine, pending.from);
  step('record the way back');
  journal.write({ ...journal.read(), pending: undefined });
  forget(engine, pending);
}

/** Those that stay: the newest, and the one before the current always. Those that were gone back from go first. */
function pruned({ earlier, withdrawn }: SwitchTarget['lists'], keep: number): SwitchTarget['lists'] {
  const before = Math.max(1, keep - 1);
  const kept = earlier.slice(-before);
  const room = before - kept.length;
  return { earlier: kept, withdrawn: room === 0 ? [] : withdrawn.slice(-room) };
}
