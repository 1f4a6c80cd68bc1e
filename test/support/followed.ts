import { readFileSync, readdirSync } from 'node:fs';

import { openClusterInput } from '../../src/live/kubectl/cluster-input.ts';
import type { ClusterInputSettings } from '../../src/live/kubectl/cluster-input.ts';
import type { KubeApi } from '../../src/live/kubectl/api.ts';
import { openKubeApi } from '../../src/live/kubectl/open-api.ts';
import type { ApiSettings } from '../../src/live/kubectl/open-api.ts';
import type { Pace } from '../../src/live/kubectl/retries.ts';
import type { InputEvent, LiveEvent } from '../../src/live/events.ts';
import type { LiveInput } from '../../src/live/live-input.ts';

/** A tenth to a hundredth of the usual times. */
const QUICK_PACE: Pace = {
  firstMs: 50,
  longestMs: 400,
  slowPauseMs: 500,
  wellMs: 5_000,
  graceMs: 300,
};

/** A cluster that is followed, and everything that was said of it. */
export interface Followed {
  readonly api: KubeApi;
  readonly input: LiveInput;
  readonly causes: readonly string[];
  readonly events: readonly LiveEvent[];
  /** The last that was said of a type. */
  readonly state: (type: string) => InputEvent | undefined;
  /** `Ingress default/web`, of all that is in the snapshot; undefined when there is none. */
  readonly objects: (kind?: string) => readonly string[] | undefined;
  readonly stop: () => Promise<void>;
}

export async function openApi(settings: ApiSettings): Promise<KubeApi> {
  const opened = await openKubeApi(settings);
  if (opened.kind === 'failed') throw new Error(opened.problem);
  return opened.api;
}

export async function follow(
  kubeconfig: string,
  settings: Partial<ClusterInputSettings> & Pick<ApiSettings, 'renewAfterMs' | 'context'> = {},
): Promise<Followed> {
  const events: LiveEvent[] = [];
  const causes: string[] = [];
  const onEvent = (event: LiveEvent): void => void events.push(event);
  const { renewAfterMs, context, ...more } = settings;
  const renewal = renewAfterMs === undefined ? {} : { renewAfterMs };
  const api = await openApi({ kubeconfig, context, onEvent, ...renewal });
  const input = openClusterInput({ api, namespaces: 'all', configMaps: [], onEvent, pace: QUICK_PACE, ...more });
  input.start(cause => void causes.push(cause));
  return {
    api,
    input,
    causes,
    events,
    state: type => events.findLast(event => event.kind === 'input' && event.type === type) as InputEvent | undefined,
    objects: kind =>
      input
        .snapshot()
        ?.units.flatMap(unit => unit.documents.map(document => document.id.replace('#0', '')))
        .filter(name => kind === undefined || name.startsWith(`${kind} `)),
    stop: async () => {
      await input.stop();
      await api.close();
    },
  };
}

/** The processes whose command line has a text in it. */
export function processesWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => pid !== process.pid && commandOf(pid).includes(text));
}

/** Of these the kubectl itself, and not its guard. */
export function kubectlWith(text: string): readonly number[] {
  return processesWith(text).filter(pid => /^[^ ]*kubectl/.test(commandOf(pid)));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended
  }
}
