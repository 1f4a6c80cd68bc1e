export interface Waiting {
  readonly timeoutMs?: number;
  /** What to say when it did not come. */
  readonly problem?: () => string;
}

/** Waits until a condition holds; fails after 20 seconds, or as long as is said. */
export async function until(condition: () => boolean, waiting: Waiting = {}): Promise<void> {
  const { timeoutMs = 20_000, problem = () => `not true: ${condition.toString()}` } = waiting;
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`within ${timeoutMs} ms: ${problem()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
