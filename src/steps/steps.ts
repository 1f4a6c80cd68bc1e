/**
 * Work in steps that are short: whoever runs it may do something else between two of them, or give it up. What it is made
 * of must not change meanwhile.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs all steps, one right after the other. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** What a step weighs before a pause is worth its time, in units of some 10 us. */
const WORTH_A_PAUSE = 200;

/** Says where a pause is due, from what the work since the last one weighs: one after each small step would take longer. */
export function pauses(): (weight: number) => boolean {
  let sum = 0;
  return weight => {
    sum += weight;
    if (sum < WORTH_A_PAUSE) return false;
    sum = 0;
    return true;
  };
}
