import type { Report } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import { annotationWithoutEffect } from '../annotations/rules/annotations.ts';
import type { WwwRedirect } from '../annotations/names-plan.ts';
import { isHostPattern } from '../routing/hosts.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Server } from '../routing/model.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import type { TlsTable } from './tls.ts';

const WWW = 'www.';

interface Asking {
  readonly host: string;
  readonly www: WwwRedirect;
}

/** From one compilation to the next: the hosts that ask for it, and servers by host. */
export interface WwwMemory {
  readonly asking: PickMemory<HostDraft, Asking>;
  readonly servers: Map<string, Remembered<Server>>;
}

/** The redirect that somebody asks for who has a path of the host. */
function askedFor({ host, paths }: HostDraft): Asking | undefined {
  for (const { origin, plan } of paths.values()) {
    const www = origin === 'rule' ? plan?.policies?.www : undefined;
    if (www !== undefined) return { host, www };
  }
  return undefined;
}

function serverOf(host: string, to: string, { code, from }: WwwRedirect, certificate: string | undefined): Server {
  const places = from.flatMap(asker => (asker.by === 'default' ? [] : [asker.at]));
  const target = { kind: 'redirect', code, to: { kind: 'host', host: to }, from } as const;
  const location = { match: 'prefix', path: '/', policies: {}, target, from: places } as const;
  return { host, certificate, policies: {}, locations: [location], from: places };
}

function reportIdle({ from }: WwwRedirect, host: string, why: string, report: Report): void {
  const [asker] = askingAnnotations(from);
  if (asker === undefined) return;
  const message = `${asker.name} has no effect on ${host}: ${why}`;
  report({ rule: annotationWithoutEffect, message, help: 'remove it', at: asker.at.field });
}

/**
 * The servers of names that are sent to the host with `www.` or without, unless somebody has the name.
 * Source: ingress-nginx 1.15.1, pkg/util/ingress/ingress.go, BuildRedirects.
 */
export function wwwServers(
  hosts: readonly HostDraft[],
  tls: Pick<TlsTable, 'certificateFor'>,
  report: Report,
  memory: WwwMemory | undefined,
): readonly Server[] {
  const asking = pickEach(memory?.asking, hosts, askedFor);
  if (asking.length === 0) return [];
  const taken = new Set(hosts.map(({ host }) => host));
  const servers: Server[] = [];
  for (const { host, www } of asking) {
    const name = host.startsWith(WWW) ? host.slice(WWW.length) : WWW + host;
    if (host === DEFAULT_HOST || isHostPattern(host) || host.includes('*'))
      reportIdle(
        www,
        host === DEFAULT_HOST ? 'requests without a host' : host,
        'only a whole name has another one',
        report,
      );
    else if (taken.has(name)) reportIdle(www, host, `${name} is a host of its own`, report);
    else {
      const certificate = tls.certificateFor(host, name);
      const facts = [host, www, certificate];
      taken.add(name);
      servers.push(remember(memory?.servers, name, { facts }, () => serverOf(name, host, www, certificate)));
    }
  }
  return servers;
}

/** All servers, in their order: others come before names, which are sorted. */
export function withWww(servers: readonly Server[], www: readonly Server[]): readonly Server[] {
  if (www.length === 0) return servers;
  const isFirst = ({ host }: Server): boolean => host === DEFAULT_HOST || isHostPattern(host);
  const names = [...servers.filter(server => !isFirst(server)), ...www];
  return [...servers.filter(isFirst), ...names.toSorted((a, b) => (a.host < b.host ? -1 : 1))];
}
