import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { forwardingKubectl } from '../support/port-forward.ts';
import type { ForwardingKubectl } from '../support/port-forward.ts';
import { PATIENCE_MS } from '../support/until.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));
/** What slow machines need at most. */
const DEADLINE = { timeout: PATIENCE_MS, interval: 50 };

let kubectl: ForwardingKubectl;
let folder: string;
let child: ChildProcess;
let stderr: string;

/** In a namespace of its own: ports follow from names, and other tests run at the same time. */
const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: store}\nspec: {ports: [{name: http, port: 80}]}\n`;

function manifests(backend: string): string {
  const path = `{path: /, pathType: Prefix, backend: {service: {name: ${backend}, port: {name: http}}}}`;
  return [
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: store}\n' +
      `spec: {ingressClassName: nginx, rules: [{host: shop.example.com, http: {paths: [${path}]}}]}\n`,
    service('web'),
    service('blog'),
  ].join('---\n');
}

/** The addresses behind nginx, by upstream. */
function upstreams(): Readonly<Record<string, string>> {
  const conf = join(folder, 'out/nginx.conf');
  const text = existsSync(conf) ? readFileSync(conf, 'utf8') : '';
  const found = text.matchAll(/upstream (\S+) \{\s+server ([^\s;]+)/g);
  return Object.fromEntries([...found].map(([, name, address]) => [name, address]));
}

beforeEach(() => {
  kubectl = forwardingKubectl();
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-cli-'));
  writeFileSync(join(folder, 'shop.yaml'), manifests('web'));
  const words = ['render', '--watch', '-o', join(folder, 'out'), '--http-port', '8080', '--sync-rate', '10'];
  const forward = ['--backend-address', 'port-forward', '--kubectl', kubectl.program];
  child = spawn(process.execPath, [BIN, ...words, ...forward, '--log-format', 'json', join(folder, 'shop.yaml')]);
  stderr = '';
  child.stderr?.on('data', chunk => void (stderr += String(chunk)));
});

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  kubectl.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('render --watch leads to local ports that follow the routes', async () => {
  await vi.waitFor(() => expect(upstreams()['store-web-http']).toMatch(/^127\.0\.0\.1:2\d{4}$/), DEADLINE);
  expect(stderr).toMatch(/"store\/web"/);
  // The first configuration waits for the forward: nobody gets a 503 meanwhile.
  expect(stderr).not.toMatch(/forward-pending/);

  writeFileSync(join(folder, 'shop.yaml'), manifests('blog'));
  await vi.waitFor(() => expect(Object.keys(upstreams())).toEqual(['store-blog-http']), DEADLINE);
  await vi.waitFor(() => expect(kubectl.pids()).toHaveLength(1), DEADLINE);
  expect(kubectl.runs().map(words => words.find(word => word.startsWith('service/')))).toEqual([
    'service/web',
    'service/blog',
  ]);

  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(kubectl.pids()).toEqual([]);
});

test('a crash of ours leaves no kubectl behind', async () => {
  await vi.waitFor(() => expect(kubectl.pids()).toHaveLength(1), DEADLINE);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await vi.waitFor(() => expect(kubectl.pids()).toEqual([]), DEADLINE);
});
