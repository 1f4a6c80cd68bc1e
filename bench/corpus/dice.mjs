// @ts-check

/** @typedef {ReturnType<typeof dice>} Dice */

/** Numbers that look random and are the same for the same seed: a multiplicative generator modulo 2^31 - 1. */
export function dice(/** @type {number} */ seed) {
  let state = (seed % 2_147_483_646) + 1;
  const below = (/** @type {number} */ limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return {
    below,
    /** True `percent` times in a hundred. */
    odds: (/** @type {number} */ percent) => below(10_000) < 100 * percent,
    /** @type {<T>(from: readonly [T, ...(readonly T[])]) => T} */
    pick: from => from[below(from.length)] ?? from[0],
  };
}
