import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { statusOf, testState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';

let state: TestState;
const usual = process.umask();
beforeEach(() => void (state = testState()));
afterEach(async () => {
  process.umask(usual);
  await state.end();
});

/** The modes of all that lies in the state folder, releases aside, whose names and pids vary. */
function modesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    path => !/^(releases.|run.|current)/.test(path),
  );
  const entries = paths.map(path => [path, (lstatSync(join(folder, path)).mode & 0o777).toString(8)] as const);
  return Object.fromEntries(entries.map(([path, mode]) => [path.replace(/\d+/, 'N'), mode]));
}

test.each([
  { name: 'lets all write', umask: 0o000 },
  { name: 'is the usual one', umask: 0o022 },
  { name: 'keeps all to oneself', umask: 0o077 },
])('the lock, the journal and logs have the same modes though the umask $name', async ({ umask }) => {
  process.umask(umask);
  const [port = 0] = await freePorts(1);
  const more = 'access_log logs/access.log;';
  expect((await state.apply({ port, answer: 'one', location: more })).kind).toBe('serving');
  expect(modesIn(state.folder)).toEqual({
    '.state.json': '644',
    'lock.N': '644',
    logs: '755',
    'logs/access.log': '644',
    'logs/error.log': '644',
    releases: '755',
    run: '755',
  });
  expect((await statusOf(state.folder)).holder).toBeUndefined();
});
