import { setTimeout } from 'node:timers/promises';

import { familyOf, findMasters, findOrphans, isAlive } from './nginx-processes.ts';
import { processAt } from './processes.ts';
import type { RunningProcess } from './processes.ts';
import { signalIfThere } from './serving.ts';
import type { ServedNginx } from './serving.ts';

const LOOK_AGAIN_MS = 20;
/** nginx kills what does not end by itself about a second after SIGTERM. */
const AFTER_TERM_MS = 5000;

/**
 * Ends nginx, and workers that have lost their master. They finish their requests first, unless that takes longer than
 * the timeout or somebody is in a hurry (`signal`). False when there was nothing to end.
 */
export async function stop({ setup, step, timeoutMs }: ServedNginx, signal: AbortSignal): Promise<boolean> {
  const masters = findMasters(setup.place);
  const heads = [...masters, ...findOrphans(setup.place)].map(({ pid }) => pid);
  if (heads.length === 0) return false;
  const workers = masters.flatMap(master => familyOf(master).workers).map(({ pid }) => pid);
  const all = [...heads, ...workers].flatMap(pid => processAt(pid) ?? []);
  step('stop nginx');
  for (const pid of heads) signalIfThere(pid, 'SIGQUIT');
  if (await areGone(all, timeoutMs, signal)) return true;
  step('stop nginx at once');
  for (const pid of heads) signalIfThere(pid, 'SIGTERM');
  if (await areGone(all, AFTER_TERM_MS)) return true;
  step('kill nginx');
  for (const { pid } of all.filter(isAlive)) signalIfThere(pid, 'SIGKILL');
  await areGone(all, AFTER_TERM_MS);
  return true;
}

async function areGone(
  processes: readonly RunningProcess[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (processes.some(isAlive)) {
    if (signal?.aborted || performance.now() > until) return false;
    await setTimeout(LOOK_AGAIN_MS);
  }
  return true;
}
