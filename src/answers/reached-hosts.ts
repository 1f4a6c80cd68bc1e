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
    const host = name.toLowerCase();
    const isNamed = routing.servers.some(server => server.host === host || server.aliases?.includes(host) === true);
    hosts.push(host);
    if (!isNamed) notes.push(`no Ingress has the host ${name}`);
  }
  return { hosts, notes };
}
