import { expect, test } from 'vitest';

import type { InputState, LiveEvent, SyncEvent } from '../../../src/live/events.ts';
import { emptyHealth, livenessProblem, readinessProblem, withHealthEvent } from '../../../src/live/health.ts';

const NONE = { total: 0, added: 0, removed: 0, changed: 0 };
const synced = (outcome: SyncEvent['outcome'], problem?: string): LiveEvent => ({
  kind: 'synced',
  outcome,
  causes: ['start'],
  sinceChangeMs: 0,
  durationMs: 0,
  routes: NONE,
  objects: 0,
  findings: { error: 0, warning: 0, info: 0 },
  ...(problem === undefined ? {} : { problem }),
});
const input = (state: InputState, type = 'Ingress'): LiveEvent => ({
  kind: 'input',
  type,
  state,
  objects: 0,
});
const CHANGED: LiveEvent = { kind: 'changed', cause: 'Ingress shop/web modified' };

/** All events come at 0. */
const healthAfter = (events: readonly LiveEvent[]) =>
  events.reduce((health, event) => withHealthEvent(health, event, 0), emptyHealth());

test.each<{ name: string; events: readonly LiveEvent[]; problem: string | undefined }>([
  { name: 'before anything is known', events: [], problem: 'nothing has been served yet' },
  {
    name: 'while a list is waited for',
    events: [input('retrying')],
    problem: 'nothing has been served yet: waiting for Ingress',
  },
  {
    name: 'while types are forbidden',
    events: [input('retrying'), input('forbidden', 'Service'), input('forbidden', 'Secret')],
    problem: 'nothing has been served yet: waiting for Ingress; the API server forbids Service, Secret',
  },
  {
    name: 'when the first input is wrong',
    events: [input('watching'), synced('withheld', '3 errors')],
    problem: 'nothing has been served yet: withheld: 3 errors',
  },
  { name: 'after the first delivery', events: [synced('applied')], problem: undefined },
  { name: 'when the first delivery was there already', events: [synced('unchanged')], problem: undefined },
  {
    name: 'when a later input is wrong',
    events: [synced('applied'), synced('withheld', '3 errors')],
    problem: undefined,
  },
  { name: 'when the cluster goes away', events: [synced('applied'), input('retrying')], problem: undefined },
  {
    name: 'when nginx is gone',
    events: [synced('applied'), { kind: 'nginx', action: 'died' }],
    problem: 'nginx is not running',
  },
  {
    name: 'when nginx came back',
    events: [synced('applied'), { kind: 'nginx', action: 'died' }, { kind: 'nginx', action: 'started', pid: 7 }],
    problem: undefined,
  },
  {
    name: 'when nginx is gone and an apply could not bring it back',
    events: [
      synced('applied'),
      { kind: 'nginx', action: 'died' },
      { kind: 'nginx', action: 'rolled-back', problem: 'another program listens on port 80' },
      synced('failed', 'another program listens on port 80'),
    ],
    problem: 'nginx is not running',
  },
  {
    name: 'when an apply was rolled back',
    events: [synced('applied'), { kind: 'nginx', action: 'rolled-back', release: '1-0a1b2c3d' }, synced('failed')],
    problem: undefined,
  },
  {
    name: 'when all is served again',
    events: [synced('applied'), { kind: 'nginx', action: 'rolled-back' }, synced('unchanged')],
    problem: undefined,
  },
])('readiness $name', ({ events, problem }) => {
  expect(readinessProblem(healthAfter(events))).toBe(problem);
});

test.each<{ name: string; events: readonly LiveEvent[]; isAlive: boolean }>([
  { name: 'when nothing happens', events: [input('watching'), synced('applied')], isAlive: true },
  { name: 'when a change was followed by a sync', events: [CHANGED, synced('failed')], isAlive: true },
  { name: 'when a change was followed by none', events: [input('watching'), CHANGED], isAlive: false },
  { name: 'while a change waits for a list', events: [input('retrying'), CHANGED], isAlive: true },
])('liveness after ten minutes $name', ({ events, isAlive }) => {
  expect(livenessProblem(healthAfter(events), 600_000)).toBe(
    isAlive ? undefined : 'a change has been waiting for 600 s',
  );
});
