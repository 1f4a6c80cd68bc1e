export interface Dice {
  readonly below: (limit: number) => number;
  /** True so many times in a hundred. */
  readonly odds: (percent: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
}

/** Numbers that look random and are the same for the same seed. Source: mulberry32, Tommy Ettinger, public domain. */
export function rollDice(seed: number): Dice {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const pick = <T>(from: readonly T[]) => {
    if (from.length === 0) throw new Error('there is nothing to pick from');
    return from[below(from.length)] as T;
  };
  return { below, odds: percent => below(100) < percent, pick };
}
