import { bareWord } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

/** What nginx does by itself is left out: an upstream more would repeat it. */
export const renderBackendConnections: HttpRenderer<'backendConnections'> = (
  { kept, lifetime, idleSeconds, requests },
  { text, facts },
) => {
  // Newer ones keep connections unless they are told not to.
  const closing = facts.syntax.keepsByItself ? text('policies/backend-connections.none.conf', {}) : undefined;
  if (kept === 0) return { upstreams: { closing, keeping: closing, closesAll: true } };
  const keeping = text('policies/backend-connections.upstream.conf', {
    kept,
    lifetime: lifetime === '1h' ? undefined : bareWord(lifetime),
    idle: idleSeconds === 60 ? undefined : { seconds: idleSeconds },
    requests: requests === 1000 ? undefined : { count: requests },
  });
  return { upstreams: { keeping, closing, closesAll: false } };
};
