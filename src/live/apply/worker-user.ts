import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who workers are when root starts nginx. */
export interface WorkerUser {
  readonly name: string;
  readonly uid: number;
  readonly groups: readonly number[];
}

/** Undefined when the machine does not know the name. */
export function findUser(name: string): WorkerUser | undefined {
  const uid = ask(['-u', name]);
  const groups = ask(['-G', name]);
  if (uid === undefined || groups === undefined) return undefined;
  return { name, uid: Number(uid), groups: groups.split(' ').map(Number) };
}

/** Whether a user gets to what lies in a folder: it and all above it let him through. Lists beyond the mode don't count. */
export function canReach({ uid, groups }: WorkerUser, folder: string): boolean {
  const stats = statSync(folder);
  const parent = dirname(folder);
  const bit = stats.uid === uid ? 0o100 : groups.includes(stats.gid) ? 0o010 : 0o001;
  return (stats.mode & bit) !== 0 && (parent === folder || canReach({ name: '', uid, groups }, parent));
}

function ask(words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('id', words, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
