import { bareWord } from '../quote.ts';
import { ticketKeyPath } from '../secret-paths.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderTlsConnections: HttpRenderer<'tlsConnections'> = (
  { cache, hasTickets, ticketKey, bufferSize },
  { text },
) => ({
  tls: text('policies/tls-connections.http.conf', {
    size: cache === undefined ? undefined : bareWord(cache.size),
    timeout: cache === undefined ? undefined : bareWord(cache.timeout),
    hasTickets,
    bufferSize: bareWord(bufferSize),
    ticketKey: ticketKey === undefined ? undefined : bareWord(ticketKeyPath(ticketKey)),
  }),
});
