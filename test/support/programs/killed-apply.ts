import { openApplier } from '../../../src/live/apply/applier.ts';
import { NEVER, usualOptions } from '../apply.ts';
import { candidateOf } from '../candidates.ts';
import type { Wish } from '../candidates.ts';

/**
 * A program that applies a wish, or rolls back without one, and kills itself right before the step with a number.
 * Whoever waits sees by its end whether there was such a step. It writes the names of the steps that it did.
 */
export interface Killing {
  readonly folder: string;
  readonly wish: Wish | undefined;
  /** From 1. */
  readonly killAt: number;
  /** `stop` only opens the folder. */
  readonly purpose?: 'stop' | 'apply --watch';
}

/** By the words that the program was started with. */
async function main(): Promise<void> {
  const { folder, wish, killAt, purpose } = JSON.parse(process.argv[2] ?? '') as Killing;
  let count = 0;
  const onStep = (step: string): void => {
    count += 1;
    if (count === killAt) process.kill(process.pid, 'SIGKILL');
    process.stdout.write(`${step}\n`);
  };
  const options = { ...usualOptions(folder), keepReleases: 2, onStep };
  const opening = await openApplier(purpose === undefined ? options : { ...options, purpose });
  if (opening.kind !== 'open') throw new Error(`not opened: ${JSON.stringify(opening)}`);
  const { applier } = opening;
  const { stderr } = process;
  const outcome = await (wish === undefined
    ? applier.rollback(undefined, NEVER)
    : applier.apply(candidateOf(wish), NEVER));
  applier.close();
  if (process.argv[3] === 'tells') stderr.write(JSON.stringify(outcome));
}

await main();
