import { expect, test } from 'vitest';

import { openProgress } from '../../../src/cli/progress.ts';

const CLEAR = '\r\u001b[K';

function open() {
  const state = { now: 0, text: '' };
  const { onStage, end } = openProgress({ now: () => state.now, write: text => void (state.text += text) });
  return {
    end,
    /** What is written at a step. */
    at(now: number, ...stage: Parameters<typeof onStage>): string {
      Object.assign(state, { now, text: '' });
      onStage(...stage);
      return state.text;
    },
    written(work: () => void): string {
      state.text = '';
      work();
      return state.text;
    },
  };
}

test('a run of less than a second shows nothing, also when it ends', () => {
  const progress = open();
  expect([progress.at(0, 'read'), progress.at(500, 'parse'), progress.at(999, 'report')]).toEqual(['', '', '']);
  expect(progress.written(progress.end)).toBe('');
});

test('a longer one says what it does, on one line that is written anew', () => {
  const progress = open();
  progress.at(10, 'parse');
  expect(progress.at(1_000)).toBe(`${CLEAR}reading manifests (1.0 s)`);
  expect(progress.at(1_250, 'servers')).toBe(`${CLEAR}compiling (1.3 s)`);
});

test('it is not written more often than a person can follow', () => {
  const progress = open();
  progress.at(1_000, 'parse');
  expect([progress.at(1_050), progress.at(1_099), progress.at(1_100)]).toEqual([
    '',
    '',
    `${CLEAR}reading manifests (1.1 s)`,
  ]);
});

test('the line goes away before anything is reported, and at the end, once', () => {
  const progress = open();
  progress.at(2_000, 'checks');
  expect(progress.at(2_010, 'report')).toBe(CLEAR);
  expect(progress.written(progress.end)).toBe('');
  progress.at(3_000, 'text');
  expect(progress.written(progress.end)).toBe(CLEAR);
});
