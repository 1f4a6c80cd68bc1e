import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const MANIFESTS = yamlOf([WEB, ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'web']] })]);

test('the table names host, path and Ingress', async () => {
  const run = await runBin(['routes'], MANIFESTS);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^HOST +MATCH +PATH +TARGET +TLS +POLICIES +INGRESS$/m);
  expect(run.stdout).toMatch(/^shop\.example\.com +prefix +\/cart\/ +\S+ +placeholder +- +shop\/shop$/m);
});

test('json holds the same', async () => {
  const run = await runBin(['routes', '--format', 'json'], MANIFESTS);
  const { routes } = JSON.parse(run.stdout) as { readonly routes: readonly { readonly host: string }[] };
  expect(routes.filter(({ host }) => host === 'shop.example.com').at(0)).toMatchObject({
    ingress: 'Ingress shop/shop',
  });
});

test('findings go to stderr and decide on the exit code', async () => {
  const text = yamlOf([
    WEB,
    ingress({
      host: 'shop.example.com',
      annotations: { 'auth-type': 'basic', 'auth-secret': 'none' },
      paths: [['/', 'Prefix', 'web']],
    }),
  ]);
  const run = await runBin(['routes'], text);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('503');
  expect(run.stderr).toMatch(/<stdin>:\d+:\d+ {2}error/);
});
