/** Waits until a condition holds; fails after 20 seconds, or as long as is said. */
export async function until(condition: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not true within ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
