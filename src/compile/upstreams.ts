import type { Cluster } from '../cluster/cluster.ts';
import { keyOfObject, shortHash } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { refOf } from '../resources/model.ts';
import type { Peers, Target, Upstream } from '../routing/model.ts';
import type { BackendRef, BackendSettings } from './backends.ts';
import { reach } from './backends.ts';
import type { Reached } from './reached.ts';
import { portText } from './service-ports.ts';

/** Who names a backend. */
export interface BackendUser {
  readonly document: string;
  readonly at: FieldRef;
  readonly from: Provenance;
}

/** Upstreams as locations come to need them; names are given when all are known. */
export interface Upstreams {
  /** The target for a backend; its finding is reported once an object that names it. */
  readonly targetOf: (backend: BackendRef, user: BackendUser) => Target;
  /** What a backend comes to, for users that need more than a target. */
  readonly reachedBy: (backend: BackendRef) => Reached;
  /** By name; every one is used. */
  readonly all: () => readonly Upstream[];
}

function keyOf({ namespace, service, port }: BackendRef): string {
  return `${keyOfObject(namespace, service)}:${portText(port)}`;
}

/** The name of an upstream, as the controller has it: namespace, Service and port. */
function plainName({ namespace, service, port }: BackendRef): string {
  return `${namespace}-${service}-${portText(port)}`.toLowerCase().replace(/[^a-z0-9_.-]/g, '_');
}

/** Gathers the upstreams of a routing: one a backend, shared by all locations that name it. */
export function gatherUpstreams(cluster: Cluster, settings: BackendSettings, report: Report): Upstreams {
  const reachedByKey = new Map<string, Reached>();
  const used = new Map<string, { readonly backend: BackendRef; readonly peers: Peers; readonly from: Provenance }>();
  const reported = new Set<string>();
  const keysOfName = new Map<string, string>();

  const reachedBy = (backend: BackendRef): Reached => {
    const key = keyOf(backend);
    const known = reachedByKey.get(key);
    if (known !== undefined) return known;
    const reached = reach(backend, cluster, settings);
    reachedByKey.set(key, reached);
    return reached;
  };
  /**
   * Two backends can come to one name (`a-b`/`c` and `a`/`b-c`): who asks first has it, others get a hash. Kubernetes
   * names hold no underscore, so that nobody can take such a name on purpose.
   */
  const nameOf = (backend: BackendRef): string => {
    const [plain, key] = [plainName(backend), keyOf(backend)];
    let name = plain;
    while ((keysOfName.get(name) ?? key) !== key) name = `${plain}_${shortHash(`${name} ${key}`)}`;
    keysOfName.set(name, key);
    return name;
  };
  return {
    reachedBy,
    targetOf(backend, user) {
      const reached = reachedBy(backend);
      const mark = `${user.document} ${keyOf(backend)}`;
      if (reached.finding !== undefined && !reported.has(mark)) {
        reported.add(mark);
        report({ ...reached.finding, at: user.at });
      }
      const name = nameOf(backend);
      if (reached.peers === undefined) {
        return { kind: 'status', code: 503, reason: reached.finding?.message ?? 'the backend cannot be reached' };
      }
      if (!used.has(name)) used.set(name, { backend, peers: reached.peers, from: originOf(backend, cluster, user) });
      return { kind: 'upstream', upstream: name };
    },
    all: () =>
      [...used]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { peers, from }]) => ({ name, peers, from: [from] })),
  };
}

function originOf({ namespace, service }: BackendRef, cluster: Cluster, user: BackendUser): Provenance {
  const key = keyOfObject(namespace, service);
  const found = cluster.services.get(key);
  return found === undefined ? user.from : { resource: `Service ${key}`, field: refOf(found) };
}
