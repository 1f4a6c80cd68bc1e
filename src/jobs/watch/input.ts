import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import type { KubeApi } from '../../live/kubectl/api.ts';
import type { LiveInput } from '../../live/live-input.ts';
import { MACHINE_CLOCK } from '../../live/clock.ts';
import { namedConfigMaps } from '../cluster-once.ts';
import type { MissingPaths } from '../load.ts';
import type { WatchedCluster, WatchedPaths, WatchRequest } from './request.ts';

export type WatchedInput =
  /** `api` leads to the cluster, if it is one; whoever opened it closes it. */
  | { readonly kind: 'open'; readonly input: LiveInput; readonly api: KubeApi | undefined }
  | MissingPaths
  | Interruption
  | Failure;

/**
 * Opens the files of some paths, or the cluster that kubectl reaches.
 *
 * @param output the folder that is written to
 */
export async function openWatchedInput(request: WatchRequest, output: string): Promise<WatchedInput> {
  const { source } = request;
  return source.kind === 'paths' ? openFiles(source, output, request) : openCluster(source, request);
}

async function openFiles(
  { paths, exclude }: WatchedPaths,
  output: string,
  { settings, view, signal }: WatchRequest,
): Promise<WatchedInput> {
  const { openFileInput } = await import('../../live/files/file-input.ts');
  const opening = await openFileInput({
    paths,
    exclude,
    annotationsPrefix: settings().annotationsPrefix,
    output,
    emit: view.emit,
    clock: MACHINE_CLOCK,
    signal,
  });
  return opening.kind === 'open' ? { ...opening, api: undefined } : opening;
}

async function openCluster(
  { namespaces }: WatchedCluster,
  { kubectl, resyncSeconds, settings, view }: WatchRequest,
): Promise<WatchedInput> {
  const { openKubeApi } = await import('../../live/kubectl/open-api.ts');
  const { openClusterInput } = await import('../../live/kubectl/cluster-input.ts');
  const opened = await openKubeApi({ ...kubectl, onEvent: view.emit });
  if (opened.kind === 'failed') return opened;
  const input = openClusterInput({
    api: opened.api,
    namespaces: namespaces.length === 0 ? 'all' : namespaces,
    configMaps: namedConfigMaps(settings()),
    annotationsPrefix: settings().annotationsPrefix,
    onEvent: view.emit,
    ...(resyncSeconds === undefined ? {} : { resyncSeconds }),
  });
  return { kind: 'open', input, api: opened.api };
}
