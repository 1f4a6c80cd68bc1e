type Ending = () => Promise<void> | void;

/** How what was opened is ended. */
export interface Endings {
  /** What is added after the end is ended all the same. */
  add(end: Ending): void;
  /** Backwards: what was opened last needs what was opened before. */
  end(): Promise<void>;
}

export function openEndings(): Endings {
  const open: Ending[] = [];
  let ended: Promise<void> | undefined;
  return {
    add(end) {
      const earlier = ended;
      if (earlier === undefined) open.push(end);
      else ended = endAll([() => earlier, end]);
    },
    end: () => (ended ??= endAll(open.toReversed())),
  };
}

/** Each of them, even if one throws: a kubectl that is left would keep this process from ending. */
async function endAll([end, ...others]: readonly Ending[]): Promise<void> {
  try {
    await end?.();
  } finally {
    if (others.length > 0) await endAll(others);
  }
}
