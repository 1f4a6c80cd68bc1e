import { spawnSync } from 'node:child_process';

import type { Actor } from './act-as.ts';

/** For people: `ines`, or `user 1500` where the machine knows no name. */
export function nameOfUser(uid: number): string {
  return askId(['-un', String(uid)]) ?? `user ${uid}`;
}

/** `nogroup`: has no rights anywhere. */
const NO_GROUP = 65_534;

/**
 * The user with the group of his own. That of one of his folders will not do: root may have given it to a group that he
 * is not in, and he would get its rights.
 */
export function actorFor(uid: number): Actor {
  return { uid, gid: Number(askId(['-g', String(uid)]) ?? NO_GROUP) };
}

/** What `id` says; undefined when it knows no such user. */
export function askId(words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('id', words, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
