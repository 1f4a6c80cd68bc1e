import type { PlainValue } from '../json/value.ts';
import { ipVersion } from './addresses.ts';
import { listOf, objectOf, textOf } from './plain.ts';

/** Where a controller says that an Ingress can be reached. */
export interface LoadBalancerStatus {
  /** IPv4 or IPv6, without brackets. */
  readonly ips: readonly string[];
  readonly hostnames: readonly string[];
}

/**
 * Reads `loadBalancer.ingress` of the status of an Ingress, whatever its version. It is no part of the resource: what is
 * compiled must not depend on what controllers write, least of all on what we write. What is no address is passed over.
 */
export function loadBalancerOf(status: PlainValue | undefined): LoadBalancerStatus {
  const entries = listOf(objectOf(objectOf(status)['loadBalancer'])['ingress']).map(objectOf);
  return {
    ips: entries.map(({ ip }) => textOf(ip)).filter(ip => ipVersion(ip) !== 0),
    hostnames: entries.map(({ hostname }) => textOf(hostname)).filter(name => name !== ''),
  };
}
