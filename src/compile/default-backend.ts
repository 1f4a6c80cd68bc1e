import type { Cluster } from '../cluster/cluster.ts';
import { parseReference } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { refOf } from '../resources/model.ts';
import { nameOf } from '../resources/provenance.ts';
import type { Target } from '../routing/model.ts';
import type { BackendFinding } from './reached.ts';
import { noReadyEndpoints } from './rules/backends.ts';
import { missingDefaultBackend } from './rules/default-backend.ts';
import { forwardPending, noNodePort, notForwardable } from './rules/outside-cluster.ts';
import type { CompileSettings } from './settings.ts';
import type { Upstreams } from './upstreams.ts';

const NOT_FOUND: Target = { kind: 'status', code: 404, reason: 'no default backend' };

/**
 * Where requests go that no path of an Ingress takes: to the first port of the Service that the settings name, else 404.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getDefaultUpstream.
 */
export function chooseDefaultBackend(
  settings: CompileSettings,
  cluster: Cluster,
  upstreams: Upstreams,
  report: Report,
): Target {
  const wanted = settings.defaultBackendService;
  if (wanted === undefined) return NOT_FOUND;
  const reference = parseReference(wanted, '');
  const service = cluster.services.get(wanted);
  const [port] = service?.ports ?? [];
  const complain = (problem: string): Target => {
    const at = service === undefined ? {} : { at: refOf(service, 'metadata', 'name') };
    const message = `the Service ${wanted} of --default-backend-service ${problem}: requests that no Ingress matches get 404`;
    report({ rule: missingDefaultBackend, message, help: 'name a Service of the input that has endpoints', ...at });
    return NOT_FOUND;
  };
  if (reference === undefined || service === undefined) return complain('is not in the input');
  // Why has been said.
  if (service.isRefused) return NOT_FOUND;
  if (port === undefined) return complain('has no port');
  const backend = { namespace: reference.namespace, service: reference.name, port: { number: port.port } };
  const { peers, finding } = upstreams.reachedBy(backend);
  if (peers === undefined) return complain(problemOf(finding));
  const asked = { who: nameOf(service), at: refOf(service), policies: undefined, tls: undefined, isLook: false };
  return upstreams.get({ backend: upstreams.find(backend), protocol: 'http', ...asked }).target;
}

/** Continues `the Service …`. */
function problemOf(finding: BackendFinding | undefined): string {
  if (finding === undefined) return 'is not valid';
  if (finding.rule === noReadyEndpoints) return 'has no ready endpoint';
  if (finding.rule === noNodePort) return 'has no node port';
  if (finding.rule === forwardPending) return 'has no port-forward yet';
  if (finding.rule === notForwardable) return 'has a port that kubectl does not forward';
  return `cannot be reached: ${finding.message}`;
}
