import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Location, Routing } from '../routing/model.ts';
import { believedClients, chosenAddress } from './rules/forwarded.ts';

const HELP = 'name your proxies in proxy-real-ip-cidr, such as "10.0.0.0/8"';
const EVERYBODY = '0.0.0.0/0';

/** Finds that clients may choose their address where something depends on it. */
export function checkForwarded({ http, servers }: Pick<Routing, 'http' | 'servers'>, report: Report): void {
  const { forwarded, sourceRange } = http;
  if (forwarded?.asks.trusted?.includes(EVERYBODY) !== true) return;
  const asker = forwarded.from.find(({ by }) => by === 'option');
  const at = asker?.by === 'option' ? asker.at.field : undefined;
  if (sourceRange === undefined && !servers.some(({ locations }) => locations.some(asksForAddress))) {
    if (forwarded.asks.isBelieved) reportBelieved(at, report);
    return;
  }
  const message = 'clients choose their address themselves: every IPv4 address is trusted to name the client';
  report({ rule: chosenAddress, message, help: HELP, ...place(at) });
}

function reportBelieved(at: FieldRef | undefined, report: Report): void {
  const message =
    'X-Forwarded-Host, X-Forwarded-Proto and X-Forwarded-For are believed of every client: no option names your proxies';
  report({ rule: believedClients, message, help: HELP, ...place(at) });
}

function asksForAddress({ policies: { sourceRange, limits } }: Location): boolean {
  return sourceRange !== undefined || limits !== undefined;
}

const place = (at: FieldRef | undefined): { readonly at?: FieldRef } => (at === undefined ? {} : { at });
