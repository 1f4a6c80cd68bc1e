import { statSync } from 'node:fs';
import { dirname } from 'node:path';

import { isMapped } from '../../output/user-namespace.ts';
import { askId } from '../../output/users.ts';
import { readIfThere } from '../atomic-file.ts';
import type { NginxBuild } from './nginx-build.ts';

/** Who workers are when root starts nginx. */
export interface WorkerUser {
  readonly name: string;
  readonly uid: number;
  /** The one that workers run with. */
  readonly group: number;
  /** All that they have. */
  readonly groups: readonly number[];
}

/**
 * Undefined when the machine does not know the name. A group that is not named has that of the user, but for `nobody`,
 * whose group has another name on each system. Source: nginx 1.22.1, auto/unix and ngx_set_user.
 */
export function findUser(name: string, groupName?: string): WorkerUser | undefined {
  const uid = askId(['-u', name]);
  const groups = askId(['-G', name])?.split(' ').map(Number);
  // `id` names the group of his own first.
  const group = findGroup(groupName ?? name) ?? (groupName === undefined ? groups?.[0] : undefined);
  if (uid === undefined || groups === undefined || group === undefined) return undefined;
  // nginx could not become him.
  if (!isMapped('uid', Number(uid)) || !isMapped('gid', group)) return undefined;
  return { name, uid: Number(uid), group, groups: [...new Set([group, ...groups])] };
}

/** Whom the workers of an nginx that root starts run as; undefined when the machine does not know him. */
export function workerUserOf({ user, group }: Pick<NginxBuild, 'user' | 'group'>): WorkerUser | undefined {
  return findUser(user ?? 'nobody', group);
}

/** Whether a user gets to what lies in a folder: it and all above it let him through. Lists beyond the mode don't count. */
export function canReach({ uid, groups }: Pick<WorkerUser, 'uid' | 'groups'>, folder: string): boolean {
  const stats = statSync(folder);
  const parent = dirname(folder);
  const bit = stats.uid === uid ? 0o100 : groups.includes(stats.gid) ? 0o010 : 0o001;
  return (stats.mode & bit) !== 0 && (parent === folder || canReach({ uid, groups }, parent));
}

/** The number of a group by its name; undefined when the machine does not know it. */
function findGroup(name: string): number | undefined {
  const line = readIfThere('/etc/group')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(':')[2]);
}
