import { routesOf } from '../../answers/routes.ts';
import { WANTED_KINDS } from '../../cluster/wanted.ts';
import { collect } from '../../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import type { SeverityCounts } from '../../diagnostics/severities.ts';
import { inTurns } from '../../live/in-turns.ts';
import type { LiveInput } from '../../live/live-input.ts';
import { MACHINE_CLOCK } from '../../live/clock.ts';
import type { LoopParts, SyncLoop } from '../../live/sync/loop.ts';
import { startLoop } from '../../live/sync/loop.ts';
import type { Steps } from '../../steps/steps.ts';
import { compileUnitsSteps } from '../compile-units.ts';
import { emptinessOf } from '../empty-input.ts';
import type { MissingPaths } from '../load.ts';
import type { Loaded } from '../loaded.ts';
import { createJobMemory } from '../memory.ts';
import type { Companions } from './companions.ts';
import { openCompanions } from './companions.ts';
import { openFindingLog } from './finding-log.ts';
import { openWatchedInput } from './input.ts';
import type { WatchRequest } from './request.ts';
import type { WatchOpening, WatchSession, WatchWork } from './session.ts';

/** Where each state of the input goes. */
export interface Deliverer {
  /** The folder that is written to. */
  readonly folder: string;
  readonly open: (session: WatchSession) => Promise<WatchOpening>;
}

export type Following =
  | {
      readonly kind: 'open';
      /** Reads everything again, and compiles it. */
      readonly resync: (cause: string) => void;
    }
  | MissingPaths
  | Interruption
  | Failure;

/** Follows an input until its endings are called, and delivers whatever becomes of it. */
export async function follow(request: WatchRequest, deliverer: Deliverer): Promise<Following> {
  const { view, endings, signal } = request;
  const opened = await openWatchedInput(request, deliverer.folder);
  if (opened.kind !== 'open') return opened;
  const { input, api } = opened;
  if (api !== undefined) endings.add(() => api.close());
  const running: { loop?: SyncLoop } = {};
  const session: WatchSession = {
    emit: view.emit,
    note: text => view.note(text),
    api,
    again: cause => running.loop?.again(cause),
    signal,
  };
  const opening = await deliverer.open(session);
  if (opening.kind !== 'open') return opening;
  endings.add(opening.work.close);
  const companions = await openCompanions(session, request);
  if (companions.kind === 'failed') return companions;
  endings.add(companions.close);
  const loop = startLoop(loopParts(request, { input, work: opening.work, companions }));
  running.loop = loop;
  endings.add(() => loop.stop());
  return { kind: 'open', resync: cause => loop.resync(cause) };
}

interface Members {
  readonly input: LiveInput;
  readonly work: WatchWork;
  readonly companions: Companions;
}

function loopParts(request: WatchRequest, { input, work, companions }: Members): LoopParts<Loaded> {
  const { view, resyncSeconds, levels } = request;
  const isCluster = request.source.kind === 'cluster';
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
      const settings = { ...request.settings(), isCluster, ...companions.settings() };
      // Files that hold nothing are a mistake, a cluster may be empty.
      const isMistake = !isCluster && request.allowEmpty !== true;
      const { report, diagnostics } = collect();
      for (const found of isMistake ? emptinessOf(snapshot.units, []) : []) report(found);
      return inTurns(compileUnitsSteps({ ...snapshot, levels }, settings, diagnostics, memory), signal);
    },
    isReady: loaded => {
      // All are told, whatever is missing of the first.
      const isThere = WANTED_KINDS.map(kind => input.want(kind, loaded.wanted[kind])).every(Boolean);
      return companions.isReady(loaded) && isThere;
    },
    async deliver(compiled, signal) {
      const delivered = await work.deliver(compiled, signal);
      if (delivered.outcome === 'interrupted') return undefined;
      const { loaded, ...end } = delivered;
      if (end.outcome === 'applied' || end.outcome === 'unchanged') companions.onServed(loaded);
      const findings = await inTurns(sayFindings(loaded), signal);
      return findings && { ...end, routes: routesOf(loaded.routing, memory.routes), findings };
    },
    emit: view.emit,
    clock: MACHINE_CLOCK,
    syncsPerSecond: request.syncsPerSecond,
    // A cluster is listed again by its own clock.
    resyncMs: isCluster || resyncSeconds === undefined ? undefined : resyncSeconds * 1_000,
  };
}
