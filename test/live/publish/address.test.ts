import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { addressTowardsServer } from '../../../src/live/publish/address.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'i2n-address-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kubeconfig(server: string): string {
  const path = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server } }],
    users: [{ name: 'test', user: { token: 'secret' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

test.each(['https://127.0.0.1:6443', 'https://localhost:6443/k8s/clusters/c-1', 'http://127.0.0.1'])(
  'towards %s it is on loopback',
  async server => {
    const found = await addressTowardsServer({ kubeconfig: kubeconfig(server) });
    expect(found.kind === 'found' && found.address).toSatisfy(
      (address: { ip?: string }) => address.ip === '127.0.0.1' || address.ip === '::1',
    );
  },
);

test('towards an address of this machine it is that address', async () => {
  const own = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ family }) => family === 'IPv4');
  for (const { address } of own) {
    const found = await addressTowardsServer({ kubeconfig: kubeconfig(`https://${address}:8443`) });
    expect(found).toEqual({ kind: 'found', address: { ip: address } });
  }
});

test.each([
  { name: 'a name that nobody knows', server: 'https://api.invalid:6443', problem: /api\.invalid/ },
  { name: 'no URL', server: 'nowhere', problem: /names no server/ },
])('a server that is $name is said', async ({ server, problem }) => {
  const found = await addressTowardsServer({ kubeconfig: kubeconfig(server) });
  expect(found.kind === 'failed' && found.problem).toMatch(problem);
});

test('a context that is not there is said', async () => {
  const found = await addressTowardsServer({ kubeconfig: kubeconfig('https://127.0.0.1'), context: 'gone' });
  expect(found.kind === 'failed' && found.problem).toMatch(/gone/);
});
