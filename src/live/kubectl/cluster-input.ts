import type { EventSink } from '../events.ts';
import type { LiveInput } from '../live-input.ts';
import type { Clock } from '../clock.ts';
import { MACHINE_CLOCK } from '../clock.ts';
import type { KubeApi } from './api.ts';
import type { ApiType, Scope } from './api-types.ts';
import { CONFIG_MAP, ENDPOINTS, INGRESS, INGRESS_CLASS, SECRET, SERVICE } from './api-types.ts';
import type { Pace } from './retries.ts';
import { USUAL_PACE } from './retries.ts';
import type { TypeWatch } from './type-watch.ts';
import { watchType } from './type-watch.ts';

export interface ClusterInputSettings {
  readonly api: KubeApi;
  /** Where Ingresses and what belongs to them are looked for. */
  readonly namespaces: 'all' | readonly string[];
  /** `namespace/name` of the ConfigMaps that are needed, wherever they are. */
  readonly configMaps: readonly string[];
  /** Gets the state of each type of object whenever it changes. */
  readonly onEvent: EventSink;
  /** How long a watch lasts before everything is listed again, in seconds; 300 unless said. */
  readonly resyncSeconds?: number;
  readonly clock?: Clock;
  readonly pace?: Pace;
}

const RESYNC_SECONDS = 300;

/**
 * The objects of a cluster: each type is listed exactly, and then watched. A snapshot is there once all types that are
 * needed were listed, and Secrets and IngressClasses were listed or refused; from then on nothing that the server says
 * or does not say makes it smaller but an exact list. Stopping leaves `api` open, which others use.
 */
export function openClusterInput(settings: ClusterInputSettings): LiveInput {
  let watches: readonly TypeWatch[] = [];
  let isComplete = false;

  return {
    start(onChange) {
      const { api, onEvent, resyncSeconds = RESYNC_SECONDS, clock = MACHINE_CLOCK, pace = USUAL_PACE } = settings;
      const changed = (causes: readonly string[]): void => {
        if (isComplete) causes.forEach(onChange);
        else if (watches.length > 0 && watches.every(watch => watch.isKnown())) {
          isComplete = true;
          onChange('all objects were listed');
        }
      };
      const onAnswer = (): void => watches.forEach(watch => watch.retry());
      const context = { api, onEvent, resyncSeconds, clock, pace, onChange: changed, onAnswer };
      watches = scopesOf(settings).map(([type, scopes]) => watchType(type, scopes, context));
    },
    snapshot: () => (isComplete ? { units: watches.flatMap(watch => watch.units()), files: 0 } : undefined),
    wantSecrets: keys => watches.map(watch => watch.wantSecrets(keys)).every(Boolean),
    resync: () => watches.forEach(watch => watch.resync()),
    async stop() {
      await Promise.all(watches.map(watch => watch.stop()));
    },
  };
}

/** What is watched of each type. */
function scopesOf({ namespaces, configMaps }: ClusterInputSettings): readonly (readonly [ApiType, readonly Scope[]])[] {
  const everywhere: readonly Scope[] = [{}];
  const own = namespaces === 'all' ? everywhere : [...new Set(namespaces)].map(namespace => ({ namespace }));
  const named = [...new Set(configMaps)].map(key => {
    const [namespace = '', name = ''] = key.split('/');
    return { namespace, name };
  });
  const types: readonly (readonly [ApiType, readonly Scope[]])[] = [
    [INGRESS, own],
    [INGRESS_CLASS, everywhere],
    [SERVICE, own],
    [ENDPOINTS, own],
    [SECRET, own],
    [CONFIG_MAP, named],
  ];
  return types.filter(([, scopes]) => scopes.length > 0);
}
