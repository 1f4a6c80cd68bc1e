import type { RunIdentity } from '../output/staging.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** This process, for those who write beside others. */
export const THIS_RUN: RunIdentity = {
  pid: process.pid,
  isAlive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
  now: Date.now,
};

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
