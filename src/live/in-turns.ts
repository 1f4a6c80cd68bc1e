import { setImmediate } from 'node:timers/promises';

import type { Steps } from '../steps/steps.ts';

/** How long work goes on before signals, sockets and timers get their turn. */
const TURN_MS = 40;

/** Runs steps, and lets others have their turn in between. Undefined when the signal came before the end. */
export async function inTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T | undefined> {
  for (let since = performance.now(); !signal.aborted;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return undefined;
}
