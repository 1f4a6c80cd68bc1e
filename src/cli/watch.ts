import { routesOf } from '../answers/routes.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Failure } from '../diagnostics/failure.ts';
import { compileUnitsSteps } from '../jobs/compile-units.ts';
import { emptinessOf } from '../jobs/empty-input.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { createJobMemory } from '../jobs/memory.ts';
import type { EventSink } from '../live/events.ts';
import { inTurns } from '../live/in-turns.ts';
import type { LiveInput } from '../live/live-input.ts';
import { MACHINE_CLOCK } from '../live/sync/clock.ts';
import type { LoopParts, SyncLoop } from '../live/sync/loop.ts';
import { startLoop } from '../live/sync/loop.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import type { Steps } from '../steps/steps.ts';
import type { Companions } from './companions.ts';
import { openCompanions } from './companions.ts';
import type { ExitCode } from './face.ts';
import { refuseMissing } from './face.ts';
import { openFindingLog } from './finding-log.ts';
import type { LiveView, ViewFlags } from './live-view.ts';
import { openLiveView } from './live-view.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './settings.ts';
import type { WatchFlags } from './watch-flags.ts';
import { openWatchedInput } from './watch-input.ts';
import type { Signals } from './watch-signals.ts';
import type { WatchOpening, WatchSession, WatchWork } from './watch-session.ts';
import { untilSignal } from './watch-signals.ts';

export interface WatchRequest {
  /** Of the command line; empty: the cluster. */
  readonly paths: readonly string[];
  readonly flags: WatchFlags & CompileFlags & ViewFlags & { readonly allowEmpty?: boolean | undefined };
  /** What is done, for people: `apply --watch`. */
  readonly title: string;
  /** The folder that is written to. */
  readonly output: string | undefined;
  readonly open: (session: WatchSession) => Promise<WatchOpening>;
}

/** Follows the input until a signal ends it. */
export async function watch(request: WatchRequest): Promise<ExitCode> {
  const ending: Ending[] = [];
  try {
    const view = openLiveView(request.flags, request.title);
    ending.push(() => view.close());
    return await untilSignal(signals => run(request, { view, signals, ending }));
  } finally {
    // Backwards: what was opened last needs what was opened before.
    await endAll(ending.toReversed());
  }
}

type Ending = () => Promise<void> | void;

/** Each of them, even if one throws: a kubectl that is left would keep this process from ending. */
async function endAll([end, ...others]: readonly Ending[]): Promise<void> {
  try {
    await end?.();
  } finally {
    if (others.length > 0) await endAll(others);
  }
}

interface Surroundings {
  readonly view: LiveView;
  readonly signals: Signals;
  readonly ending: Ending[];
}

async function run(request: WatchRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { view, signals, ending } = surroundings;
  const { paths, flags, output } = request;
  const emit = await openSinks(flags, view, ending);
  if (emit.kind === 'failed') return fail(view, emit.problem);
  const opened = await openWatchedInput({ paths, flags, output, emit: emit.sink, signal: signals.end });
  if (opened.kind === 'missing') return refuseMissing(opened.paths);
  if (opened.kind === 'interrupted') return 0;
  if (opened.kind === 'failed') return fail(view, opened.problem);
  const { input, api } = opened;
  if (api !== undefined) ending.push(() => api.close());
  const running: { loop?: SyncLoop } = {};
  const session: WatchSession = {
    emit: emit.sink,
    note: text => view.note(text),
    api,
    again: cause => running.loop?.again(cause),
    signal: signals.end,
  };
  const opening = await request.open(session);
  if (opening.kind === 'interrupted') return 0;
  if (opening.kind === 'failed') return fail(view, opening.problem);
  ending.push(opening.work.close);
  const companions = await openCompanions(session, flags);
  if (companions.kind === 'failed') return fail(view, companions.problem);
  ending.push(companions.close);
  const loop = startLoop(loopParts(request, { input, work: opening.work, companions, session, view }));
  running.loop = loop;
  ending.push(() => loop.stop());
  signals.onHangUp(() => loop.resync('SIGHUP'));
  await signals.ended;
  return 0;
}

interface Members {
  readonly input: LiveInput;
  readonly work: WatchWork;
  readonly companions: Companions;
  readonly session: WatchSession;
  readonly view: LiveView;
}

function loopParts({ paths, flags }: WatchRequest, members: Members): LoopParts<Loaded> {
  const { input, work, companions, session, view } = members;
  const isCluster = paths.length === 0;
  const memory = createJobMemory();
  const changesOf = openFindingLog();
  function* sayFindings(loaded: Loaded): Steps<SeverityCounts> {
    const changes = yield* changesOf(loaded);
    yield* view.findings(changes);
    return changes.counts;
  }
  return {
    input,
    build(snapshot, signal) {
      const settings = { ...compileSettings(flags, Date.now()), isCluster, ...companions.settings() };
      // Files that hold nothing are a mistake, a cluster may be empty.
      const { report, diagnostics } = collect();
      const isMistake = !isCluster && flags.allowEmpty !== true;
      for (const found of isMistake ? emptinessOf(snapshot.units, []) : []) report(found);
      return inTurns(compileUnitsSteps(snapshot, settings, diagnostics, memory), signal);
    },
    isReady: loaded => {
      const areSecretsThere = input.wantSecrets(loaded.secretsWanted);
      return companions.isReady(loaded) && areSecretsThere;
    },
    async deliver(compiled, signal) {
      const delivered = await work.deliver(compiled, signal);
      if (delivered.outcome === 'interrupted') return undefined;
      const { loaded, ...end } = delivered;
      if (end.outcome === 'applied' || end.outcome === 'unchanged') companions.onServed(loaded);
      const findings = await inTurns(sayFindings(loaded), signal);
      return findings && { ...end, routes: routesOf(loaded.routing, memory.routes), findings };
    },
    emit: session.emit,
    clock: MACHINE_CLOCK,
    syncsPerSecond: flags.syncRate,
    // A cluster is listed again by its own clock.
    resyncMs: isCluster || flags.resync === undefined ? undefined : flags.resync * 1_000,
  };
}

type Sinks = { readonly kind: 'open'; readonly sink: EventSink } | Failure;

async function openSinks({ metricsPort }: WatchFlags, view: LiveView, ending: Ending[]): Promise<Sinks> {
  if (metricsPort === undefined) return { kind: 'open', sink: view.emit };
  const { openMetrics } = await import('../live/metrics.ts');
  const metrics = await openMetrics(metricsPort, MACHINE_CLOCK);
  if (metrics.kind === 'failed') return metrics;
  ending.push(metrics.close);
  view.note(`metrics  http://127.0.0.1:${metricsPort}/metrics`);
  return {
    kind: 'open',
    sink(event) {
      view.emit(event);
      metrics.emit(event);
    },
  };
}

function fail(view: LiveView, problem: string): ExitCode {
  view.fatal(problem);
  return 3;
}
