import { afterAll, beforeAll, expect, test } from 'vitest';

import { startBatch } from './batch.ts';
import type { ControllerOptions } from './batch.ts';
import { chanceOf } from './chance.ts';
import type { Sent } from './client.ts';
import { optionsFor } from './options.ts';
import { startPods } from './pods.ts';
import type { Pods } from './pods.ts';
import { requestFor } from './requests.ts';
import { manifestsOf, setOf } from './sets.ts';
import type { MadeSet } from './sets.ts';
import { shownWrong } from './shown.ts';
import { shrunk } from './shrink.ts';
import type { Wrong } from './shrink.ts';

/** How many requests are sent; with `DIFFERENTIAL_REQUESTS=200000` that many. */
const REQUESTS = Number(process.env['DIFFERENTIAL_REQUESTS'] ?? 10_000);
/** `DIFFERENTIAL_SEED=7` makes other sets and requests. */
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);
/** Sets that one nginx serves, and requests to each of them. */
const SETS = 40;
const EACH = 30;
/** Requests that are on their way at once. */
const AT_ONCE = 16;
/** What is unclear says nothing: more than a few would make the comparison worthless. */
const MOST_UNCLEAR = 0.01;
/** Of the requests that came to a backend, and that nginx answered by itself: it must be a fair mixture. */
const LEAST_OF_EACH = 0.2;
const MOST_SHOWN = 3;

let pods: Pods;
beforeAll(async () => {
  pods = await startPods();
});
afterAll(() => pods.close());

interface Tally {
  sent: number;
  unclear: number;
  backend: number;
  answered: number;
  readonly wrong: Wrong[];
}

interface Asked {
  readonly set: MadeSet;
  readonly sent: Sent;
}

interface Made {
  readonly sets: readonly MadeSet[];
  readonly options: ControllerOptions;
  readonly asked: readonly Asked[];
}

/** The sets, options and requests of one nginx. */
function made(number: number): Made {
  const chance = chanceOf(SEED * 100_003 + number);
  const sets = Array.from({ length: SETS }, (_, index) => setOf(index + 1, chance, pods));
  const options = optionsFor(chance, pods);
  const asked = sets.flatMap(set => Array.from({ length: EACH }, () => ({ set, sent: requestFor(set, chance) })));
  return { sets, options, asked };
}

async function runBatch({ sets, options, asked }: Made, tally: Tally): Promise<void> {
  const batch = await startBatch(
    sets.flatMap(set => manifestsOf(set, pods)),
    options,
  );
  const waiting = [...asked];
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const compared = await batch.compare(next.sent);
      const { kind } = compared.explanation.outcome;
      tally.sent += 1;
      if (kind === 'backend') tally.backend += 1;
      if (kind === 'answer') tally.answered += 1;
      if (kind === 'unclear') tally.unclear += 1;
      if (compared.difference !== undefined) tally.wrong.push({ ...compared, set: next.set, options });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await batch.stop();
  }
}

test(`explanations and nginx agree (${REQUESTS} requests, DIFFERENTIAL_SEED=${SEED})`, async () => {
  const tally: Tally = { sent: 0, unclear: 0, backend: 0, answered: 0, wrong: [] };
  for (let number = 0; tally.sent < REQUESTS && tally.wrong.length < MOST_SHOWN; number += 1) {
    await runBatch(made(number), tally);
  }
  const { sent, unclear, backend, answered, wrong } = tally;
  if (REQUESTS > 10_000)
    console.info(`${sent} requests: ${backend} to backends, ${answered} answered, ${unclear} unclear`);
  const shown: string[] = [];
  for (const each of wrong.slice(0, MOST_SHOWN)) shown.push(shownWrong(await shrunk(each, pods)));
  expect(shown.join('\n\n')).toBe('');
  expect(unclear / sent).toBeLessThan(MOST_UNCLEAR);
  expect(Math.min(backend, answered) / sent).toBeGreaterThan(LEAST_OF_EACH);
});
