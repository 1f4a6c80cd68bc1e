import { expect, test } from 'vitest';

import { inTurns } from '../../../src/live/in-turns.ts';
import type { Steps } from '../../../src/steps/steps.ts';

/** Goes on until somebody else had a turn, or for ever. */
function* untilOthersHad(turn: { came: boolean }): Steps<string> {
  while (!turn.came) yield;
  return 'done';
}

test('others have their turn while work goes on', async () => {
  const turn = { came: false };
  setTimeout(() => (turn.came = true), 0);
  expect(await inTurns(untilOthersHad(turn), new AbortController().signal)).toBe('done');
});

test('work that never ends is given up when the signal comes', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 0);
  expect(await inTurns(untilOthersHad({ came: false }), controller.signal)).toBeUndefined();
});

test('nothing is done when the signal came before', async () => {
  expect(await inTurns(untilOthersHad({ came: true }), AbortSignal.abort())).toBeUndefined();
});
