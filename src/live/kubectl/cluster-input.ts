import type { EventSink } from '../events.ts';
import type { LiveInput } from '../live-input.ts';
import type { Clock } from '../clock.ts';
import { MACHINE_CLOCK } from '../clock.ts';
import type { KubeApi } from './api.ts';
import type { Scope } from './api-types.ts';
import { CONFIG_MAP, ENDPOINTS, INGRESS, INGRESS_CLASS, SECRET, SERVICE } from './api-types.ts';
import type { Pace } from './retries.ts';
import { USUAL_PACE } from './retries.ts';
import type { Followed, TypeWatch } from './type-watch.ts';
import { watchType } from './type-watch.ts';

export interface ClusterInputSettings {
  readonly api: KubeApi;
  /** Where Ingresses and what belongs to them are looked for. */
  readonly namespaces: 'all' | readonly string[];
  /** `namespace/name` of the ConfigMaps that are needed from the start, wherever they are. */
  readonly configMaps: readonly string[];
  /** What annotations of the controller begin with, slash included. */
  readonly annotationsPrefix?: string;
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
      const {
        api,
        annotationsPrefix,
        onEvent,
        resyncSeconds = RESYNC_SECONDS,
        clock = MACHINE_CLOCK,
        pace = USUAL_PACE,
      } = settings;
      const changed = (causes: readonly string[]): void => {
        if (isComplete) causes.forEach(onChange);
        else if (watches.length > 0 && watches.every(watch => watch.isKnown())) {
          isComplete = true;
          onChange('all objects were listed');
        }
      };
      const onAnswer = (): void => watches.forEach(watch => watch.retry());
      const context = { api, annotationsPrefix, onEvent, resyncSeconds, clock, pace, onChange: changed, onAnswer };
      watches = followedOf(settings).map(followed => watchType(followed, context));
    },
    snapshot: () => (isComplete ? { units: watches.flatMap(watch => watch.units()), files: 0 } : undefined),
    want: (kind, keys) => watches.find(({ name }) => name === kind)?.want(keys) ?? true,
    resync: () => watches.forEach(watch => watch.resync()),
    async stop() {
      await Promise.all(watches.map(watch => watch.stop()));
    },
  };
}

/** What is followed of each type: Secrets and ConfigMaps are many, and few of them are wanted. */
function followedOf({ namespaces, configMaps }: ClusterInputSettings): readonly Followed[] {
  const everywhere: readonly Scope[] = [{}];
  const own = namespaces === 'all' ? everywhere : [...new Set(namespaces)].map(namespace => ({ namespace }));
  const named = [...new Set(configMaps)].map(key => {
    const [namespace = '', name = ''] = key.split('/');
    return { namespace, name };
  });
  const scopeFor = (namespace: string): Scope => (namespaces === 'all' ? {} : { namespace });
  return [
    { type: INGRESS, whole: own },
    { type: INGRESS_CLASS, whole: everywhere },
    { type: SERVICE, whole: own },
    { type: ENDPOINTS, whole: own },
    { type: SECRET, whole: [], wanted: { first: own, scopeFor } },
    { type: CONFIG_MAP, whole: named, wanted: { first: [], scopeFor } },
  ];
}
