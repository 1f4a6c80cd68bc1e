import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { EventSink } from '../live/events.ts';
import type { KubeApi } from '../live/kubectl/api.ts';
import type { LiveInput } from '../live/live-input.ts';
import { MACHINE_CLOCK } from '../live/sync/clock.ts';
import type { CompileFlags } from './settings.ts';
import type { WatchFlags } from './watch-flags.ts';

export interface WatchSource {
  readonly paths: readonly string[];
  readonly flags: WatchFlags & CompileFlags;
  /** The folder that is written to. */
  readonly output: string | undefined;
  readonly emit: EventSink;
  /** Aborted when the watch ends. */
  readonly signal: AbortSignal;
}

export type WatchedInput =
  /** `api` leads to the cluster, if it is one; whoever opened it closes it. */
  | { readonly kind: 'open'; readonly input: LiveInput; readonly api: KubeApi | undefined }
  | { readonly kind: 'missing'; readonly paths: readonly string[] }
  | Interruption
  | Failure;

/** Opens the files of the paths, or without a path the cluster that kubectl reaches. */
export async function openWatchedInput(source: WatchSource): Promise<WatchedInput> {
  return source.paths.length === 0 ? openCluster(source) : openFiles(source);
}

async function openFiles({ paths, output, emit, signal }: WatchSource): Promise<WatchedInput> {
  const { openFileInput } = await import('../live/files/file-input.ts');
  const opening = await openFileInput({ paths, output, emit, clock: MACHINE_CLOCK, signal });
  return opening.kind === 'open' ? { ...opening, api: undefined } : opening;
}

async function openCluster({ flags, emit }: WatchSource): Promise<WatchedInput> {
  const { openKubeApi } = await import('../live/kubectl/open-api.ts');
  const { openClusterInput } = await import('../live/kubectl/cluster-input.ts');
  const { kubectl, context, kubeconfig, namespace, resync } = flags;
  const opened = await openKubeApi({ kubectl, context, kubeconfig, onEvent: emit });
  if (opened.kind === 'failed') return opened;
  const input = openClusterInput({
    api: opened.api,
    namespaces: namespace.length === 0 ? 'all' : namespace,
    configMaps: configMapsOf(flags),
    onEvent: emit,
    ...(resync === undefined ? {} : { resyncSeconds: resync }),
  });
  return { kind: 'open', input, api: opened.api };
}

function configMapsOf({ controllerConfig, tcpServicesConfigmap, udpServicesConfigmap }: CompileFlags) {
  return [controllerConfig, tcpServicesConfigmap, udpServicesConfigmap].filter(name => name !== undefined);
}
