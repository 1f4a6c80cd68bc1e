import type { Report } from '../diagnostics/diagnostic.ts';
import type { Routing, Upstream } from '../routing/model.ts';
import { grpcWithoutCertificate } from './rules/backend-protocol.ts';

interface Hosts extends Pick<Routing, 'servers' | 'defaultCertificate'> {
  /** The names of the upstreams that speak gRPC. */
  readonly speaking: readonly string[];
}

/** The name of an upstream that speaks gRPC. */
export function grpcName({ protocol, name }: Upstream): string | undefined {
  return protocol === 'grpc' || protocol === 'grpcs' ? name : undefined;
}

/** Says which hosts have gRPC backends and no certificate, nor has the installation one for all. */
export function checkGrpcHosts({ servers, speaking: names, defaultCertificate }: Hosts, report: Report): void {
  if (defaultCertificate.kind === 'certificate' || names.length === 0) return;
  const speaking = new Set(names);
  for (const { host, certificate, locations } of servers) {
    // The Secret of one with TLS may be missing, which is said where it is named.
    if (certificate !== undefined || locations.some(({ policies }) => policies.tlsRedirect !== undefined)) continue;
    const leading = locations.find(({ target }) => target.kind === 'proxy' && speaking.has(target.to.name));
    const at = leading?.from[0]?.field;
    if (at === undefined) continue;
    const name = host === '_' ? 'every other host' : host;
    const message = `gRPC clients need HTTP/2, and ${name} has no certificate: without TLS, nginx speaks it from 1.25.1 on only`;
    report({ rule: grpcWithoutCertificate, message, help: 'add the host and a Secret to tls', at });
  }
}
