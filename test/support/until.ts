/**
 * How long a test waits for what has to come. Only what never comes may reach it: a machine that is ten times slower, or
 * has as much else to do, must not.
 */
export const PATIENCE_MS = 240_000;

export interface Waiting {
  /** What to say when it did not come. */
  readonly problem?: () => string;
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean, waiting: Waiting = {}): Promise<void> {
  const { problem = () => `not true: ${condition.toString()}` } = waiting;
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`within ${PATIENCE_MS} ms: ${problem()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
