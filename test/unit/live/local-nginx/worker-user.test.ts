import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { canReach, findUser, workerIdsOf } from '../../../../src/live/local-nginx/worker-user.ts';

let home = '';

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'ingress2nginx-user-')));
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'state'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const NOBODY = { uid: 65_534, groups: [65_534] };

test.each([
  { name: 'all is open', above: 0o755, own: 0o755, isReached: true },
  { name: 'it may be passed, though not listed', above: 0o711, own: 0o711, isReached: true },
  { name: 'it is closed', above: 0o755, own: 0o750, isReached: false },
  { name: 'what is above it is closed', above: 0o700, own: 0o755, isReached: false },
])('others reach a folder when $name: $isReached', ({ above, own, isReached }) => {
  chmodSync(join(home, 'state'), own);
  chmodSync(home, above);
  expect(canReach(NOBODY, join(home, 'state'))).toBe(isReached);
});

test('its owner and its group are asked by their own bits', () => {
  const { uid, gid } = statSync(home);
  chmodSync(home, 0o701);
  const state = join(home, 'state');
  expect(canReach({ uid, groups: [] }, state)).toBe(true);
  expect(canReach({ ...NOBODY, groups: [gid] }, state)).toBe(false);
});

test.each([
  { name: 'the user of its own', user: 'root', group: undefined, is: 0 },
  { name: 'one that is named', user: 'nobody', group: 'root', is: 0 },
])('workers have the group of $name', ({ user, group, is }) => {
  expect(findUser(user, group)?.group).toBe(is);
});

test('a group that is not there is that of nobody', () => {
  expect(findUser('root', 'no-such-group')).toBeUndefined();
});

test('knows who is there', () => {
  expect(findUser('nobody')?.uid).toBeGreaterThan(0);
  expect(findUser('no-such-user')).toBeUndefined();
});

test('no program is started for a user of this machine', () => {
  vi.stubEnv('PATH', '');
  try {
    expect(findUser('root')).toBeUndefined();
    expect(workerIdsOf({ user: 'root', group: undefined })).toEqual({ uid: 0, gid: 0 });
  } finally {
    vi.unstubAllEnvs();
  }
});
