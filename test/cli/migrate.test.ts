import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const MANIFESTS = yamlOf([
  service('web', [{ number: 80, pod: 8080 }]),
  ingress({ host: 'a.io', annotations: { satisfy: 'any', 'ssl-redirect': 'false' }, paths: [['/', 'Prefix', 'web']] }),
]);

test('the answer goes to stdout, and the exit code is 0 however much differs', async () => {
  const run = await runBin(['migrate', '--to', 'traefik', '--to', 'f5'], MANIFESTS);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^1 Ingress, 1 with annotations of ingress-nginx\n/);
  expect(run.stdout).toContain('traefik: none: not supported: all checks must pass');
  expect(run.stderr).toMatch(/^1 Ingress \(2 objects\)/m);
});

test('--fail-on refused exits with 1 for what has no equivalent there', async () => {
  const run = await runBin(['migrate', '--to', 'traefik', '--fail-on', 'refused', '--format', 'json'], MANIFESTS);
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ formatVersion: 1, totals: { ingresses: 1 } });
});

test('a target that there is not exits with 2, and the others are named', async () => {
  const run = await runBin(['migrate', '--to', 'kong'], MANIFESTS);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain('Allowed choices are gateway-api, traefik, f5, haproxy.');
});
