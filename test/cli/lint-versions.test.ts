import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const SHOP = yamlOf([
  WEB,
  ingress({
    host: 'shop.example.com',
    annotations: { 'allowlist-source-range': '10.0.0.0/8' },
    paths: [['/', 'Prefix', 'web']],
  }),
]);

async function lint(...flags: readonly string[]) {
  const run = await runBin(['lint', '--format', 'compact', ...flags, '-'], SHOP);
  return { ...run, rules: [...run.stdout.matchAll(/\[(I2N\d+) /gu)].map(([, id]) => id) };
}

test('manifests are checked for a version of Kubernetes', async () => {
  expect(await lint('--kubernetes-version', '1.29')).toMatchObject({ code: 0, rules: [] });
  const old = await lint('--kubernetes-version', 'v1.18.20');
  expect(old).toMatchObject({ code: 1, rules: ['I2N144'] });
  expect(old.stdout).toContain('Kubernetes 1.18 does not serve networking.k8s.io/v1 of Ingress');
});

test('manifests are checked for a version of the controller', async () => {
  expect(await lint('--controller-version', '1.15')).toMatchObject({ code: 0, rules: [] });
  const old = await lint('--controller-version', '1.8.4');
  expect(old).toMatchObject({ code: 1, rules: ['I2N701', 'I2N704', 'I2N706'] });
  expect(old.stdout).toContain('the controller 1.8.4 does not know allowlist-source-range');
});

test.each([
  ['--kubernetes-version', '29', 'Use a version such as 1.29.'],
  ['--controller-version', 'latest', 'Use a version such as 1.9 or 1.9.4.'],
])('%s %s is wrong usage', async (flag, version, says) => {
  const { code, stderr } = await lint(flag, version);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});
