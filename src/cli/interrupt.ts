const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs what must clean up behind itself when somebody interrupts it, and say how it ended. Afterwards the process ends by
 * the same signal, so that a shell loop ends as well: nothing can be said any more then.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const received: NodeJS.Signals[] = [];
  const onSignal = (name: NodeJS.Signals): void => {
    received.push(name);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
    const [first] = received;
    if (first !== undefined) process.kill(process.pid, first);
  }
}
