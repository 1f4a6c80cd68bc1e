import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openApplier } from '../../../src/live/apply/applier.ts';
import { answerOn, NEVER, testState, usualOptions } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { freePorts } from '../../support/nginx.ts';
import type { Killing } from '../../support/programs/killed-apply.ts';
import { bundleProgram } from '../../support/program-bundle.ts';

const IS_ROOT = process.getuid?.() === 0;
const NOTE =
  /^nginx workers run as root, since other users cannot read \S+; to avoid that, choose a --state-dir that all users can read$/;

let state: TestState;
const backend = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => void (bytes += chunk.length));
  request.on('end', () => response.end(String(bytes)));
});

beforeEach(async () => {
  state = testState();
  await new Promise<void>(resolve => void backend.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await state.end();
  await new Promise(resolve => void backend.close(resolve));
});

/** More than nginx keeps in memory. */
const BODY = 'x'.repeat(300_000);

async function post(port: number, password: string): Promise<{ readonly status: number; readonly text: string }> {
  const authorization = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`;
  const init = { method: 'POST', body: BODY, headers: { authorization, connection: 'close' } };
  const response = await fetch(`http://127.0.0.1:${port}/`, init);
  return { status: response.status, text: await response.text() };
}

test.each([
  { name: 'open to others', mode: 0o755, notes: [] },
  { name: 'closed to others', mode: 0o700, notes: IS_ROOT ? [NOTE] : [] },
])('workers read password files and keep large bodies in a folder that is $name', async ({ mode, notes }) => {
  chmodSync(state.parent, mode);
  const [port = 0] = await freePorts(1);
  const said: string[] = [];
  const wish = {
    port,
    answer: 'one',
    proxyTo: (backend.address() as AddressInfo).port,
    location: 'auth_basic shop; auth_basic_user_file auth/users; client_max_body_size 1m;',
    users: { users: 'ann:{PLAIN}right\n' },
  };
  const onNote = (note: string): void => void said.push(note);
  expect(await state.apply(wish, { ...usualOptions(state.folder), onNote })).toMatchObject({ kind: 'serving' });
  expect(await post(port, 'right')).toEqual({ status: 200, text: String(BODY.length) });
  expect((await post(port, 'wrong')).status).toBe(401);
  expect(said).toEqual(notes.map(note => expect.stringMatching(note)));
  // Root's workers are another user: the files are theirs, the folder is root's, who alone adds and replaces files.
  const ownerAt = (path: string) => statSync(join(state.folder, 'current', path));
  const own = process.getuid?.();
  expect(ownerAt('auth').uid).toBe(own);
  expect(ownerAt('auth/users').mode & 0o777).toBe(0o600);
  expect(ownerAt('auth/users').uid === own).toBe(!IS_ROOT);
  // Another password comes with a reload; workers read the new file as they read the old one.
  await state.apply({ ...wish, users: { users: 'ann:{PLAIN}other\n' } });
  expect((await post(port, 'other')).status).toBe(200);
});

/** Only root can be somebody else. */
const STRANGERS = IS_ROOT ? [{ name: 'nobody', user: 65_534 }] : [];

/** What a program of ours says that another user runs. */
async function runAs(user: number, work: Omit<Killing, 'folder' | 'killAt'>) {
  const program = await bundleProgram('killed-apply');
  chmodSync(dirname(program.path), 0o755);
  const words = [program.path, JSON.stringify({ folder: state.folder, killAt: 0, ...work } satisfies Killing), 'tells'];
  const { status, stderr } = spawnSync(process.execPath, words, { uid: user, gid: user, encoding: 'utf8' });
  program.remove();
  return { status, stderr };
}

test.each(STRANGERS)('root does nothing in a state folder of $name, whose nginx serves on', async ({ user }) => {
  chownSync(state.parent, user, user);
  const [port = 0] = await freePorts(1);
  expect((await runAs(user, { wish: { port, answer: 'one' } })).status).toBe(0);
  const before = readdirSync(state.folder);
  for (const purpose of ['apply', 'rollback', 'stop'] as const) {
    expect(await openApplier({ ...usualOptions(state.folder), purpose })).toMatchObject({
      kind: 'failed',
      problem: `unsafe to use ${state.folder} as root: ${state.parent} belongs to nobody; run as nobody, or choose a folder that belongs to root`,
    });
  }
  expect(readdirSync(state.folder)).toEqual(before);
  expect(await answerOn(port)).toBe('one');
  expect((await runAs(user, { wish: undefined, purpose: 'stop' })).status).toBe(0);
});

test.each(STRANGERS)('$name is told whose the nginx is that root runs', async ({ user }) => {
  const [port = 0] = await freePorts(1);
  await state.apply({ port, answer: 'one', users: { users: 'ann:x' } });
  chownSync(state.parent, user, user);
  chownSync(state.folder, user, user);
  const stopping = await runAs(user, { wish: undefined, purpose: 'stop' });
  expect(stopping.stderr).toMatch(/no permission to stop nginx \d+: run as root/);
});

test.each(STRANGERS)('root removes what $name owns in old releases, and nothing that it leads to', async ({ user }) => {
  const [port = 0] = await freePorts(1);
  const users = { users: 'ann:x' };
  await state.apply({ port, answer: 'one', users });
  const auth = realpathSync(join(state.folder, 'current/auth'));
  // As releases were once: workers owned the folder of their password files.
  mkdirSync(join(auth, 'deep'));
  const victim = join(state.parent, 'victim');
  mkdirSync(victim);
  writeFileSync(join(victim, 'passwd'), '');
  symlinkSync(victim, join(auth, 'deep/link'));
  for (const path of [join(auth, 'deep'), auth]) chownSync(path, user, user);
  for (const answer of ['two', 'three', 'four']) await state.apply({ port, answer, users }, { keepReleases: 2 });
  expect(existsSync(auth)).toBe(false);
  expect(readdirSync(victim)).toEqual(['passwd']);
});

test.each(STRANGERS)('root says that a folder was closed to the workers of $name', async () => {
  const [port = 0] = await freePorts(1);
  await state.apply({ port, answer: 'one' });
  chmodSync(state.parent, 0o700);
  expect(await openApplier(usualOptions(state.folder))).toMatchObject({
    kind: 'failed',
    problem: expect.stringMatching(
      /^the workers of nginx \d+ can no longer read \S+: make it readable for them, or stop nginx and apply again$/,
    ),
  });
  expect(await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' })).toBe(true);
  expect(await state.apply({ port, answer: 'two' })).toMatchObject({ kind: 'serving', action: 'started' });
});
