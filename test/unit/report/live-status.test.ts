import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import type { LiveEvent, SyncEvent } from '../../../src/live/events.ts';
import { emptyStatus, statusLines, withEvent } from '../../../src/report/live-status.ts';
import { columnsOf } from '../../../src/report/plain-text.ts';

const PLAIN = new Chalk({ level: 0 });

/** The events come one second after the other, the last at 0 s; `now` is in seconds after it. */
function linesOf(events: readonly LiveEvent[], now = 0, columns = 100): readonly string[] {
  const status = events.reduce(
    (known, event, index) => withEvent(known, event, (index + 1 - events.length) * 1_000),
    emptyStatus('apply --watch'),
  );
  return statusLines(status, { columns, now: now * 1_000, style: PLAIN });
}

const watching = (type: string, objects: number): LiveEvent => ({ kind: 'input', type, state: 'watching', objects });
const SYNCED: SyncEvent = {
  kind: 'synced',
  outcome: 'applied',
  causes: ['Ingress shop/web modified', 'Service shop/web modified', 'Secret shop/tls added'],
  sinceChangeMs: 163,
  durationMs: 45,
  routes: { total: 24, added: 1, removed: 0, changed: 2 },
  objects: 118,
  findings: { error: 0, warning: 2, info: 1 },
};

test('says at the beginning that nothing is known', () => {
  expect(linesOf([])).toEqual([
    '-- ingress2nginx apply --watch (Ctrl-C to quit) --',
    'input     not read yet',
    'sync      none yet',
  ]);
});

test('shows objects, the change, the routes, the times, the findings and nginx', () => {
  const started: LiveEvent = { kind: 'nginx', action: 'reloaded', pid: 812, release: '7-1a2b3c4d' };
  expect(linesOf([watching('Ingress', 12), watching('Service', 30), started, SYNCED], 12)).toEqual([
    '-- ingress2nginx apply --watch (Ctrl-C to quit) --',
    'watching  Ingress 12, Service 30',
    'change    Ingress shop/web modified and 2 more, 12 s ago',
    'sync      applied 12 s ago',
    'routes    24 from 118 objects; last change: 1 added, 0 removed, 2 changed',
    'served    12 s ago, 163 ms after the change (45 ms compiling and applying)',
    'findings  2 warnings, 1 note',
    'nginx     reloaded 13 s ago, pid 812, release 7-1a2b3c4d',
  ]);
});

test.each<{ name: string; events: readonly LiveEvent[]; line: string }>([
  {
    name: 'a type that is tried again',
    events: [{ kind: 'input', type: 'Secret', state: 'retrying', objects: 4, problem: 'connection refused' }],
    line: 'retrying  Secret 4: connection refused',
  },
  {
    name: 'a type that is forbidden',
    events: [{ kind: 'input', type: 'Secret', state: 'forbidden', objects: 0, problem: 'dev cannot list secrets' }],
    line: 'forbidden Secret 0: dev cannot list secrets',
  },
  {
    name: 'a change that is not served yet',
    events: [SYNCED, { kind: 'changed', cause: 'Ingress shop/cart added' }],
    line: 'change    Ingress shop/cart added, just now, not served yet',
  },
  {
    name: 'what keeps an input from being served',
    events: [{ ...SYNCED, outcome: 'withheld', problem: '3 errors' }],
    line: 'sync      withheld just now: 3 errors',
  },
  {
    name: 'an nginx that is gone',
    events: [{ kind: 'nginx', action: 'died', pid: 812 }],
    line: 'nginx     died just now, pid 812',
  },
  {
    name: 'who publishes what',
    events: [
      { kind: 'leader', isLeader: false, holder: 'host-2' },
      { kind: 'published', ingresses: 12, addresses: ['192.168.49.2'] },
    ],
    line: 'status    host-2 publishes 192.168.49.2 for 12',
  },
  {
    name: 'forwards that are started again',
    events: [
      { kind: 'forward', service: 'shop/web', state: 'up' },
      { kind: 'forward', service: 'shop/cart', state: 'restarting' },
    ],
    line: 'forwards  restarting: shop/cart',
  },
  {
    name: 'trouble',
    events: [{ kind: 'trouble', what: 'kubectl', problem: 'it ended' }],
    line: 'trouble   kubectl: it ended, just now',
  },
  {
    name: 'text of strangers without letting it move the cursor',
    events: [{ kind: 'trouble', what: 'kubectl', problem: 'a\u001b[2Jb\nc' }],
    line: String.raw`trouble   kubectl: a\x1b[2Jb\nc, just now`,
  },
])('shows $name', ({ events, line }) => {
  expect(linesOf(events)).toContain(line);
});

test('shows trouble until a sync went well', () => {
  const trouble: LiveEvent = { kind: 'trouble', what: 'sync', problem: 'the disk is full' };
  expect(linesOf([trouble, { ...SYNCED, outcome: 'failed' }]).join('\n')).toContain('the disk is full');
  expect(linesOf([trouble, SYNCED]).join('\n')).not.toContain('the disk is full');
});

test.each([20, 40, 79])('fills no line of a terminal of %d columns', columns => {
  const wide: LiveEvent = { kind: 'changed', cause: `Ingress 店/${'x'.repeat(200)} modified` };
  const events: readonly LiveEvent[] = [watching('Ingress', 1), SYNCED, wide];
  expect(linesOf(events, 0, columns).filter(line => columnsOf(line) >= columns)).toEqual([]);
});
