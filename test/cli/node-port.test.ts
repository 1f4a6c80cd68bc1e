import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { runShell } from '../support/shell.ts';
import { PATIENCE_MS } from '../support/until.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-minikube-'));
  const manifests = [
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  ingressClassName: nginx\n' +
      '  defaultBackend: {service: {name: web, port: {number: 80}}}\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}\n',
  ];
  writeFileSync(join(folder, 'web.yaml'), manifests.join('---\n'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a `minikube` first in the PATH. */
function withMinikube(script: string): string {
  const program = join(folder, 'minikube');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return `PATH=${folder}:$PATH`;
}

test('--node-address names the nodes, each once', () => {
  const flags = '--backend-address node-port --node-address 192.0.2.1 --node-address fd00::1 --node-address 192.0.2.1';
  const run = runShell(`i2n render ${flags} ${folder}`);
  expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('no findings') });
  expect(run.stdout.match(/server \S+ max_fails/g)).toEqual([
    'server 192.0.2.1:30080 max_fails',
    'server [fd00::1]:30080 max_fails',
  ]);
});

test('without it, what serves here asks minikube', async () => {
  withMinikube('[ "$1" = ip ] && echo 192.168.49.2');
  const conf = join(folder, 'out/nginx.conf');
  const words = ['render', '--watch', '--backend-address', 'node-port', '-o', join(folder, 'out')];
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const child = spawn(process.execPath, [BIN, ...words, join(folder, 'web.yaml')], { env, stdio: 'ignore' });
  try {
    await vi.waitFor(() => expect(existsSync(conf)).toBe(true), { timeout: PATIENCE_MS, interval: 50 });
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  expect(readFileSync(conf, 'utf8')).toContain('server 192.168.49.2:30080;');
});

test.each([
  {
    name: 'is not running',
    script: 'echo "Profile not found" >&2; exit 85',
    code: 3,
    says: /"minikube ip" failed: Profile not found/,
  },
  { name: 'says something else', script: 'echo hello', code: 3, says: /"minikube ip" failed: it printed "hello"/ },
])('a minikube that $name', ({ script, code, says }) => {
  const run = runShell(
    `${withMinikube(script)} i2n apply --state-dir ${folder}/state --backend-address node-port ${folder}/web.yaml`,
  );
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' });
  expect(run.stderr).toMatch(says);
  expect(run.stderr).toMatch(/needs --node-address IP/);
});
