import { readdirSync, statSync } from 'node:fs';

import { isMapped } from '../../output/user-namespace.ts';
import { askId } from '../../output/users.ts';

/** The numbers that systemd gives to services without a user of their own. Source: systemd, UIDS-GIDS. */
const FIRST = 61_184;
const LAST = 65_519;

/**
 * The number of a user that this machine does not know and that nothing runs as: nobody else gets to what is shown to
 * it. `nobody` is another matter, since many programs run as that. Undefined in a user namespace that has none to give,
 * where root is an ordinary user outside.
 */
export function findUnusedUser(): number | undefined {
  if (!isMapped('uid', FIRST) || !isMapped('uid', LAST)) return undefined;
  const running = runningUsers();
  const first = FIRST + (process.pid % (LAST - FIRST));
  for (let uid = first; uid <= LAST; uid++) if (!running.has(uid) && isFree(uid)) return uid;
  return undefined;
}

function isFree(uid: number): boolean {
  return askId(['-u', String(uid)]) === undefined && isMapped('gid', uid);
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
