import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { freePorts, nginxProgram } from '../support/nginx.ts';
import { until } from '../support/until.ts';

/** `ann` and `right`. */
const INPUT = `
apiVersion: v1
kind: Secret
metadata: { name: users, namespace: shop }
data: { auth: ${Buffer.from('ann:{PLAIN}right\n').toString('base64')} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/auth-type: basic
    nginx.ingress.kubernetes.io/auth-secret: users
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ingress2nginx-served-'));
  chmodSync(home, 0o755);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** nginx as a user types it, who is the one that has rendered. */
function nginx(out: string, ...words: readonly string[]) {
  return spawnSync(nginxProgram(), ['-p', out, '-c', 'nginx.conf', ...words], { encoding: 'utf8' });
}

async function statusWith(port: number, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`;
  const headers = { authorization, host: 'shop.example.com', connection: 'close' };
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/', headers }, response => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).once('error', reject);
  });
}

test.each([
  { name: 'the usual umask', umask: 0o022 },
  { name: 'a strict umask', umask: 0o077 },
])('whoever renders can start nginx, root too, and passwords are checked, with $name', async ({ umask }) => {
  const out = join(home, 'out');
  const [port = 0, tls = 0] = await freePorts(2);
  const before = process.umask(umask);
  try {
    const words = ['render', '-', '-o', out, '--http-port', `${port}`, '--https-port', `${tls}`];
    expect((await runBin(words, INPUT)).code).toBe(0);
  } finally {
    process.umask(before);
  }
  expect(lstatSync(join(out, 'auth')).mode & 0o007).toBe(0);
  expect(nginx(out)).toMatchObject({ status: 0 });
  try {
    expect(await statusWith(port, 'wrong')).toBe(401);
    // Behind the password is nobody.
    expect(await statusWith(port, 'right')).toBeOneOf([502, 503]);
  } finally {
    nginx(out, '-s', 'stop');
    await until(() => nginx(out, '-s', 'stop').status !== 0);
  }
});
