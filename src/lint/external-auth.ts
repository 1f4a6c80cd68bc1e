import type { Report } from '../diagnostics/diagnostic.ts';
import type { Routing } from '../routing/model.ts';
import { authThroughProxyProtocol } from '../annotations/rules/external-auth.ts';

/** Says who cannot ask nginx itself, since it takes no connection without the PROXY protocol. */
export function checkOwnAuth({ listeners, servers }: Pick<Routing, 'listeners' | 'servers'>, report: Report): void {
  if (listeners.takesProxyProtocol !== true) return;
  const said = new Set<string>();
  for (const { host, locations } of servers) {
    for (const { policies } of locations) {
      const applied = policies.externalAuth ?? policies.globalAuth;
      if (applied?.asks.to?.kind !== 'self') continue;
      const asker = applied.from.find(({ by }) => by !== 'default');
      const at = asker === undefined || asker.by === 'default' ? undefined : asker.at.field;
      const mark = JSON.stringify(at);
      if (said.has(mark)) continue;
      said.add(mark);
      const name = asker?.name ?? 'auth-url';
      const message = `${name}: nginx cannot ask itself for ${host}, since it takes connections with the PROXY protocol only`;
      const help = 'write the name of the Service, such as http://NAME.NAMESPACE.svc.cluster.local';
      report({ rule: authThroughProxyProtocol, message, help, ...(at === undefined ? {} : { at }) });
    }
  }
}
