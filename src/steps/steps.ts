/** The parts of a run, in the order in which they come. */
export type Stage =
  | 'read'
  | 'parse'
  | 'validate'
  | 'index'
  | 'plan'
  | 'drafts'
  | 'certificates'
  | 'servers'
  | 'checks'
  | 'text'
  | 'write'
  | 'report';

/**
 * Work in steps that are short: whoever runs it may do something else between two of them, or give it up. What it is made
 * of must not change meanwhile. A step may say which stage begins after it.
 */
export type Steps<T> = Generator<Stage | undefined, T, undefined>;

/** Is told of each step, and which stage begins with it. */
export type OnStage = (stage?: Stage) => void;

/** The same steps for somebody who wants to know of them, such as a clock; without one, they cost nothing more. */
export function observed<T>(steps: Steps<T>, onStage: OnStage | undefined): Steps<T> {
  return onStage === undefined ? steps : telling(steps, onStage);
}

function* telling<T>(steps: Steps<T>, onStage: OnStage): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    onStage(value);
    yield value;
  }
}

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
