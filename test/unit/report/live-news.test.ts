import { expect, test } from 'vitest';

import type { LiveEvent } from '../../../src/live/events.ts';
import { openNews } from '../../../src/report/live-news.ts';

const input = (objects: number, problem?: string): LiveEvent => ({
  kind: 'input',
  type: 'Ingress',
  state: problem === undefined ? 'watching' : 'retrying',
  objects,
  ...(problem === undefined ? {} : { problem, retryInMs: objects }),
});
const forward = (service: string, problem?: string): LiveEvent =>
  problem === undefined
    ? { kind: 'forward', service, state: 'up' }
    : { kind: 'forward', service, state: 'restarting', problem };
const synced = (outcome: 'applied' | 'failed', problem?: string): LiveEvent => ({
  kind: 'synced',
  outcome,
  causes: [],
  sinceChangeMs: 1,
  durationMs: 1,
  routes: { total: 0, added: 0, removed: 0, changed: 0 },
  objects: 0,
  findings: { error: 0, warning: 0, info: 0 },
  ...(problem === undefined ? {} : { problem }),
});
const failing = (problem: string): readonly LiveEvent[] => [
  synced('failed', problem),
  { kind: 'trouble', what: 'sync', problem, retryInMs: 1_000 },
];
const reload: LiveEvent = { kind: 'nginx', action: 'reloaded' };

test.each<{ name: string; events: readonly LiveEvent[]; news: readonly boolean[] }>([
  { name: 'another number of objects is none', events: [input(1), input(2)], news: [true, false] },
  {
    name: 'another problem is',
    events: [input(1, 'refused'), input(2, 'refused'), input(2, 'timeout'), input(2)],
    news: [true, false, true, true],
  },
  {
    name: 'a forward that fails again and again is said once',
    events: [forward('shop/web', 'no pod'), forward('shop/web', 'no pod'), forward('shop/api', 'no pod')],
    news: [true, false, true],
  },
  {
    name: 'a forward that stood in between is said again',
    events: [forward('shop/web', 'no pod'), forward('shop/web'), forward('shop/web', 'no pod')],
    news: [true, true, true],
  },
  {
    name: 'a sync that fails again for the same reason is none',
    events: [...failing('no disk'), ...failing('no disk'), ...failing('no port')],
    news: [true, true, false, false, true, true],
  },
  {
    name: 'a sync that fails again after a good one is',
    events: [...failing('no disk'), synced('applied'), ...failing('no disk')],
    news: [true, true, true, true, true],
  },
  { name: 'all else is', events: [reload, reload], news: [true, true] },
])('news: $name', ({ events, news }) => {
  expect(events.map(openNews())).toEqual(news);
});
