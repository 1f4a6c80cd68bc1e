import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Location, Server } from '../routing/model.ts';
import { wildcardOverlap } from './rules/wildcard-overlap.ts';

/** Whether a location answers what no rule of its host takes, with 404. */
function isUnclaimed({ written, target }: Location): boolean {
  return written === undefined && target.kind === 'status' && target.code === 404;
}

/** A wildcard host that serves all its paths. */
export function wholeWildcard(server: Server): Server | undefined {
  const { host, locations } = server;
  return host.startsWith('*.') && !locations.some(isUnclaimed) ? server : undefined;
}

/** Says of names with rules of their own that their wildcard does not answer for them. */
export function checkWildcards(
  { servers, wildcards }: { readonly servers: readonly Server[]; readonly wildcards: readonly Server[] },
  report: Report,
): void {
  if (wildcards.length === 0) return;
  const byHost = new Map(wildcards.map(server => [server.host, server]));
  const names = new Map<Server, Server[]>();
  for (const server of servers) {
    const wildcard = byHost.get(`*${server.host.slice(server.host.indexOf('.'))}`);
    if (wildcard === undefined || wildcard === server || !server.locations.some(isUnclaimed)) continue;
    const known = names.get(wildcard);
    if (known === undefined) names.set(wildcard, [server]);
    else known.push(server);
  }
  for (const [wildcard, [first, ...others]] of names) if (first !== undefined) say(wildcard, first, others, report);
}

function say(wildcard: Server, first: Server, others: readonly Server[], report: Report): void {
  const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
  const [from] = first.from;
  const [owner] = wildcard.from;
  const whose = owner === undefined ? '' : ` of ${objectText(owner.resource)}`;
  report({
    rule: wildcardOverlap,
    message: `${first.host}${more} has rules of its own: its other paths get 404, and not what "${wildcard.host}"${whose} serves`,
    help: 'add a rule with the path "/" for it, if the other paths are meant to be served',
    ...(from === undefined ? {} : { at: from.field }),
    related: owner === undefined ? [] : [{ message: `"${wildcard.host}" is here`, at: owner.field }],
  });
}
