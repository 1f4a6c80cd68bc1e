import { resolve } from 'node:path';

import type { Interruption } from '../../diagnostics/failure.ts';
import type { EventSink, LiveEvent } from '../events.ts';
import type { InputSnapshot, LiveInput } from '../live-input.ts';
import { inTurns } from '../in-turns.ts';
import type { Clock } from '../clock.ts';
import { openFileWatch } from './file-watch.ts';
import type { Scan, ScannedFile, ScanRequest } from './scan.ts';
import { scan } from './scan.ts';

export interface FileInputOptions extends ScanRequest {
  /** The folder that is written to, which may lie below one of the paths. */
  readonly output: string | undefined;
  readonly emit: EventSink;
  readonly clock: Clock;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

export type FileInputOpening =
  | { readonly kind: 'open'; readonly input: LiveInput }
  | { readonly kind: 'missing'; readonly paths: readonly string[] }
  | Interruption;

/** Events of one save come together. */
const GATHER_MS = 20;
/** Editors and checkouts take a file away, or empty it, before they write it anew. */
const GRACE_MS = 500;
/** How often is looked where no events come: because a path is gone, or the system has no watches left. */
const POLL_MS = 1_000;

/** Reads the files of some paths and follows them. Every path must lead somewhere at first. */
export async function openFileInput(options: FileInputOptions): Promise<FileInputOpening> {
  const first = await inTurns(scan(options, undefined, Date.now()), options.signal);
  if (first === undefined) return { kind: 'interrupted' };
  if (first.gone.length > 0) return { kind: 'missing', paths: first.gone };
  return { kind: 'open', input: followFiles(options, first) };
}

function followFiles({ output, emit, clock, signal, ...request }: FileInputOptions, first: Scan): LiveInput {
  const history = openHistory(first);
  let pollMs: number | undefined;
  let onChange: (cause: string) => void = () => undefined;
  const alarm = openAlarm(clock, look);
  const watch = openFileWatch({
    paths: request.paths,
    ignored: output === undefined ? undefined : resolve(output),
    onEvent: () => alarm.within(GATHER_MS),
    onTrouble(problem) {
      if (pollMs === undefined)
        emit({ kind: 'trouble', what: 'watching files', problem: `${problem}; polling them every second` });
      pollMs = POLL_MS;
      alarm.within(POLL_MS);
    },
  });

  async function look(): Promise<void> {
    const found = await inTurns(scan(request, history.latest(), Date.now()), signal);
    if (found === undefined) return;
    const wasGone = history.settled().gone;
    const causes = history.add(found, clock.now());
    const { gone } = history.settled();
    if (causes !== undefined && wasGone.length > gone.length) watch.renew();
    if (causes !== undefined && (causes.length > 0 || wasGone.join() !== gone.join())) emit(stateOf(history.settled()));
    for (const cause of causes ?? []) onChange(cause);
    // Once more, for what changed so soon after that no event tells of it.
    if (causes === undefined || causes.length > 0) alarm.within(GRACE_MS);
    if (pollMs !== undefined || gone.length > 0) alarm.within(POLL_MS);
  }

  return {
    start(report) {
      onChange = report;
      emit(stateOf(first));
      watch.renew();
      onChange('start');
    },
    snapshot: () => snapshotOf(history.settled()),
    want: () => true,
    resync() {
      history.forget();
      alarm.within(0);
    },
    async stop() {
      await alarm.end();
      await watch.close();
    },
  };
}

/** What was found, and what of it counts: a file that is gone or empty is waited for, for a moment. */
function openHistory(first: Scan) {
  let settled = first;
  let latest = first;
  let isForgotten = false;
  let unsettledSince: number | undefined;
  return {
    settled: () => settled,
    /** What the next scan need not read again. */
    latest(): Scan {
      if (!isForgotten) return latest;
      isForgotten = false;
      const files = [...latest.files].map(([name, file]) => [name, { ...file, stamp: undefined }] as const);
      return { ...latest, files: new Map(files) };
    },
    /** Lets the next scan read everything. */
    forget: () => void (isForgotten = true),
    /** What is new since the last time; undefined while it does not count yet. */
    add(found: Scan, now: number): readonly string[] | undefined {
      latest = found;
      if (hasLost(settled, found)) unsettledSince ??= now;
      else unsettledSince = undefined;
      if (unsettledSince !== undefined && now - unsettledSince < GRACE_MS) return undefined;
      const causes = differences(settled, found);
      [settled, unsettledSince] = [found, undefined];
      return causes;
    },
  };
}

/** Calls at the earliest of the times that were asked for, never twice at once. */
function openAlarm(clock: Clock, call: () => Promise<void>) {
  let at = Infinity;
  let cancelTimer = (): void => undefined;
  let running: Promise<void> | undefined;
  const cancel = (): void => {
    cancelTimer();
    at = Infinity;
  };
  const within = (ms: number): void => {
    if (clock.now() + ms >= at) return;
    cancel();
    at = clock.now() + ms;
    cancelTimer = clock.after(ms, () => {
      at = Infinity;
      // What changes while files are read is seen by the next look.
      if (running === undefined) running = call().finally(() => (running = undefined));
      else within(GATHER_MS);
    });
  };
  return {
    within,
    /** Ends with the call that runs. */
    async end(): Promise<void> {
      cancel();
      await running;
      cancel();
    },
  };
}

function stateOf({ files, gone }: Scan): LiveEvent {
  const state = { kind: 'input', type: 'files', objects: files.size } as const;
  if (gone.length === 0) return { ...state, state: 'watching' };
  const problem = `${gone.join(', ')} is gone; its last content is kept`;
  return { ...state, state: 'absent', problem, retryInMs: POLL_MS };
}

function snapshotOf({ files, remarks, excluded }: Scan): InputSnapshot {
  return { units: [remarks, ...[...files.values()].map(file => file.unit)], files: files.size, excluded };
}

/** Whether a file went away, and not only under another name, or holds nothing any more. */
function hasLost(before: Scan, after: Scan): boolean {
  const identities = new Set([...after.files.values()].map(file => file.identity));
  return [...before.files.values()].some(file => {
    const now = after.files.get(file.name);
    if (now === undefined) return !identities.has(file.identity);
    return now.unit.isBlank && !file.unit.isBlank;
  });
}

function differences(before: Scan, after: Scan): readonly string[] {
  const isSame = (a: ScannedFile, b: ScannedFile): boolean => a.unit === b.unit;
  const removed = [...before.files.keys()].filter(name => !after.files.has(name)).map(name => `${name} removed`);
  const others = [...after.files.values()].flatMap(file => {
    const earlier = before.files.get(file.name);
    if (earlier === undefined) return [`${file.name} added`];
    return isSame(earlier, file) ? [] : [`${file.name} changed`];
  });
  return [...removed, ...others];
}
