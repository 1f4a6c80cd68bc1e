import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { Passthrough, Routing, Server } from '../routing/model.ts';
import { guardBehindPassthrough, pathsBehindPassthrough } from './rules/passthrough.ts';

/** Finds what TLS connections that are passed through do not come to. */
export function checkPassthroughs(
  { servers, passthroughs }: Pick<Routing, 'servers' | 'passthroughs'>,
  report: Report,
): void {
  if (passthroughs.length === 0) return;
  const byHost = new Map(servers.map(server => [server.host, server]));
  for (const each of passthroughs) {
    const server = byHost.get(each.host);
    if (server !== undefined) checkPassthrough(each, server, report);
  }
}

function checkPassthrough({ host, to, from }: Passthrough, { locations }: Server, report: Report): void {
  const at = from[0]?.field;
  const place = at === undefined ? {} : { at };
  const goal = to === undefined ? 'nobody' : to.service;
  if (locations.some(({ written }) => written?.isGuarded === true)) {
    const message = `TLS connections for ${host} go to ${goal} unread: access control has no effect on them`;
    report({
      rule: guardBehindPassthrough,
      message,
      help: 'guard the backend itself, or remove ssl-passthrough',
      ...place,
    });
  }
  const paths = new Set(locations.flatMap(({ written }) => written?.path ?? []));
  paths.delete('/');
  if (paths.size === 0 || to === undefined) return;
  const quoted = [...paths].map(path => `"${path}"`);
  const verb = paths.size === 1 ? 'is' : 'are';
  const message = `TLS connections for ${host} go to ${goal}, whatever their path: ${listed(quoted)} ${verb} only for plain HTTP`;
  report({ rule: pathsBehindPassthrough, message, help: 'give the paths a host of their own', ...place });
}
