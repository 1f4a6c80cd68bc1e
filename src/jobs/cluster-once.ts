import { WANTED_KINDS } from '../cluster/wanted.ts';
import type { CompileSettings } from '../compile/settings.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import type { Levels } from '../findings/levels.ts';
import type { LiveEvent } from '../live/events.ts';
import { inTurns } from '../live/in-turns.ts';
import type { KubeApi } from '../live/kubectl/api.ts';
import type { KubectlFlags } from '../live/kubectl/kubectl.ts';
import type { LiveInput } from '../live/live-input.ts';
import { compileUnitsSteps } from './compile-units.ts';
import type { Loaded } from './loaded.ts';

export interface ClusterRequest {
  readonly kubectl: KubectlFlags;
  /** Empty for all. */
  readonly namespaces: readonly string[];
  readonly settings: CompileSettings;
  readonly levels: Levels;
  readonly signal: AbortSignal;
}

export type ClusterAnswer = { readonly kind: 'loaded'; readonly loaded: Loaded } | Interruption | Failure;

/** Reads what a cluster holds now, compiles it, and leaves the cluster alone again. */
export async function loadCluster(request: ClusterRequest): Promise<ClusterAnswer> {
  const { openKubeApi } = await import('../live/kubectl/open-api.ts');
  const trouble = watchTrouble();
  const opened = await openKubeApi({ ...request.kubectl, onEvent: trouble.onEvent });
  if (opened.kind === 'failed') return opened;
  const { openClusterInput } = await import('../live/kubectl/cluster-input.ts');
  const { settings, namespaces } = request;
  const input = openClusterInput({
    api: opened.api,
    namespaces: namespaces.length === 0 ? 'all' : namespaces,
    configMaps: namedConfigMaps(settings),
    annotationsPrefix: settings.annotationsPrefix,
    onEvent: trouble.onEvent,
  });
  try {
    return await readOnce(input, request, trouble);
  } finally {
    await closeAll(input, opened.api);
  }
}

async function closeAll(input: LiveInput, api: KubeApi): Promise<void> {
  try {
    await input.stop();
  } finally {
    await api.close();
  }
}

/** ConfigMaps that are needed from the start. */
export function namedConfigMaps(settings: CompileSettings): readonly string[] {
  const { controllerConfig, tcpServicesConfigMap, udpServicesConfigMap } = settings;
  return [controllerConfig, tcpServicesConfigMap, udpServicesConfigMap].filter(name => name !== undefined);
}

/** Compiles at each change until nothing is missing that the compilation looks up. */
async function readOnce(
  input: LiveInput,
  { settings, levels, signal }: ClusterRequest,
  trouble: Trouble,
): Promise<ClusterAnswer> {
  const state = { isChanged: false, wake: (): void => undefined };
  input.start(() => {
    state.isChanged = true;
    state.wake();
  });
  const stop = (): void => state.wake();
  signal.addEventListener('abort', stop);
  trouble.onTrouble(stop);
  for (;;) {
    if (!state.isChanged && !signal.aborted && trouble.problem() === undefined)
      await new Promise<void>(resolve => void (state.wake = resolve));
    if (signal.aborted) return { kind: 'interrupted' };
    const problem = trouble.problem();
    if (problem !== undefined) return failure(problem);
    state.isChanged = false;
    const snapshot = input.snapshot();
    if (snapshot === undefined) continue;
    const loaded = await inTurns(compileUnitsSteps({ ...snapshot, levels }, { ...settings, isCluster: true }), signal);
    if (loaded === undefined) return { kind: 'interrupted' };
    if (WANTED_KINDS.map(kind => input.want(kind, loaded.wanted[kind])).every(Boolean))
      return { kind: 'loaded', loaded };
  }
}

interface Trouble {
  readonly onEvent: (event: LiveEvent) => void;
  /** Why the cluster cannot be read; undefined as long as it may be. */
  readonly problem: () => string | undefined;
  onTrouble(call: () => void): void;
}

/** Kinds without which there is an answer, too: what is missing of them is said where it is looked up. */
const NOT_NEEDED: ReadonlySet<string> = new Set(['Secret', 'ConfigMap', 'IngressClass']);

/** What is tried again for ever by a watch is tried twice. */
const MOST_TRIES = 2;

function watchTrouble(): Trouble {
  const failures = new Map<string, number>();
  let problem: string | undefined;
  let call = (): void => undefined;
  const fail = (text: string): void => {
    problem ??= text;
    call();
  };
  return {
    problem: () => problem,
    onTrouble: other => void (call = other),
    onEvent(event) {
      if (event.kind === 'trouble') return fail(`${event.what}: ${event.problem}`);
      if (event.kind !== 'input' || event.problem === undefined || NOT_NEEDED.has(event.type)) return;
      const count = (failures.get(event.type) ?? 0) + 1;
      failures.set(event.type, count);
      if (event.state === 'forbidden' || count >= MOST_TRIES) fail(`the cluster: ${event.type}: ${event.problem}`);
    },
  };
}
