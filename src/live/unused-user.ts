import { readdirSync, statSync } from 'node:fs';

import { askId } from '../output/users.ts';

/** The numbers that systemd gives to services without a user of their own. Source: systemd, UIDS-GIDS. */
const FIRST = 61_184;
const LAST = 65_519;

/**
 * The number of a user that this machine does not know and that nothing runs as: nobody else gets to what is shown to
 * it. `nobody` is another matter, since many programs run as that.
 */
export function findUnusedUser(): number {
  const running = runningUsers();
  const first = FIRST + (process.pid % (LAST - FIRST));
  for (let uid = first; uid <= LAST; uid++)
    if (!running.has(uid) && askId(['-u', String(uid)]) === undefined) return uid;
  throw new Error('every number of a user is taken');
}

/** Empty where there is no /proc. */
function runningUsers(): ReadonlySet<number> {
  try {
    const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
    return new Set(pids.flatMap(pid => statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? []));
  } catch {
    return new Set();
  }
}
