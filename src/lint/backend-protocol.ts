import type { Report } from '../diagnostics/diagnostic.ts';
import type { Routing } from '../routing/model.ts';
import { grpcWithoutCertificate } from './rules/backend-protocol.ts';

/** Says which hosts have gRPC backends and no certificate, nor has the installation one for all. */
export function checkGrpcHosts(
  { servers, upstreams, defaultCertificate }: Pick<Routing, 'servers' | 'upstreams' | 'defaultCertificate'>,
  report: Report,
): void {
  if (defaultCertificate.kind === 'certificate') return;
  const speaking = new Set(upstreams.filter(({ protocol }) => isGrpc(protocol)).map(({ name }) => name));
  if (speaking.size === 0) return;
  for (const { host, certificate, locations } of servers) {
    if (certificate !== undefined) continue;
    const leading = locations.find(({ target }) => target.kind === 'proxy' && speaking.has(target.to.name));
    const at = leading?.from[0]?.field;
    if (at === undefined) continue;
    const name = host === '_' ? 'every other host' : host;
    const message = `gRPC clients need HTTP/2, and ${name} has no certificate: without TLS, nginx speaks it from 1.25.1 on only`;
    report({ rule: grpcWithoutCertificate, message, help: 'add the host and a Secret to tls', at });
  }
}

function isGrpc(protocol: string | undefined): boolean {
  return protocol === 'grpc' || protocol === 'grpcs';
}
