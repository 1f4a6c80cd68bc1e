import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { makeSocketFolder, removeSocketFolder } from '../../../../src/live/kubectl/socket-folder.ts';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'i2n-socket-'));
  vi.stubEnv('XDG_RUNTIME_DIR', place);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

/** Where a socket was made. */
function placeOfSocket(): string {
  const made = makeSocketFolder();
  if (made.kind === 'failed') throw new Error(made.problem);
  removeSocketFolder(made.folder);
  return dirname(made.folder);
}

test('a socket comes to where the user keeps what is his', () => {
  expect(placeOfSocket()).toBe(place);
});

// Only root can give a folder away.
test.each(process.getuid?.() === 0 ? [{ name: 'nobody', user: 65_534 }] : [])(
  'a folder of $name is no place for the socket of root',
  ({ user }) => {
    chownSync(place, user, user);
    expect(placeOfSocket()).not.toBe(place);
    expect(readdirSync(place)).toEqual([]);
  },
);
