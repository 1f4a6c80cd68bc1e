import type { Clock } from '../../src/live/clock.ts';

export interface HandClock extends Clock {
  /** Lets time pass: timers that become due are called in their order, and what they start runs as far as it can. */
  pass(ms: number): Promise<void>;
}

/** A clock that only a test moves. */
export function handClock(): HandClock {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  const settle = (): Promise<void> => new Promise(done => void setImmediate(done));
  return {
    now: () => now,
    after(ms, call) {
      const timer = { at: now + ms, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = next.at;
        next.call();
        await settle();
      }
      now = end;
    },
  };
}
