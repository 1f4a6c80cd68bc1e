import { expect, test } from 'vitest';

import type { CycleEnd } from '../../../../src/live/kubectl/retries.ts';
import { USUAL_PACE, countRetries } from '../../../../src/live/kubectl/retries.ts';

const FAILED: CycleEnd = { kind: 'failed', problem: 'nobody answered' };
const ENDED: CycleEnd = { kind: 'ended' };
const FORBIDDEN: CycleEnd = { kind: 'refused', state: 'forbidden', problem: 'no' };
const MIDDLE = () => 0.5;

function pauses(ends: readonly (readonly [CycleEnd, number])[], random = MIDDLE): readonly number[] {
  const retries = countRetries(USUAL_PACE, random);
  return ends.map(([end, livedMs]) => retries.pauseAfter(end, livedMs));
}

test.each<{ name: string; ends: readonly (readonly [CycleEnd, number])[]; pauses: readonly number[] }>([
  {
    name: 'tries again at once, and then after a second, doubling to half a minute',
    ends: Array.from({ length: 8 }, () => [FAILED, 0] as const),
    pauses: [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
  },
  {
    name: 'begins anew after a watch that lived for a minute',
    ends: [
      [FAILED, 0],
      [FAILED, 0],
      [FAILED, 0],
      [ENDED, 60_000],
      [FAILED, 0],
    ],
    pauses: [0, 1_000, 2_000, 0, 1_000],
  },
  {
    name: 'counts the life of a watch as pause',
    ends: [
      [ENDED, 0],
      [ENDED, 0],
      [ENDED, 0],
      [ENDED, 0],
      [ENDED, 1_500],
      [ENDED, 30_000],
    ],
    pauses: [0, 1_000, 2_000, 4_000, 6_500, 0],
  },
  {
    name: 'waits long for what only people can change',
    ends: Array.from({ length: 5 }, () => [FORBIDDEN, 0] as const),
    pauses: [0, 1_000, 2_000, 40_000, 40_000],
  },
  {
    name: 'does not wait long where a server that was away forbids everything for a moment',
    ends: [...Array.from({ length: 5 }, () => [FAILED, 0] as const), [FORBIDDEN, 0], [FORBIDDEN, 0], [FAILED, 0]],
    pauses: [0, 1_000, 2_000, 4_000, 8_000, 0, 1_000, 30_000],
  },
  {
    name: 'waits as long as the server asks, but not for ever',
    ends: [
      [{ kind: 'failed', problem: 'too many requests', retryAfterMs: 5_000 }, 0],
      [{ kind: 'failed', problem: 'too many requests', retryAfterMs: 500 }, 0],
      [{ kind: 'failed', problem: 'too many requests', retryAfterMs: 86_400_000 }, 0],
    ],
    pauses: [5_000, 1_000, 120_000],
  },
])('$name', ({ ends, pauses: expected }) => {
  expect(pauses(ends)).toEqual(expected);
});

test.each([
  { chance: 0, pauseMs: 22_500 },
  { chance: 0.999, pauseMs: 37_485 },
])('differs by chance, as with $chance', ({ chance, pauseMs }) => {
  const ends = Array.from({ length: 9 }, () => [FAILED, 0] as const);
  expect(pauses(ends, () => chance).at(-1)).toBe(pauseMs);
});

test('forgets failures when a watch came to its end', () => {
  const retries = countRetries(USUAL_PACE, MIDDLE);
  for (let time = 0; time < 4; time++) retries.pauseAfter(FAILED, 0);
  retries.wentWell();
  expect(retries.pauseAfter(ENDED, 5_000)).toBe(0);
});
