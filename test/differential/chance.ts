/** Chance that comes out the same for the same seed, on every machine. */
export interface Chance {
  /** A whole number below another one. */
  readonly below: (limit: number) => number;
  /** Whether something happens that does so in so many of a hundred cases. */
  readonly percent: (hundredths: number) => boolean;
  readonly pick: <T>(all: readonly [T, ...T[]]) => T;
  /** Some of a list, each at most once, in an order of its own. */
  readonly some: <T>(all: readonly T[], count: number) => readonly T[];
}

/** Source: Mulberry32 by Tommy Ettinger, in the public domain. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    percent: hundredths => next() * 100 < hundredths,
    pick: all => all[below(all.length)] ?? all[0],
    some(all, count) {
      const left = [...all];
      const chosen: (typeof left)[number][] = [];
      while (left.length > 0 && chosen.length < count) chosen.push(...left.splice(below(left.length), 1));
      return chosen;
    },
  };
}
