import { bareWord } from '../quote.ts';

import type { MainRenderer } from '../parts.ts';

export const renderProcesses: MainRenderer<'processes'> = (
  { workers, affinity, connections, openFiles, acceptsMany },
  { text },
) => ({
  lines: text('policies/processes.main.conf', { workers, affinity: affinity.map(bareWord), openFiles }),
  events: text('policies/processes.events.conf', { connections, acceptsMany }),
});
