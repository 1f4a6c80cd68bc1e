import { readFileSync } from 'node:fs';

/** What stands for all numbers that a user namespace does not know. Source: proc(5), overflowuid. */
const OVERFLOW = 65_534;

/**
 * Whether a number of a user or group can be given to something: not in a user namespace that maps it to nobody, as
 * sandboxes and rootless containers have. Source: user_namespaces(7): each line is a first number inside, one outside,
 * and how many.
 */
export function isMapped(kind: 'uid' | 'gid', id: number): boolean {
  return isInMap(mapOf(kind), id);
}

/** @param text Of /proc/self/uid_map; empty where there is none. */
export function isInMap(text: string, id: number): boolean {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const ranges = lines.map(line => line.trim().split(/\s+/).map(Number));
  return ranges.length === 0 || ranges.some(([first = 0, , count = 0]) => id >= first && id < first + count);
}

/**
 * Who owns something, as far as it matters in here: what belongs to somebody outside of the namespace counts as root's,
 * since nobody in here can be him.
 */
export function ownerInHere(uid: number): number {
  return uid === OVERFLOW && !isMapped('uid', uid) ? 0 : uid;
}

function mapOf(kind: 'uid' | 'gid'): string {
  try {
    return readFileSync(`/proc/self/${kind}_map`, 'utf8');
  } catch {
    return ''; // no Linux
  }
}
