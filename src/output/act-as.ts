/** Somebody in whose name root works. */
export interface Actor {
  readonly uid: number;
  readonly gid: number;
}

/** Whether whatever we do is done with the rights of root. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * Does something with the rights of a user alone: whatever he puts in the way meanwhile, nothing is done that he could
 * not do himself. Synchronous, since the rights are those of the whole process.
 */
export function actAs<T>(actor: Actor | undefined, work: () => T): T {
  if (actor === undefined) return work();
  const { setgroups, getgroups, setegid, seteuid } = process;
  if (!setgroups || !getgroups || !setegid || !seteuid) throw new Error('no users on this system');
  const groups = getgroups();
  try {
    setgroups([]);
    setegid(actor.gid);
    seteuid(actor.uid);
    return work();
  } finally {
    seteuid(0);
    setegid(0);
    setgroups(groups);
  }
}
