import { matchServer } from '../../../routing/match-server.ts';
import type { Routing, Server } from '../../../routing/model.ts';
import { examplesOf } from './pcre-example.ts';

/** A name for which a server of the routing answers; undefined where none was found. */
export function hostFor(server: Server, routing: Routing): string | undefined {
  return candidatesFor(server.host).find(host => serverOf(host, routing) === server);
}

/** Names of its aliases, each with a name that it has. */
export function aliasHosts(server: Server, routing: Routing): readonly string[] {
  return (server.aliases ?? []).flatMap(
    alias => candidatesFor(alias).find(host => serverOf(host, routing) === server) ?? [],
  );
}

function serverOf(host: string, routing: Routing): Server | undefined {
  const found = matchServer(routing, { scheme: 'http', host, sni: undefined });
  return found.kind === 'server' ? found.server : undefined;
}

const LABELS = ['any', 'other', 'some', 'any-2', 'any-3'];

function candidatesFor(name: string): readonly string[] {
  if (name === '_') return LABELS.map(label => `${label}.other-host.example`);
  if (name.startsWith('~')) return examplesOf(name.slice(1)).filter(isHostName);
  if (name.includes('*')) return LABELS.map(label => name.replaceAll('*', label));
  return [name];
}

function isHostName(text: string): boolean {
  return /^[a-z\d]([\w-]*\.?)+$/i.test(text);
}
