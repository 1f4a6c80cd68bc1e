import { bareWord } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

/** A reload waits so many seconds before it closes a connection that a client is perhaps about to use. */
const SPARED = 5;

/** A number, unless nginx has it without being told. */
const unless = (usual: number, count: number) => (count === usual ? undefined : { count });

export const renderClientConnections: HttpRenderer<'clientConnections'> = (
  { idleSeconds, requests, headerBuffer, largeBuffers, headerSeconds, bodySeconds },
  { text, facts },
) => ({
  clients: text('policies/client-connections.http.conf', {
    spared: facts.syntax.keepaliveMinTimeout ? { count: Math.min(SPARED, idleSeconds) } : undefined,
    idle: unless(75, idleSeconds),
    requests: unless(1000, requests),
    headerBuffer: bareWord(headerBuffer),
    largeBuffers: largeBuffers.map(bareWord),
    header: unless(60, headerSeconds),
    body: unless(60, bodySeconds),
  }),
});
