import { expect, test } from 'vitest';

import type { RouteRow } from '../../../../src/answers/routes.ts';
import type { LiveEvent, SyncEvent } from '../../../../src/live/events.ts';
import type { InputSnapshot, LiveInput } from '../../../../src/live/live-input.ts';
import type { Delivery } from '../../../../src/live/sync/loop.ts';
import { startLoop } from '../../../../src/live/sync/loop.ts';
import { handClock } from '../../../support/hand-clock.ts';

const ROUTE: RouteRow = {
  host: 'shop.example.com',
  match: 'prefix',
  path: '/',
  target: { kind: 'upstream', name: 'shop-web-80' },
  tls: { kind: 'placeholder' },
  policies: [],
  ingress: 'Ingress shop/web',
};
const FINDINGS = { error: 0, warning: 0, info: 0 };
const APPLIED: Delivery = { outcome: 'applied', routes: [ROUTE], findings: FINDINGS };
const UNITS: InputSnapshot = { units: [], files: 0 };

/** A loop over an input and a delivery that a test drives. */
function setUp(delivery: () => Delivery | undefined = () => APPLIED, resyncMs?: number) {
  const clock = handClock();
  const events: LiveEvent[] = [];
  const calls: string[] = [];
  const known: { snapshot: InputSnapshot | undefined; isReady: boolean } = { snapshot: UNITS, isReady: true };
  let change: (cause: string) => void = () => undefined;
  const input: LiveInput = {
    start: onChange => void (change = onChange),
    snapshot: () => known.snapshot,
    want: () => true,
    resync: () => void calls.push('input read again'),
    stop: () => Promise.resolve(void calls.push('input stopped')),
  };
  const loop = startLoop({
    input,
    build: () => Promise.resolve('compiled'),
    isReady: () => known.isReady,
    deliver: async compilation => {
      calls.push(`delivered ${compilation}`);
      await Promise.resolve();
      return delivery();
    },
    emit: event => void events.push(event),
    clock,
    syncsPerSecond: 1,
    resyncMs,
  });
  const syncs = (): readonly SyncEvent[] => events.filter(event => event.kind === 'synced');
  return { clock, loop, known, calls, events, syncs, change: (cause: string) => change(cause) };
}

test('delivers nothing of an input that is known in part', async () => {
  const { clock, known, calls, syncs, change } = setUp();
  known.snapshot = undefined;
  change('Ingress shop/web added');
  await clock.pass(60_000);
  expect({ calls, syncs: syncs() }).toEqual({ calls: [], syncs: [] });
  known.snapshot = UNITS;
  change('all lists are there');
  await clock.pass(1_000);
  expect(calls).toEqual(['delivered compiled']);
  expect(syncs()).toMatchObject([{ causes: ['Ingress shop/web added', 'all lists are there'], sinceChangeMs: 60_100 }]);
});

test('waits for what the compilation needs', async () => {
  const { clock, known, calls, change } = setUp();
  known.isReady = false;
  change('Ingress shop/web added');
  await clock.pass(10_000);
  expect(calls).toEqual([]);
  known.isReady = true;
  change('Secret shop/tls read');
  await clock.pass(1_000);
  expect(calls).toEqual(['delivered compiled']);
});

test('says how routes differ from those that are served, not from those that were tried', async () => {
  const deliveries: Delivery[] = [
    APPLIED,
    { outcome: 'withheld', routes: [], findings: FINDINGS, problem: '1 error' },
    { outcome: 'applied', routes: [ROUTE, { ...ROUTE, path: '/cart' }], findings: FINDINGS },
  ];
  const { clock, syncs, change } = setUp(() => deliveries.shift());
  for (const cause of ['one', 'two', 'three']) {
    change(cause);
    await clock.pass(5_000);
  }
  expect(syncs().map(({ routes }) => routes)).toEqual([
    { total: 1, added: 1, removed: 0, changed: 0 },
    { total: 1, added: 0, removed: 0, changed: 0 },
    { total: 2, added: 1, removed: 0, changed: 0 },
  ]);
});

test('tries again what failed, and says when', async () => {
  const deliveries: Delivery[] = [{ outcome: 'failed', routes: [], findings: FINDINGS, problem: 'full disk' }, APPLIED];
  const { clock, events, syncs, change } = setUp(() => deliveries.shift());
  change('one');
  await clock.pass(5_000);
  expect(syncs().map(({ outcome }) => outcome)).toEqual(['failed', 'applied']);
  expect(events).toContainEqual({ kind: 'trouble', what: 'sync', problem: 'full disk', retryInMs: 1_000 });
});

test('takes a bug of ours for a failure, and goes on', async () => {
  let isBroken = true;
  const { clock, syncs, change } = setUp(() => {
    if (isBroken) throw new Error('no such upstream');
    return APPLIED;
  });
  change('one');
  await clock.pass(200);
  expect(syncs()).toMatchObject([{ outcome: 'failed', problem: 'internal error: no such upstream' }]);
  isBroken = false;
  change('two');
  await clock.pass(2_000);
  expect(syncs().at(-1)?.outcome).toBe('applied');
});

test('says nothing of a sync that was interrupted', async () => {
  const { clock, events, change } = setUp(() => undefined);
  change('one');
  await clock.pass(1_000);
  expect(events).toEqual([{ kind: 'changed', cause: 'one' }]);
});

test('reads everything again when told to, and by its own clock', async () => {
  const { clock, loop, calls, syncs } = setUp(() => APPLIED, 60_000);
  loop.resync('SIGHUP');
  await clock.pass(130_000);
  expect(syncs().map(({ causes }) => causes)).toEqual([['SIGHUP'], ['resync'], ['resync']]);
  expect(calls.filter(call => call === 'input read again').length).toBe(3);
});

test('stops the input, and its own clock', async () => {
  const { clock, loop, calls, change } = setUp(() => APPLIED, 60_000);
  change('one');
  await loop.stop();
  await clock.pass(300_000);
  expect(calls).toEqual(['input stopped']);
});

test('ends its input even when the last sync ends by a bug', async () => {
  let stopped: Promise<string> | undefined;
  const { clock, loop, calls, change } = setUp(() => {
    stopped = loop.stop().then(() => 'ended', String);
    return {
      ...APPLIED,
      get routes(): never {
        throw new Error('a bug of ours');
      },
    };
  });
  change('Ingress shop/web added');
  await clock.pass(1_000);
  expect(await stopped).toBe('Error: a bug of ours');
  expect(calls).toEqual(['delivered compiled', 'input stopped']);
});
