import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, yamlOf } from '../support/manifests.ts';

const ALONE = yamlOf([ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] })]);

const GUARDED = yamlOf([
  ingress({
    host: 'shop.example.com',
    paths: [['/', 'Prefix', 'web']],
    annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
  }),
]);

test('what a repository does not hold is a note, with the place where it is named first', async () => {
  const run = await runBin(['lint', '-'], ALONE);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(
    /^<stdin>:\d+:\d+ {2}note {2}I2N433 elsewhere {2}Ingress shop\/shop: the Service shop\/web /,
  );
});

test('--closed-world makes an error of it', async () => {
  const run = await runBin(['lint', '--closed-world', '-'], ALONE);
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/error {2}I2N401 missing-service {2}Ingress shop\/shop: /);
});

test.each(['Service', 'secrets,services', 'SERVICE'])('--assume-external %s says nothing of it', async kinds => {
  const run = await runBin(['lint', '--closed-world', '--assume-external', kinds, '-'], ALONE);
  expect([run.code, run.stdout]).toEqual([0, '']);
});

test('a kind that nobody names is refused', async () => {
  const run = await runBin(['lint', '--assume-external', 'Pod', '-'], ALONE);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('Use Service, Endpoints, Secret, ConfigMap and IngressClass.');
});

test('render says what its output lacks, unless it is elsewhere, and nothing may be missing from a closed world', async () => {
  const run = (...flags: readonly string[]) => runBin(['render', ...flags, '-'], GUARDED);
  const usual = await run();
  expect([usual.code, usual.stderr]).toEqual([1, expect.stringMatching(/error {2}I2N306 missing-auth-secret/)]);
  const external = await run('--assume-external', 'Secret');
  expect([external.code, external.stderr]).toEqual([0, expect.not.stringMatching(/I2N306|I2N401/)]);
  const closed = await run('--closed-world');
  expect(closed.stderr).toMatch(/error {2}I2N401 missing-service/);
});
