/** Times in ms. */
export interface BackoffPace {
  /** The pause after the first failure; each further one is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How long to wait, in ms, after so many failures in a row. After none there is nothing to wait for. */
export function backoffMs(failures: number, { firstMs, longestMs }: BackoffPace): number {
  return failures <= 0 ? 0 : Math.min(longestMs, firstMs * 2 ** (failures - 1));
}

/**
 * A pause that differs by chance, up to a quarter more or less: what failed together must not come back together.
 *
 * @param random from 0 to 1
 */
export function jittered(ms: number, random: () => number = Math.random): number {
  return Math.round(ms * (0.75 + random() / 2));
}
