import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { isSystemError } from '../../output/disk.ts';
import { socketsOf, recordError } from './engine.ts';
import type { Engine } from './engine.ts';
import type { Lock } from './lock.ts';
import type { Applier, ApplyOutcome, Candidate, CurrentRelease } from './model.ts';
import type { NginxBuild } from '../local-nginx/nginx-build.ts';
import { findRunning } from './nginx-processes.ts';
import { holdsFiles } from './release-files.ts';
import { hashOf, hasRelease, releaseFolder, removeRelease, removeTrial, writeRelease, writeTrial } from './releases.ts';
import { bringUp, isServing } from './serving.ts';
import type { NginxVerdict } from '../local-nginx/nginx-test.ts';
import { linkedRelease, linkRelease } from './state-folder.ts';
import { stop } from './stopping.ts';
import type { SwitchTarget } from './switch.ts';
import { switchTo } from './switch.ts';
import { tellsByItself } from './telling.ts';
import { relative, testRelease } from './testing.ts';

/** An applier for a folder whose lock is held and in which no switch is left half done. */
export function createApplier(engine: Engine, build: NginxBuild | undefined, lock: Lock): Applier {
  return {
    version: build?.version,
    layout: engine.nginx.setup.layout,
    current: () => currentOf(engine),
    test: (files, signal) => guarded(() => tryFiles(engine, { files, routes: [], addresses: [], ports: [] }, signal)),
    apply: (candidate, signal) => recorded(engine, () => apply(engine, candidate, signal)),
    rollback: (release, signal) => rollback(engine, release, signal),
    start: signal => startAgain(engine, signal),
    revive: async () => {
      const { active } = engine.journal.read();
      if (active === undefined || findRunning(engine.nginx.setup.place) !== undefined) return undefined;
      return recorded(engine, () => serveAgain(engine, active));
    },
    stopNginx: signal => stop(engine.nginx, signal),
    close: () => lock.release(),
  };
}

/** The release that was last seen serving. */
export function currentOf({
  journal,
  state,
  records,
}: Pick<Engine, 'journal' | 'state' | 'records'>): CurrentRelease | undefined {
  const { active: id, since } = journal.read();
  if (id === undefined) return undefined;
  return {
    id,
    since: since ?? 0,
    folder: releaseFolder(state, id),
    routes: records(id)?.routes ?? [],
  };
}

/** Trouble of the file system is an outcome, wherever it arises. */
async function guarded<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG';
    return failure(isFull ? `the disk is full: ${error.message}` : error.message);
  }
}

/** What goes wrong is kept for `status`; paths of nginx are those of the release. */
async function recorded(engine: Engine, work: () => Promise<ApplyOutcome>): Promise<ApplyOutcome> {
  const outcome = await guarded(work);
  if (outcome.kind === 'failed') recordError(engine, outcome.problem);
  if (outcome.kind === 'refused') recordError(engine, refusalOf(outcome.stderr));
  if (outcome.kind !== 'rolled-back') return outcome;
  return { ...outcome, stderr: relative(outcome.stderr, engine.state.current) };
}

