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
  { name: 'all else is', events: [reload, reload], news: [true, true] },
])('news: $name', ({ events, news }) => {
  expect(events.map(openNews())).toEqual(news);
});
