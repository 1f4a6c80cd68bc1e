import type { Split } from './model.ts';

/** What an upstream gets of the requests that chance divides, in percent with two digits. */
export interface DividedShare {
  readonly to: string;
  readonly percent: number;
}

/** Who gets what the others leave: the first of the largest. */
export interface DividedShares {
  readonly rest: DividedShare;
  readonly others: readonly DividedShare[];
}

/** nginx divides in hundredths of a percent. */
const STEPS = 10_000;

/** How nginx is told to divide requests: each of the smaller shares gets one step at least, since it refuses nothing. */
export function dividedShares(shares: Split['shares']): DividedShares {
  const all = shares.reduce((sum, { parts }) => sum + parts, 0);
  const most = shares.reduce((largest, share) => (share.parts > largest.parts ? share : largest));
  const stepped = shares
    .filter(share => share !== most)
    .map(({ to, parts }) => ({ to, steps: Math.min(STEPS - 1, Math.max(1, Math.round((parts / all) * STEPS))) }));
  const taken = stepped.reduce((sum, { steps }) => sum + steps, 0);
  return {
    rest: { to: most.to, percent: (STEPS - taken) / 100 },
    others: stepped.map(({ to, steps }) => ({ to, percent: steps / 100 })),
  };
}