/** The first of what `nginx -t` found, in one line. */
function refusalOf(stderr: string): string {
  const said = /\[emerg\] (?:\d+#\d+: )?(.+)/.exec(stderr)?.[1];
  return `nginx rejects the configuration${said === undefined ? '' : `: ${said}`}`;
}

async function tryFiles(engine: Engine, candidate: Candidate, signal: AbortSignal): Promise<NginxVerdict> {
  const { state, nginx, step } = engine;
  try {
    const base = engine.journal.read().active;
    const folder = await writeTrial({ state, candidate, base, readers: nginx.setup.readers, signal, step });
    return folder === undefined ? { kind: 'interrupted' } : await testRelease(engine, folder, signal);
  } finally {
    removeTrial(state);
  }
}

async function apply(engine: Engine, candidate: Candidate, signal: AbortSignal): Promise<ApplyOutcome> {
  if (signal.aborted) return { kind: 'interrupted' };
  const { state, nginx, journal, step } = engine;
  const { active, earlier, withdrawn, pending } = journal.read();
  const isSettled = active !== undefined && pending === undefined;
  if (isSettled && holdsCandidate(engine, active, candidate)) return keepServing(engine, active);
  const to = await writeRelease({ state, candidate, base: active, readers: nginx.setup.readers, signal, step });
  if (to === undefined) return { kind: 'interrupted' };
  try {
    const lists = { earlier: [...earlier, ...(active === undefined ? [] : [active])], withdrawn };
    return await askAndSwitch(engine, { to, isNew: true, lists }, signal);
  } finally {
    const { active: served, pending: begun } = journal.read();
    // What could not be brought to an end is for the next run, which needs it.
    if (served !== to && begun === undefined) removeRelease(state, to);
  }
}

/** Serves a release that nginx takes; what it says to it is heard before, or while it is told to. */
async function askAndSwitch(
  engine: Engine,
  target: Omit<SwitchTarget, 'tested'>,
  signal: AbortSignal,
): Promise<ApplyOutcome> {
  if (tellsByItself(engine)) {
    return signal.aborted ? { kind: 'interrupted' } : switchTo(engine, { ...target, tested: undefined });
  }
  const verdict = await testRelease(engine, releaseFolder(engine.state, target.to), signal);
  return verdict.kind === 'accepted' ? switchTo(engine, { ...target, tested: verdict.stderr }) : verdict;
}

/** Whether a release is what is asked for, and nobody has changed its files. */
function holdsCandidate({ state, records }: Engine, release: string, { files }: Candidate): boolean {
  return records(release)?.hash === hashOf(files) && holdsFiles(releaseFolder(state, release), files);
}

/** Nothing is done where nothing has changed and all is well. */
async function keepServing(engine: Engine, release: string): Promise<ApplyOutcome> {
  return (await ifServed(engine, release)) ?? serveAgain(engine, release);
}

/** Undefined where nginx does not serve the release. */
async function ifServed(engine: Engine, release: string): Promise<ApplyOutcome | undefined> {
  const { nginx, state } = engine;
  const master = findRunning(nginx.setup.place);
  if (master === undefined || linkedRelease(state) !== release) return undefined;
  if (!(await isServing(master, socketsOf(engine, release)))) return undefined;
  forgetError(engine);
  return { kind: 'unchanged', release, pid: master.pid };
}

/** What nginx accepted once it may refuse now: it was upgraded, or a name does not resolve any more. */
async function startAgain(engine: Engine, signal: AbortSignal): Promise<ApplyOutcome> {
  const { active } = engine.journal.read();
  if (active === undefined) return failure('there is no release to start: run apply first');
  return recorded(engine, async () => {
    const served = await ifServed(engine, active);
    if (served !== undefined) return served;
    const verdict = await testRelease(engine, releaseFolder(engine.state, active), signal);
    return verdict.kind === 'accepted' ? serveAgain(engine, active) : verdict;
  });
}

/** Serves a release that was served before and is no longer, though nobody wanted that. */
async function serveAgain(engine: Engine, release: string): Promise<ApplyOutcome> {
  const { nginx, state, step } = engine;
  step(`make ${release} current again`);
  if (linkedRelease(state) !== release) linkRelease(state, release);
  const up = await bringUp(nginx, socketsOf(engine, release));
  if (up.kind === 'down') {
    recordError(engine, up.problem);
    const pid = findRunning(nginx.setup.place)?.pid;
    return { kind: 'rolled-back', problem: up.problem, stderr: up.stderr, restored: undefined, pid };
  }
  forgetError(engine);
  return { kind: 'serving', action: up.action, release, pid: up.pid, workers: up.workers, stderr: '' };
}

function forgetError({ journal, step }: Engine): void {
  const { lastError, ...rest } = journal.read();
  if (lastError === undefined) return;
  step('forget the last error');
  journal.write({ ...rest, lastError: undefined });
}

async function rollback(engine: Engine, wanted: string | undefined, signal: AbortSignal): Promise<ApplyOutcome> {
  const { state, journal } = engine;
  const { active, earlier, withdrawn } = journal.read();
  const there = [...withdrawn, ...earlier].filter(release => hasRelease(state, release));
  const to = wanted ?? earlier.findLast(release => hasRelease(state, release));
  // A slip of the user is no error that `status` must remember.
  if (to === undefined) return failure('there is no previous release');
  if (to === active) return failure(`release ${to} is the current one`);
  if (!there.includes(to)) {
    const others = there.length === 0 ? 'there is no other' : `choose one of ${there.join(', ')}`;
    return failure(`release ${to} does not exist: ${others}`);
  }
  const left = active === undefined ? [] : [active];
  const place = earlier.indexOf(to);
  const lists =
    place === -1
      ? { earlier: [...earlier, ...left], withdrawn: withdrawn.filter(release => release !== to) }
      : { earlier: earlier.slice(0, place), withdrawn: [...withdrawn, ...earlier.slice(place + 1), ...left] };
  return recorded(engine, async () => {
    const verdict = await testRelease(engine, releaseFolder(state, to), signal);
    return verdict.kind === 'accepted' ? switchTo(engine, { to, isNew: false, tested: '', lists }) : verdict;
  });
}
