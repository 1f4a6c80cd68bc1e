import { setTimeout } from 'node:timers/promises';

import { familyOf, findMasters, findOrphans } from './nginx-processes.ts';
import { processAt } from './processes.ts';
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
  const all = [...heads, ...masters.flatMap(master => familyOf(master).workers).map(({ pid }) => pid)];
  step('stop nginx');
  for (const pid of heads) signalIfThere(pid, 'SIGQUIT');
  if (await areGone(all, timeoutMs, signal)) return true;
  step('stop nginx at once');
  for (const pid of heads) signalIfThere(pid, 'SIGTERM');
  if (await areGone(all, AFTER_TERM_MS)) return true;
  step('kill nginx');
  for (const pid of all) signalIfThere(pid, 'SIGKILL');
  await areGone(all, AFTER_TERM_MS);
  return true;
}

async function areGone(pids: readonly number[], timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (pids.some(isNginx)) {
    if (signal?.aborted || performance.now() > until) return false;
    await setTimeout(LOOK_AGAIN_MS);
  }
  return true;
}

/** A number that is given again in the meantime belongs to something else, as a rule. */
function isNginx(pid: number): boolean {
  return processAt(pid)?.title.startsWith('nginx: ') === true;
}
