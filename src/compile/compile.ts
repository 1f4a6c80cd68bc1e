import type { Cluster } from '../cluster/cluster.ts';
import { indexCluster } from '../cluster/cluster.ts';
import type { ControllerOptions } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Resource } from '../resources/model.ts';
import type { Location, Routing, Server, Target } from '../routing/model.ts';
import type { BackendSettings } from './backends.ts';
import { openCertificates } from './certificates.ts';
import { readControllerOptions } from './controller-options.ts';
import { chooseDefaultBackend } from './default-backend.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { DEFAULT_HOST, draftHosts, keyOfPath } from './hosts.ts';
import { chooseDefaultCertificate, compileHttpSettings } from './http-settings.ts';
import { locationsOf } from './locations.ts';
import { cameFrom, planIngresses } from './plan.ts';
import { missingServicePort, noIngress } from './rules.ts';
import type { LeftOut } from './selection.ts';
import { selectIngresses } from './selection.ts';
import type { CompileSettings } from './settings.ts';
import { compileStreams } from './streams.ts';
import type { TlsTable } from './tls.ts';
import { assignCertificates } from './tls.ts';
import type { Upstreams } from './upstreams.ts';
import { gatherUpstreams } from './upstreams.ts';

export interface Compiled {
  readonly routing: Routing;
  readonly leftOut: readonly LeftOut[];
  /** The Secrets (`namespace/name`) that were looked up, there or not. */
  readonly secretsWanted: ReadonlySet<string>;
  /** The ports of Services (`namespace/service:80`) that a local port must lead to, whether one does yet or not. */
  readonly forwardsWanted: ReadonlySet<string>;
}

const HEALTHZ: Location = {
  match: 'exact',
  path: '/healthz',
  policies: {},
  target: { kind: 'status', code: 200, reason: 'health of nginx itself' },
  from: [],
};

/** The target of a path: its backend, or what the installation answers where there is none. */
function targetsOf(upstreams: Upstreams, fallback: Target, report: Report): (draft: PathDraft) => Target {
  return ({ backend, plan }) => {
    if (backend?.kind !== 'service' || plan === undefined) return fallback;
    if (backend.port === undefined) {
      const message = `the backend "${backend.service}" names no port`;
      report({ rule: missingServicePort, message, help: 'name a port of the Service', at: backend.at });
      return { kind: 'status', code: 503, reason: message };
    }
    const { ingress } = plan;
    const from = cameFrom(ingress, backend.at);
    const reference = { namespace: ingress.namespace, service: backend.service, port: backend.port };
    return upstreams.targetOf(reference, { document: ingress.document, at: backend.at, from });
  };
}

function serverOf(host: HostDraft, tls: TlsTable, targetOf: (draft: PathDraft) => Target, report: Report): Server {
  const isDefault = host.host === DEFAULT_HOST;
  const locations = locationsOf(host, { hasTls: !isDefault && tls.hasTls(host.host), targetOf, report });
  const hasOwnHealthz = [true, false].some(isExact => host.paths.has(keyOfPath(HEALTHZ.path, isExact)));
  return {
    host: host.host,
    certificate: isDefault ? undefined : tls.certificateOf(host.host),
    locations: isDefault && !hasOwnHealthz ? [HEALTHZ, ...locations] : locations,
    from: host.from,
  };
}

function inOrder(hosts: readonly HostDraft[]): readonly HostDraft[] {
  return hosts.toSorted((a, b) => {
    if (a.host === DEFAULT_HOST) return -1;
    if (b.host === DEFAULT_HOST) return 1;
    return a.host < b.host ? -1 : 1;
  });
}

/** A cluster that sends requests to Services itself may say so for all of them; a flag goes before. */
function addressSettings(settings: CompileSettings, options: ControllerOptions): BackendSettings {
  const isAsked = options['service-upstream'] && settings.backendAddress === 'auto';
  return isAsked ? { ...settings, backendAddress: 'cluster-ip' } : settings;
}

function compileCluster(
  cluster: Cluster,
  settings: CompileSettings,
  report: Report,
): Pick<Compiled, 'routing' | 'leftOut'> {
  const { ours, leftOut } = selectIngresses(cluster, settings);
  if (ours.length === 0) {
    const help = leftOut.length === 0 ? 'check the paths' : 'see --ingress-class and --watch-ingress-without-class';
    report({ rule: noIngress, message: 'the input holds no Ingress of our class', help });
  }
  const options = readControllerOptions(settings.controllerConfig, cluster, report);
  const hosts = inOrder(draftHosts(planIngresses(ours, { cluster, options, report }), report));
  const store = openCertificates(cluster, settings.now, report);
  const tls = assignCertificates(hosts, store, report);
  const gathered = gatherUpstreams(cluster, addressSettings(settings, options), report);
  const targetOf = targetsOf(gathered, chooseDefaultBackend(settings, cluster, gathered, report), report);
  const servers = hosts.map(host => serverOf(host, tls, targetOf, report));
  const upstreams = gathered.all();
  const defaultCertificate = chooseDefaultCertificate(settings, store, cluster, report);
  const ids = new Set(servers.map(server => server.certificate).filter(id => id !== undefined));
  if (defaultCertificate.kind === 'certificate') ids.add(defaultCertificate.id);
  const routing: Routing = {
    listeners: { httpPort: settings.httpPort, httpsPort: settings.httpsPort },
    settings: compileHttpSettings(options, defaultCertificate, { settings, cluster, upstreams, report }),
    servers,
    upstreams,
    certificates: store.withIds(ids),
    streams: compileStreams(cluster, settings, report),
  };
  return { routing, leftOut };
}

/** A table that is only looked up, with the keys that somebody has asked for, found or not. */
function watched<T>(
  table: Pick<ReadonlyMap<string, T>, 'get'>,
): readonly [table: Pick<ReadonlyMap<string, T>, 'get'>, asked: ReadonlySet<string>] {
  const asked = new Set<string>();
  const get = (key: string): T | undefined => {
    asked.add(key);
    return table.get(key);
  };
  return [{ get }, asked];
}

/**
 * Compiles the resources of a cluster into what nginx shall do. The order of the resources does not matter. What is
 * wrong is reported and isolated: the rest is served.
 */
export function compile(resources: readonly Resource[], settings: CompileSettings, report: Report): Compiled {
  const cluster = indexCluster(resources, report);
  const [secrets, secretsWanted] = watched(cluster.secrets);
  const [forwards, forwardsWanted] = watched(settings.forwards);
  const compiled = compileCluster({ ...cluster, secrets }, { ...settings, forwards }, report);
  return { ...compiled, secretsWanted, forwardsWanted };
}
