import { diffRoutes } from '../../answers/diff.ts';
import type { RouteRow } from '../../answers/routes.ts';
import { internalError } from '../../diagnostics/failure.ts';
import type { EventSink, SyncEvent } from '../events.ts';
import type { InputSnapshot, LiveInput } from '../live-input.ts';
import type { Clock } from '../clock.ts';
import type { Batch, SyncVerdict } from './queue.ts';
import { openQueue } from './queue.ts';

/** How far a compilation came. */
export interface Delivery {
  readonly outcome: SyncEvent['outcome'];
  /** Why, unless it went well; one line. */
  readonly problem?: string;
  /** Those that are served if it went well. */
  readonly routes: readonly RouteRow[];
  readonly findings: SyncEvent['findings'];
}

export interface LoopParts<Compilation> {
  readonly input: LiveInput;
  /** Compiles all that is known of the input; undefined when it was interrupted. */
  readonly build: (snapshot: InputSnapshot, signal: AbortSignal) => Promise<Compilation | undefined>;
  /** Whether everything is there that the compilation needs; if not, whoever fetches it causes another sync. */
  readonly isReady: (compilation: Compilation) => boolean;
  /** Undefined when it was interrupted. */
  readonly deliver: (compilation: Compilation, signal: AbortSignal) => Promise<Delivery | undefined>;
  readonly emit: EventSink;
  readonly clock: Clock;
  readonly syncsPerSecond: number;
  /** Reads everything again after so long; never when undefined. */
  readonly resyncMs: number | undefined;
}

export interface SyncLoop {
  /** Compiles and delivers once more, soon. */
  again(cause: string): void;
  /** The same, after everything has been read again. */
  resync(cause: string): void;
  /** Ends everything that the loop and its input started. What is served stays. */
  stop(): Promise<void>;
}

/**
 * Follows an input: whenever it changed, everything is compiled and delivered. A configuration is delivered only when
 * all that it needs is known, and one that fails leaves the last good one in place.
 */
export function startLoop<Compilation>(parts: LoopParts<Compilation>): SyncLoop {
  const { input, emit, clock, resyncMs } = parts;
  const ending = new AbortController();
  const session: Session<Compilation> = { ...parts, signal: ending.signal, served: [] };
  const queue = openQueue({
    clock,
    syncsPerSecond: parts.syncsPerSecond,
    sync: (batch, retryInMs) => sync(session, batch, retryInMs),
  });
  const onChange = (cause: string): void => {
    emit({ kind: 'changed', cause });
    queue.add(cause);
  };
  const resync = (cause: string): void => {
    input.resync();
    onChange(cause);
  };
  const cancelResync = resyncMs === undefined ? () => undefined : every(clock, resyncMs, () => resync('resync'));
  input.start(onChange);
  return {
    again: onChange,
    resync,
    async stop() {
      cancelResync();
      ending.abort();
      try {
        await queue.stop();
      } finally {
        await input.stop();
      }
    },
  };
}

interface Session<Compilation> extends LoopParts<Compilation> {
  readonly signal: AbortSignal;
  /** The routes that were delivered last. */
  served: readonly RouteRow[];
}

async function sync<Compilation>(session: Session<Compilation>, batch: Batch, retryInMs: number): Promise<SyncVerdict> {
  const { input, clock, emit } = session;
  const snapshot = input.snapshot();
  if (snapshot === undefined) return 'waiting';
  const began = clock.now();
  const delivery = await attempt(session, snapshot);
  if (delivery === undefined) return 'waiting';
  const { outcome, problem, findings, routes } = delivery;
  const isServed = outcome === 'applied' || outcome === 'unchanged';
  emit({
    kind: 'synced',
    outcome,
    causes: batch.causes,
    sinceChangeMs: Math.round(clock.now() - batch.since),
    durationMs: Math.round(clock.now() - began),
    routes: countChanges(session.served, isServed ? routes : session.served),
    objects: snapshot.units.reduce((sum, unit) => sum + unit.documents.length, 0),
    findings,
    ...(problem === undefined ? {} : { problem }),
  });
  if (isServed) session.served = routes;
  if (outcome !== 'failed') return 'done';
  emit({ kind: 'trouble', what: 'sync', problem: problem ?? 'it failed', retryInMs });
  return 'again';
}

function countChanges(before: readonly RouteRow[], after: readonly RouteRow[]): SyncEvent['routes'] {
  const { added, removed, changed } = diffRoutes(before, after);
  return { total: after.length, added: added.length, removed: removed.length, changed: changed.length };
}

/** Undefined when something is missing, or it was interrupted. */
async function attempt<Compilation>(
  { build, isReady, deliver, signal, served }: Session<Compilation>,
  snapshot: InputSnapshot,
): Promise<Delivery | undefined> {
  try {
    const compilation = await build(snapshot, signal);
    if (compilation === undefined || !isReady(compilation)) return undefined;
    return await deliver(compilation, signal);
  } catch (error) {
    // A bug of ours. What is served stays, and the next change may well avoid it.
    return {
      outcome: 'failed',
      problem: internalError(error),
      routes: served,
      findings: { error: 0, warning: 0, info: 0 },
    };
  }
}

function every(clock: Clock, ms: number, call: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(ms, () => {
      call();
      next();
    });
  };
  next();
  return () => cancel();
}
