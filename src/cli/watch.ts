import type { Failure } from '../diagnostics/failure.ts';
import type { Endings } from '../jobs/watch/endings.ts';
import { openEndings } from '../jobs/watch/endings.ts';
import type { Following } from '../jobs/watch/follow.ts';
import type { WatchRequest } from '../jobs/watch/request.ts';
import type { EventSink } from '../live/events.ts';
import { MACHINE_CLOCK } from '../live/clock.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { excludeOf } from './exclude-flags.ts';
import type { ExitCode } from './face.ts';
import { refuseMissing } from './face.ts';
import type { LevelFlags } from './level-flags.ts';
import { levelsOf } from './level-flags.ts';
import type { LiveView, ViewFlags } from './live-view.ts';
import { openLiveView } from './live-view.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './compile-settings.ts';
import type { WatchFlags } from './watch-flags.ts';
import type { Signals } from './watch-signals.ts';
import { untilSignal } from './watch-signals.ts';

export interface WatchCommand {
  /** Of the command line; empty: the cluster. */
  readonly paths: readonly string[];
  readonly flags: WatchFlags &
    CompileFlags &
    ExcludeFlags &
    LevelFlags &
    ViewFlags & { readonly allowEmpty?: boolean | undefined };
  /** What is done, for people: `apply --watch`. */
  readonly title: string;
  readonly open: (request: WatchRequest) => Promise<Following>;
}

/** Follows the input until a signal ends it. */
export async function watch(command: WatchCommand): Promise<ExitCode> {
  const endings = openEndings();
  try {
    const view = openLiveView(command.flags, command.title);
    endings.add(() => view.close());
    return await untilSignal(signals => run(command, { view, signals, endings }));
  } finally {
    await endings.end();
  }
}

interface Surroundings {
  readonly view: LiveView;
  readonly signals: Signals;
  readonly endings: Endings;
}

async function run(command: WatchCommand, { view, signals, endings }: Surroundings): Promise<ExitCode> {
  const sinks = await openSinks(command.flags, view, endings);
  if (sinks.kind === 'failed') return fail(view, sinks.problem);
  const levels = await levelsOf(command.flags);
  if (levels === undefined) return 2;
  const request = requestOf(command, { levels, endings, signal: signals.end, view: { ...view, emit: sinks.sink } });
  const following = await command.open(request);
  switch (following.kind) {
    case 'missing':
      return refuseMissing(following.paths);
    case 'interrupted':
      return 0;
    case 'failed':
      return fail(view, following.problem);
    case 'open':
      signals.onHangUp(() => following.resync('SIGHUP'));
      await signals.ended;
      return 0;
  }
}

function requestOf(
  { paths, flags }: WatchCommand,
  parts: Pick<WatchRequest, 'levels' | 'endings' | 'signal' | 'view'>,
): WatchRequest {
  const { kubectl, context, kubeconfig, namespace: namespaces, publishStatusAddress: addresses } = flags;
  return {
    ...parts,
    source: paths.length === 0 ? { kind: 'cluster', namespaces } : { kind: 'paths', paths, exclude: excludeOf(flags) },
    kubectl: { kubectl, context, kubeconfig },
    settings: () => compileSettings(flags, Date.now()),
    allowEmpty: flags.allowEmpty,
    syncsPerSecond: flags.syncRate,
    resyncSeconds: flags.resync,
    publish: addresses === undefined ? undefined : { addresses, leaseNamespace: flags.leaderElectionNamespace },
  };
}

type Sinks = { readonly kind: 'open'; readonly sink: EventSink } | Failure;

async function openSinks({ metricsPort }: WatchFlags, view: LiveView, endings: Endings): Promise<Sinks> {
  if (metricsPort === undefined) return { kind: 'open', sink: view.emit };
  const { openMetrics } = await import('../live/metrics.ts');
  const metrics = await openMetrics(metricsPort, MACHINE_CLOCK);
  if (metrics.kind === 'failed') return metrics;
  endings.add(metrics.close);
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
