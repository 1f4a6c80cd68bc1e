import { matchServer } from '../routing/match-server.ts';
import type { Routing } from '../routing/model.ts';

export interface ReachedHosts {
  /** Of servers, in the order in which they are asked for. */
  readonly hosts: readonly string[];
  /** What there is to say of hosts that no server is named after, a sentence each. */
  readonly notes: readonly string[];
}

/** The servers that take requests for some hosts. A wildcard, an expression or `_` means the server of that name alone. */
export function reachedHosts(routing: Routing, asked: readonly string[]): ReachedHosts {
  const hosts: string[] = [];
  const notes: string[] = [];
  for (const name of asked) {
    const named = routing.servers.find(({ host }) => host === name.toLowerCase());
    const { host, note } = named === undefined ? reachedBy(routing, name) : { host: named.host, note: undefined };
    hosts.push(host);
    if (note !== undefined) notes.push(note);
  }
  return { hosts, notes };
}

function reachedBy(routing: Routing, name: string): { readonly host: string; readonly note: string | undefined } {
  if (/[*~]/.test(name)) return { host: name, note: undefined };
  const match = matchServer(routing, { scheme: 'http', host: name, sni: undefined });
  switch (match.kind) {
    case 'server': {
      const { server, by } = match;
      const unknown = `no Ingress has the host ${name}: the default server takes its requests`;
      return { host: server.host, note: by === 'default' ? unknown : `${name} is served by the host ${server.host}` };
    }
    case 'refused':
    case 'rejected':
    case 'unclear':
      return { host: name, note: `${name}: ${match.reason}` };
    case 'passed':
      return { host: match.passthrough.host, note: undefined };
  }
}
