import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { findNginx } from '../../../../src/live/local-nginx/nginx-binary.ts';
import { testWithNginx } from '../../../../src/live/local-nginx/nginx-test.ts';
import type { FileSet } from '../../../../src/nginx/file-set.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-live-'));
  chmodSync(home, 0o755);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const HEAD = `pid run/nginx.pid; error_log logs/error.log; events {}
http { access_log off; client_body_temp_path run/a; proxy_temp_path run/b; fastcgi_temp_path run/c;
uwsgi_temp_path run/d; scgi_temp_path run/e;`;

function files(conf: string): FileSet {
  const bytes = Buffer.from(conf);
  return { files: [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }], folders: ['logs', 'run'] };
}

const run = { pid: process.pid, isAlive: () => false, now: () => 0 };

function ask(conf: string, options: { readonly nginx?: string; readonly signal?: AbortSignal } = {}) {
  const signal = options.signal ?? new AbortController().signal;
  return testWithNginx({ nginx: options.nginx, files: files(conf), signal, run });
}

/** A program in the place of nginx. */
function program(text: string): string {
  const path = join(home, 'nginx');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('nginx takes a good configuration', async () => {
  expect(await ask(`${HEAD} server { listen 127.0.0.1:18080; return 204; } }`)).toMatchObject({ kind: 'accepted' });
});

test('nginx refuses a bad one, and says where in the output it is', async () => {
  const verdict = await ask(`${HEAD}\nserver { no_such_thing on; } }`);
  expect(verdict.kind === 'refused' && verdict.stderr).toMatch(/unknown directive "no_such_thing" in nginx\.conf:4/);
});

test('streams are tested with the module that Debian ships apart', async () => {
  const conf = `${HEAD} }\nstream { server { listen 127.0.0.1:18081; return ok; } }`;
  expect(await ask(conf)).toMatchObject({ kind: 'accepted' });
});

test.each([
  {
    name: 'a port that only root may open is no fault of the configuration',
    lines: ['nginx.conf syntax is ok', 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)'],
    kind: 'accepted',
  },
  {
    name: 'another failure beside it is',
    lines: ['syntax is ok', '[emerg] bind() to 0.0.0.0:80 failed (13: x)', '[emerg] host not found in upstream "x"'],
    kind: 'refused',
  },
  {
    name: 'nor is an address that this machine does not have',
    lines: ['syntax is ok', '[emerg] bind() to 192.0.2.1:80 failed (99: Cannot assign requested address)'],
    kind: 'accepted',
  },
  {
    name: 'nor is IPv6 that this machine does not have',
    lines: ['syntax is ok', '[emerg] socket() [::]:80 failed (97: Address family not supported by protocol)'],
    kind: 'accepted',
  },
  {
    name: 'a port that somebody has is trouble',
    lines: ['syntax is ok', '[emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)'],
    kind: 'refused',
  },
  {
    name: 'a temporary folder that nginx may not enter is no fault of the configuration',
    lines: ['nginx: [emerg] open() "/root/tmp/ingress2nginx-test-x/nginx.conf" failed (13: Permission denied)'],
    kind: 'failed',
  },
])('$name', async ({ lines, kind }) => {
  const nginx = program(`${lines.map(line => `echo '${line}' >&2`).join('\n')}\nexit 1`);
  expect((await ask('', { nginx })).kind).toBe(kind);
});

test('nginx runs with an environment of its own, without privileges, in a folder of its own', async () => {
  const nginx = program('{ /usr/bin/env; /usr/bin/id -u; pwd; } >&2; exit 1');
  const verdict = await ask('', { nginx });
  const lines = verdict.kind === 'refused' ? verdict.stderr.trim().split('\n') : [];
  // One that nobody else is: what nginx reads in a test, keys too, is for nobody else to see.
  const user = process.getuid?.() === 0 ? /^6[1-5]\d{3}$/m : new RegExp(`^${process.getuid?.()}$`, 'm');
  expect(lines.filter(line => /^(PATH|HOME|USER|NODE\w*|npm_\w*)=/.test(line))).toEqual([
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  ]);
  expect(lines.join('\n')).toMatch(user);
  expect(lines.at(-1)).toContain('ingress2nginx-test-');
});

test('what a test reads is for nobody else to read or to change, and only logs are for nginx to write', async () => {
  const nginx = program(
    '/usr/bin/id -u >&2; ls -lnR . | sed "s/^\\(..........\\)[^ ]* */\\1 /" >&2; : > logs/error.log || echo no logs >&2; exit 1',
  );
  const secret = { path: 'certs/web.pem', bytes: Buffer.from('KEY'), isSecret: true, from: [] };
  const { files: plain, folders } = files('');
  const { signal } = new AbortController();
  const verdict = await testWithNginx({ nginx, files: { files: [secret, ...plain], folders }, signal, run });
  const said = verdict.kind === 'refused' ? verdict.stderr : '';
  const isRoot = process.getuid?.() === 0;
  const user = /^\d+$/m.exec(said)?.[0] ?? '';
  const owner = isRoot ? `0 ${user}` : `${user} ${process.getgid?.()}`;
  expect(said).not.toContain('no logs');
  expect(said).toContain(`${isRoot ? '-rw-r-----' : '-rw-------'} 1 ${owner} 3 `);
  expect(said).not.toMatch(/^-......(?:r..|.w.).* web\.pem$/m);
});

test('a temporary folder that is not there is trouble of the environment', async () => {
  vi.stubEnv('TMPDIR', join(home, 'none'));
  const verdict = await ask('');
  expect(verdict).toMatchObject({
    kind: 'failed',
    problem: expect.stringMatching(/none: ENOENT.*set TMPDIR to another/),
  });
});

test('nothing is left behind', async () => {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  expect(await ask('nonsense')).toMatchObject({ kind: 'refused' });
  expect(readdirSync(temporary)).toEqual([]);
});

test.each([
  { name: 'a program that does not exist', nginx: '/no/such/nginx', problem: '/no/such/nginx is not a program' },
  { name: 'a folder', nginx: '/usr/', problem: '/usr/ is not a program' },
])('$name is a failure of the environment', async ({ nginx, problem }) => {
  expect(await ask('', { nginx })).toEqual({ kind: 'failed', problem });
});

test('interrupted, it ends nginx at once', async () => {
  const nginx = program('exec sleep 60');
  expect((await ask('', { nginx, signal: AbortSignal.timeout(200) })).kind).toBe('interrupted');
});

test('nginx is found where packages put it, even if the PATH does not say so', () => {
  expect(findNginx(undefined, '')).toMatch(/^\/.*\/nginx$/);
  expect(findNginx('no-such-nginx', '')).toBeUndefined();
  expect(findNginx('sh', '/bin')).toBe('/bin/sh');
});
