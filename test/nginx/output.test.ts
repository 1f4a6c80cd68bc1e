import { chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startBackends } from '../support/backends.ts';
import type { Backends } from '../support/backends.ts';
import { runBin } from '../support/bin.ts';
import { ask, expectAnswer } from '../support/client.ts';
import { app, ingress, tlsSecret, userSecret, yamlOf } from '../support/manifests.ts';
import { freePorts, startNginx } from '../support/nginx.ts';

let backends: Backends;
let parent: string;
let httpPort: number;
let httpsPort: number;

beforeAll(async () => {
  backends = await startBackends();
  parent = mkdtempSync(join(tmpdir(), 'ingress2nginx-output-'));
  chmodSync(parent, 0o755);
  [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const manifests = [
    ...app(backends, 'web'),
    userSecret('users'),
    userSecret('unused'),
    tlsSecret('shop-tls', 'shop'),
    tlsSecret('unused-tls', 'other'),
    ingress({
      host: 'shop.example.com',
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      annotations: { 'auth-type': 'basic', 'auth-secret': 'users', 'ssl-redirect': 'false' },
      paths: [['/', 'Prefix', 'web']],
    }),
  ];
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  const run = await runBin(['render', '-', '-o', join(parent, 'out'), ...ports], yamlOf(manifests));
  if (run.code !== 0) throw new Error(run.stderr);
});
afterAll(async () => {
  rmSync(parent, { recursive: true, force: true });
  await backends.close();
});

/** Paths of the files below a folder, sorted. */
function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter(name => statSync(join(folder, name)).isFile()).toSorted();
}

describe('the output folder', () => {
  test('holds no Secret that no route needs', () => {
    const contents = filesBelow(join(parent, 'out')).join('\n');
    expect(contents).toContain('shop-tls');
    expect(contents).not.toContain('unused');
  });

  test('keeps secret files to their owner', () => {
    for (const file of filesBelow(join(parent, 'out')).filter(name => /users|shop-tls/u.test(name))) {
      expect({
        file,
        mode: statSync(join(parent, 'out', file))
          .mode.toString(8)
          .slice(-3),
      }).toEqual({ file, mode: '600' });
    }
  });

  test('names no absolute path', () => {
    const text = readFileSync(join(parent, 'out/nginx.conf'), 'utf8');
    expect(text).not.toContain(parent);
    expect(
      text.split('\n').filter(line => /^\s*(pid|error_log|include|ssl_\w+|\w+_temp_path|auth_\w+)\s+\//u.test(line)),
    ).toEqual([]);
  });

  test('works after a move, for a user without privileges, without a warning', async () => {
    cpSync(join(parent, 'out'), join(parent, 'copy'), { recursive: true, preserveTimestamps: true });
    renameSync(join(parent, 'copy'), join(parent, 'moved elsewhere'));
    const nginx = await startNginx(join(parent, 'moved elsewhere'), httpPort);
    try {
      expect(nginx.errorLog()).not.toMatch(/\[(?:warn|error|emerg)\]/u);
      const shop = { host: 'shop.example.com', path: '/' } as const;
      expectAnswer(await ask({ httpPort, httpsPort }, shop), { status: 401 });
      expectAnswer(await ask({ httpPort, httpsPort }, { ...shop, user: 'ines' }), { status: 200, pod: 'web' });
      const answer = await ask({ httpPort, httpsPort }, { ...shop, user: 'ines', https: true });
      expectAnswer(answer, { status: 200, subject: 'shop.example.com' });
    } finally {
      await nginx.stop();
    }
  });
});
