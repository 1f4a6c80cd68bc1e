import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const MANIFESTS = yamlOf([WEB, ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'web']] })]);

test('the table names host, path and Ingress', async () => {
  const run = await runBin(['routes'], MANIFESTS);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^HOST +MATCH +PATH +TARGET +ENDPOINTS +TLS +POLICIES +INGRESS$/m);
  expect(run.stdout).toMatch(/^shop\.example\.com +prefix +\/cart\/ +\S+ +cluster IP +placeholder +- +shop\/shop$/m);
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

test('a filter that no route fits is said, and exits with 1', async () => {
  const run = await runBin(['routes', '--service', 'shop/wbe', '--format', 'csv'], MANIFESTS);
  expect(run).toMatchObject({ code: 1, stdout: expect.stringMatching(/^host,[\w,]+\r\n$/) });
  expect(run.stderr).toContain(
    'no route leads to a Service "shop/wbe"; did you mean shop/web?\nno route fits the filters',
  );
});

test('a policy that there is not exits with 2, and the one that was meant is named', async () => {
  const run = await runBin(['routes', '--policy', 'basic-auth'], MANIFESTS);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/there is no policy "basic-auth"; did you mean basicAuth\? \(there are affinity, /);
});
