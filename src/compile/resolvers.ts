import type { Cluster } from '../cluster/cluster.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Assumptions } from './assumptions.ts';
import { reportAssumedResolver, USUAL_CLUSTER_DNS } from './assumptions.ts';
import type { CompileSettings } from './settings.ts';

/** Whether nginx comes from outside of the cluster's network, which neither pods nor the cluster DNS can be reached from. */
export function isOutside({ backendAddress }: Pick<CompileSettings, 'backendAddress'>): boolean {
  return backendAddress === 'node-port' || backendAddress === 'port-forward';
}

/**
 * The DNS servers that are known to answer: those of the flag, else that of the cluster, as far as the input has it.
 * IPv6 in brackets.
 */
export function knownResolvers(
  settings: Pick<CompileSettings, 'resolvers' | 'backendAddress'>,
  { services }: { readonly services: Pick<Cluster['services'], 'get'> },
): readonly string[] {
  if (settings.resolvers.length > 0 || isOutside(settings)) return settings.resolvers;
  const address = services.get('kube-system/kube-dns')?.clusterIP;
  if (address === undefined || address === 'None') return [];
  return [address.includes(':') ? `[${address}]` : address];
}

/**
 * The DNS servers for names that are looked up while requests are served. A name of a Service only the cluster DNS knows,
 * which finds other names as well.
 *
 * @param hasNames whether any are
 */
export function chooseResolvers(
  hasNames: boolean,
  {
    settings,
    cluster,
    assumptions,
    report,
  }: {
    readonly settings: CompileSettings;
    readonly cluster: Cluster;
    readonly assumptions: Assumptions;
    readonly report: Report;
  },
): readonly string[] {
  const known = knownResolvers(settings, cluster);
  if (!hasNames) return settings.resolvers;
  if (known.length > 0) return known;
  const isOfCluster = assumptions.of('service-name').length > 0;
  if (!isOfCluster && settings.machineResolvers.length > 0) return settings.machineResolvers;
  reportAssumedResolver(assumptions, report);
  return [USUAL_CLUSTER_DNS];
}

/** Those that are reached by IPv4; all where there are no such ones. */
export function withoutIpv6(resolvers: readonly string[]): readonly string[] {
  const found = resolvers.filter(address => !address.startsWith('['));
  return found.length > 0 ? found : resolvers;
}
