import type { EventSink } from '../events.ts';
import type { LiveInput } from '../live-input.ts';
import type { KubeApi } from './api.ts';

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
}

/**
 * The objects of a cluster: each type is listed exactly, and then watched. Stopping leaves `api` open, which others use.
 */
export function openClusterInput(settings: ClusterInputSettings): LiveInput {
  throw new Error(`not built yet: ${JSON.stringify(settings.namespaces)}`);
}
