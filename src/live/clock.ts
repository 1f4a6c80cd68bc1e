/** Milliseconds that only grow, and a timer. Tests bring their own. */
export interface Clock {
  now(): number;
  /** Calls once, after so many milliseconds, unless what it returns is called before. */
  after(ms: number, call: () => void): () => void;
}

export const MACHINE_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
