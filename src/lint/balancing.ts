import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Upstream } from '../routing/model.ts';
import { balancingBesideAffinity, hashWithoutEndpoints } from './rules/balancing.ts';

/** Finds ways to spread requests that nginx cannot follow. */
export function checkBalancing({ peers, policies, from }: Upstream, report: Report): void {
  const { affinity, balancing } = policies;
  if (balancing === undefined) return;
  const [asker] = askingAnnotations(balancing.from);
  if (asker === undefined) return;
  const service = from[0] === undefined ? '' : ` for ${objectText(from[0].resource)}`;
  const at = asker.at.field;
  if (peers.kind !== 'addresses') {
    if (balancing.asks.kind !== 'hash') return;
    const message = `${asker.name} has no effect${service}: it is reached by the name ${peers.host}`;
    const help = 'add the EndpointSlices of the Service to the input, if it has pods';
    report({ rule: hashWithoutEndpoints, message, help, at });
  } else if (affinity !== undefined) {
    const message = `${asker.name} has no effect${service}: affinity decides which endpoint is asked`;
    report({ rule: balancingBesideAffinity, message, help: `remove affinity or ${asker.name}`, at });
  }
}
