import { expect, test } from 'vitest';

import { costsInTwoSizes } from '../../bench/growth/growth-of.mjs';
import type { Measured } from '../../bench/growth/growth-of.mjs';
import { SHAPES } from '../../bench/growth/shapes.mjs';
import { runStages } from '../../bench/growth/stages.mjs';

/*
 * `npm run bench:growth` measures all shapes and stages. These are those in which something was held against everything
 * else once. CPU time of the same run in two sizes is compared, never a time with a limit: what is linear grows 4 times,
 * what is quadratic 16 times.
 */
const MOST = 8;
const MORE_ROUNDS = 10;

test.each([
  { shape: 'hosts and TLS entries without hosts, JSON', stage: 'compile' },
  { shape: 'hosts and TLS entries of others, JSON', stage: 'compile' },
  { shape: 'paths without redirect, JSON', stage: 'compile' },
  { shape: 'paths without authentication, JSON', stage: 'compile' },
  { shape: 'hosts that share a status, JSON', stage: 'hosts' },
  { shape: 'small objects beside a large one of their name, JSON', stage: 'compile' },
  { shape: 'each path with and without slash, JSON', stage: 'render' },
  { shape: 'each path with and without slash, YAML', stage: 'locate' },
  { shape: 'each path with and without slash, JSON', stage: 'locate' },
  { shape: 'Services that are missing, JSON', stage: 'locate' },
  { shape: 'TCP ports that lead nowhere, YAML', stage: 'locate' },
])('the time of $stage grows as the input does: $shape', ({ shape, stage }) => {
  const text = SHAPES.get(shape);
  if (text === undefined) throw new Error(`there is no shape ${shape}`);
  const isLocated = stage === 'locate';
  const work = (input: string, measured: Measured) => runStages(input, measured, isLocated);
  // Looking places up took so long that larger inputs would not come to an end if it did again.
  const sizes = { text, size: isLocated ? 500 : 1_500, rounds: 2 };
  let costs = costsInTwoSizes(work, sizes);
  // Whatever else the machine does adds to one of the two; the least of more rounds shows what is ours.
  for (let more = 0; more < MORE_ROUNDS && growthIn(costs, stage) >= MOST; more += 1) {
    costs = costsInTwoSizes(work, { ...sizes, rounds: 1 }, [costs]);
  }
  expect(growthIn(costs, stage)).toBeLessThan(MOST);
});

function growthIn({ few, more }: ReturnType<typeof costsInTwoSizes>, stage: string): number {
  return (more.get(stage) ?? 0) / (few.get(stage) ?? 0);
}
