export interface Waiting {
  readonly timeoutMs: number;
  /** What to say when it did not come. */
  readonly problem: () => string;
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean, { timeoutMs, problem }: Waiting): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`within ${timeoutMs} ms: ${problem()}`);
    await new Promise<void>(done => void setTimeout(done, 50));
  }
}
