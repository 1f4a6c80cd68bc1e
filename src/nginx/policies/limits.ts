import { bareWord, EMPTY, exactKey, quote, quoteLiteral, variable } from '../quote.ts';

import type { Declarations } from '../declarations.ts';
import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Limits } from '../../routing/policies/limits.ts';

/** Shared by all Ingresses with the same limit; a state takes 128 bytes. */
const ZONE_SIZE = bareWord('10m');
/** Never empty. */
const CLIENT_ADDRESS = 'binary_remote_addr';

export const renderLimitStatuses: HttpRenderer<'limits'> = ({ ofRequests, ofConnections }, { text }) => ({
  clients: text('policies/limits.http.conf', { ofRequests, ofConnections }),
});

/**
 * Zones are shared by Ingresses with equal limits, and each Ingress counts by itself: which one it is stands in the key.
 */
export const renderLimits: LocationRenderer<'limits'> = (asks, { declare, text }) => {
  const { scope, connections, requests } = asks;
  const key = keyOf(asks, declare);
  const shared = { key, size: ZONE_SIZE };
  const view = {
    connections: connections === 0 ? undefined : connections,
    connectionZone:
      connections === 0 ? undefined : declare.zone({ ...shared, name: 'limit_connections', kind: 'connections' }),
    requests: requests.map(({ per, most, burst }) => ({
      zone: declare.zone({
        ...shared,
        name: `limit_per_${per}`,
        kind: 'requests',
        rate: bareWord(`${most}r/${per === 'second' ? 's' : 'm'}`),
      }),
      burst: burst === 0 ? undefined : burst,
    })),
  };
  const begin = text('policies/limits.scope.conf', { scope: quoteLiteral(scope, declare) });
  return { location: { begin, guard: text('policies/limits.conf', view) } };
};

/** nginx counts no request for which this is empty. */
function keyOf({ client, exempt }: Limits, declare: Declarations): Quoted {
  const ofClient = quote(`$limit_scope $${client}`);
  const key =
    client === CLIENT_ADDRESS
      ? ofClient
      : declare.map({
          name: 'limit_client',
          of: variable(client),
          rows: [[exactKey(''), EMPTY]],
          otherwise: ofClient,
        });
  if (exempt.length === 0) return key;
  const isExempt = declare.geo({
    name: 'limit_exempt',
    of: variable('remote_addr'),
    rows: exempt.map(network => [bareWord(network), quote('1')]),
    otherwise: EMPTY,
  });
  return declare.map({ name: 'limit_counted', of: isExempt, rows: [[exactKey('1'), EMPTY]], otherwise: key });
}
