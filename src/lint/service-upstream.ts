import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Upstream } from '../routing/model.ts';
import { balancedByTheCluster } from './rules/service-upstream.ts';

/** Finds ways to choose an endpoint of a Service whose endpoints nginx does not know. */
export function checkServiceUpstream({ peers, policies, from }: Upstream, report: Report): void {
  const { serviceUpstream, ...others } = policies;
  const isOne = peers.kind === 'addresses' && peers.addresses.length === 1;
  if (serviceUpstream === undefined || !isOne) return;
  const service = from[0] === undefined ? '' : ` for ${objectText(from[0].resource)}`;
  for (const { from: askers } of Object.values(others)) {
    const [asker] = askingAnnotations(askers);
    if (asker === undefined) continue;
    const message = `${asker.name} has no effect${service}: service-upstream leaves the choice to the cluster`;
    const help = `remove service-upstream or ${asker.name}`;
    report({ rule: balancedByTheCluster, message, help, at: asker.at.field });
  }
}
