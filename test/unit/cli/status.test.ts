import { describe, expect, test } from 'vitest';

import { usualFolder } from '../../../src/cli/serving-flags.ts';
import { statusText } from '../../../src/cli/status.ts';
import type { ServingStatus } from '../../../src/live/apply/status.ts';

const NOW = Date.UTC(2026, 10, 25, 14, 0, 0);

const QUIET: ServingStatus = {
  folder: '/srv/state',
  release: undefined,
  nginx: undefined,
  orphans: 0,
  lastError: undefined,
  isInterrupted: false,
  holder: undefined,
  problem: undefined,
};
const SERVING: ServingStatus = {
  ...QUIET,
  release: { id: '3-1a2b3c4d', since: NOW - 3 * 60_000, folder: '/srv/state/releases/3-1a2b3c4d', routes: [] },
  nginx: { pid: 1234, workers: 4, workersShuttingDown: 0, listeners: ['0.0.0.0:8080', '0.0.0.0:8443'] },
};

describe('status, for people', () => {
  test('of a folder where nothing was ever applied is one sentence', () => {
    expect(statusText('/srv/state', undefined, { now: NOW })).toBe('nothing was ever applied in /srv/state\n');
  });

  test('says what is served, and since when', () => {
    expect(statusText('/srv/state', SERVING, { now: NOW })).toBe(`folder      /srv/state
release     3-1a2b3c4d, since 2026-11-25T13:57:00Z, 3 min ago
nginx       process 1234, 4 workers
listeners   0.0.0.0:8080, 0.0.0.0:8443
routes      0
`);
  });

  test.each<{ readonly name: string; readonly status: ServingStatus; readonly line: string }>([
    { name: 'that nginx is gone', status: { ...SERVING, nginx: undefined }, line: 'nginx       not running' },
    { name: 'that there is no release yet', status: QUIET, line: 'release     none' },
    {
      name: 'that the old workers still serve',
      status: { ...SERVING, nginx: { pid: 1, workers: 2, workersShuttingDown: 1, listeners: [] } },
      line: 'nginx       process 1, 2 workers, 1 old worker finishing requests',
    },
    {
      name: 'the last error, with its age, as text that a terminal does not obey',
      status: { ...SERVING, lastError: { at: NOW - 7_200_000, problem: 'port \u001b[31m80' } },
      line: String.raw`last error  port \x1b[31m80 (2026-11-25T12:00:00Z, 2 h ago)`,
    },
    {
      name: 'that an apply ended in the middle',
      status: { ...SERVING, isInterrupted: true },
      line: 'warning     an apply was interrupted; the next one recovers from it',
    },
    {
      name: 'that workers lost their master',
      status: { ...SERVING, nginx: undefined, orphans: 2 },
      line: 'warning     2 workers without a master; the next apply ends them',
    },
    {
      name: 'who holds the lock',
      status: { ...SERVING, holder: { pid: 77, purpose: 'apply --watch' } },
      line: 'locked      by process 77 (apply --watch)',
    },
    {
      name: 'why the next apply will be refused',
      status: { ...SERVING, problem: '/srv/state/current is a folder' },
      line: 'warning     /srv/state/current is a folder',
    },
  ])('says $name', ({ status, line }) => {
    expect(statusText('/srv/state', status, { now: NOW }).split('\n')).toContain(line);
  });
});

test.each([
  { name: 'is the one of XDG', environment: { XDG_STATE_HOME: '/state' }, folder: '/state/ingress2nginx' },
  { name: 'is the usual one without it', environment: {}, folder: '/home/ines/.local/state/ingress2nginx' },
  {
    name: 'takes no relative folder, as XDG says',
    environment: { XDG_STATE_HOME: 'state' },
    folder: '/home/ines/.local/state/ingress2nginx',
  },
])('the usual state folder $name', ({ environment, folder }) => {
  expect(usualFolder(environment, '/home/ines/.local/state')).toBe(folder);
});
