import { statSync } from 'node:fs';
import { dirname } from 'node:path';

import { isMapped } from '../../output/user-namespace.ts';
import { askId } from '../../output/users.ts';
import { readIfThere } from '../atomic-file.ts';
import type { NginxBuild } from './nginx-build.ts';

/** Who workers are when root starts nginx, without a name. */
interface WorkerIds {
  readonly uid: number;
  readonly gid: number;
}

/** Who workers are when root starts nginx. */
export interface WorkerUser {
  readonly name: string;
  readonly uid: number;
  /** The one that workers run with. */
  readonly group: number;
  /** All that they have. */
  readonly groups: readonly number[];
}

/** Undefined when the machine does not know the name. */
export function findUser(name: string, groupName?: string): WorkerUser | undefined {
  const ids = findIds(name, groupName);
  const groups = ids === undefined ? undefined : askId(['-G', name])?.split(' ').map(Number);
  if (ids === undefined || groups === undefined) return undefined;
  return { name, uid: ids.uid, group: ids.gid, groups: [...new Set([ids.gid, ...groups])] };
}

/**
 * A group that is not named has that of the user, but for `nobody`, whose group has another name on each system.
 * Source: nginx 1.22.1, auto/unix and ngx_set_user.
 */
function findIds(name: string, groupName: string | undefined): WorkerIds | undefined {
  // Whom the file does not know some service of the network may: to ask it starts a program.
  const [, , uid, own] = entryOf('/etc/passwd', name) ?? [undefined, undefined, askId(['-u', name])];
  const group =
    entryOf('/etc/group', groupName ?? name)?.[2] ??
    (groupName === undefined ? (own ?? askId(['-g', name])) : undefined);
  if (uid === undefined || group === undefined) return undefined;
  const ids = { uid: Number(uid), gid: Number(group) };
  // nginx could not become him.
  return isMapped('uid', ids.uid) && isMapped('gid', ids.gid) ? ids : undefined;
}

/** Whom the workers of an nginx that root starts run as; undefined when the machine does not know him. */
export function workerUserOf({ user, group }: Pick<NginxBuild, 'user' | 'group'>): WorkerUser | undefined {
  return findUser(user ?? 'nobody', group);
}

/** The same without the groups that he has besides, which takes no other program for most users. */
export function workerIdsOf({ user, group }: Pick<NginxBuild, 'user' | 'group'>): WorkerIds | undefined {
  return findIds(user ?? 'nobody', group);
}

/** Whether a user gets to what lies in a folder: it and all above it let him through. Lists beyond the mode don't count. */
export function canReach({ uid, groups }: Pick<WorkerUser, 'uid' | 'groups'>, folder: string): boolean {
  const stats = statSync(folder);
  const parent = dirname(folder);
  const bit = stats.uid === uid ? 0o100 : groups.includes(stats.gid) ? 0o010 : 0o001;
  return (stats.mode & bit) !== 0 && (parent === folder || canReach({ uid, groups }, parent));
}

/** The fields of a line of `/etc/passwd` or `/etc/group`. */
function entryOf(file: string, name: string): readonly string[] | undefined {
  return readIfThere(file)
    .split('\n')
    .find(line => line.startsWith(`${name}:`))
    ?.split(':');
}
