import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { EndpointSet, Service } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { Upstream } from '../routing/model.ts';
import type { BackendRef, BackendSettings } from './backends.ts';
import { reach } from './backends.ts';
import type { Reached } from './reached.ts';
import { portText } from './service-ports.ts';

/** A backend, the same object from one compilation to the next; the compilation that has it from `Backends` may read it. */
export interface Backend {
  readonly reference: BackendRef;
  /** `namespace/service:port` */
  readonly key: string;
  /** `namespace/service` */
  readonly service: string;
  /** The name of its upstream, as the controller has it, unless another backend has it already. */
  readonly plainName: string;
  /** The same object as before where it comes to the same. */
  reached: Reached;
  /** The Service, if it is in the input; the same object as long as the Service is. */
  from: Provenance | undefined;
  /** What it was made of. */
  made: { readonly of: Service | undefined; readonly sets: readonly EndpointSet[] | undefined; readonly facts: string };
  /** The number of the compilation that has looked at it. */
  run: number;
  /** Its upstream, once a location leads to it, and the number of the compilation that needs it. */
  upstream: Upstream | undefined;
  usedBy: number;
}

/** Backends from one compilation to the next. */
export interface BackendMemory {
  run: number;
  readonly byKey: Map<string, Backend>;
}

/** The backends of one compilation. */
export interface Backends {
  /** The backend that somebody names, up to date. */
  readonly find: (reference: BackendRef) => Backend;
  /** Brings a backend that an earlier compilation has found up to date. */
  readonly refresh: (backend: Backend) => void;
  /** Forgets the backends that nobody has asked for. */
  readonly forgetOthers: () => void;
}

const NOTHING: Reached = { peers: undefined, finding: undefined };

function plainNameOf({ namespace, service, port }: BackendRef): string {
  return `${namespace}-${service}-${portText(port)}`.toLowerCase().replace(/[^a-z0-9_.-]/g, '_');
}

/** All that decides besides the Service and its endpoints. */
function factsOf(cluster: Cluster, settings: BackendSettings): string {
  const { backendAddress, clusterDomain, resolvers, nodeAddresses } = settings;
  const isElsewhere = cluster.services.size === 0;
  return JSON.stringify([backendAddress, clusterDomain, resolvers, nodeAddresses, isElsewhere, cluster.hasEndpoints]);
}

export function followBackends(cluster: Cluster, settings: BackendSettings, memory: BackendMemory): Backends {
  memory.run += 1;
  const { run, byKey } = memory;
  const facts = factsOf(cluster, settings);
  const isForwarded = settings.backendAddress === 'port-forward';

  const update = (backend: Backend): void => {
    if (backend.run === run) return;
    backend.run = run;
    const { made, service: key } = backend;
    const service = cluster.services.get(key);
    const sets = cluster.endpoints.get(key);
    // Local ports come and go without a trace in the cluster; and whoever keeps them must hear who needs them.
    if (made.facts === facts && made.of === service && made.sets === sets && !isForwarded) return;
    const reached = reach(backend.reference, cluster, settings);
    if (JSON.stringify(reached) !== JSON.stringify(backend.reached)) backend.reached = reached;
    if (service === undefined) backend.from = undefined;
    else if (service !== made.of) backend.from = { resource: `Service ${key}`, field: refOf(service) };
    backend.made = { of: service, sets, facts };
  };
  return {
    find(reference) {
      const service = keyOfObject(reference.namespace, reference.service);
      const key = `${service}:${portText(reference.port)}`;
      const backend = byKey.get(key) ?? discover({ key, service, reference }, memory);
      update(backend);
      return backend;
    },
    refresh: update,
    forgetOthers() {
      for (const [key, backend] of byKey) if (backend.run !== run) byKey.delete(key);
    },
  };
}

function discover(
  { key, service, reference }: Pick<Backend, 'key' | 'service' | 'reference'>,
  memory: BackendMemory,
): Backend {
  const made = { of: undefined, sets: undefined, facts: '' };
  const plainName = plainNameOf(reference);
  const backend: Backend = {
    key,
    plainName,
    service,
    reference,
    reached: NOTHING,
    from: undefined,
    made,
    run: 0,
    upstream: undefined,
    usedBy: 0,
  };
  memory.byKey.set(key, backend);
  return backend;
}
