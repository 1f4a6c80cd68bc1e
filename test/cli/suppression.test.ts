import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const PATHS: readonly (readonly [string, 'Prefix' | 'ImplementationSpecific', string])[] = [
  ['/api/(.*)', 'ImplementationSpecific', 'web'],
];
/** The path has one group. */
const MISTAKE = yamlOf([
  WEB,
  ingress({ host: 'shop.example.com', annotations: { 'rewrite-target': '/$2' }, paths: [...PATHS] }),
]);
const COMMENT = '# ingress2nginx-disable-file missing-group -- meant so\n';
/** The password file is missing, which is an error. */
const OPEN = yamlOf([
  WEB,
  ingress({
    host: 'shop.example.com',
    annotations: { 'auth-type': 'digest', 'auth-secret': 'passwords' },
    paths: [['/', 'Prefix', 'web']],
  }),
]);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'suppression-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['lint', 'render', 'routes'])('%s neither shows nor counts what is suppressed', async command => {
  const [open, suppressed] = await Promise.all([
    runBin([command, '--fail-on', 'warning', '-'], MISTAKE),
    runBin([command, '--fail-on', 'warning', '-'], `${COMMENT}${MISTAKE}`),
  ]);
  expect(open.code).toBe(1);
  expect(open.stdout + open.stderr).toContain('I2N225');
  expect(suppressed.code).toBe(0);
  expect(suppressed.stdout + suppressed.stderr).not.toContain('I2N225');
  expect(suppressed.stderr).toMatch(/ in 1 file: no findings, 1 suppressed \(\d+\.\d\d s\)\n$/);
});

test('an error that is suppressed opens nothing: the same is written as with --on-error isolate', async () => {
  const [refused, isolated] = await Promise.all([
    runBin(['render', '--format', 'json', '-'], OPEN),
    runBin(['render', '--on-error', 'isolate', '-'], OPEN),
  ]);
  const { diagnostics } = JSON.parse(refused.stderr) as { readonly diagnostics: readonly { readonly rule: string }[] };
  const comment = `# ingress2nginx-disable-file ${diagnostics.map(({ rule }) => rule).join(' ')}\n`;
  const suppressed = await runBin(['render', '-'], comment + OPEN);
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(isolated.stdout).toContain('return 503;');
  expect(suppressed).toMatchObject({ code: 0, stdout: isolated.stdout });
});

test('only lint says that a suppression suppresses nothing', async () => {
  writeFileSync(join(folder, 'shop.yaml'), `# ingress2nginx-disable-file I2N221\n${COMMENT}${MISTAKE}`);
  const [lint, render] = await Promise.all([runBin(['lint'], '', folder), runBin(['routes', 'shop.yaml'], '', folder)]);
  expect(lint.stdout).toMatch(/^shop\.yaml:1:3 {2}warning {2}I2N176 unused-suppression {2}/);
  expect(render.stderr).toMatch(/: no findings, 1 suppressed /);
});

test('what says that something was not read cannot be disabled', async () => {
  const run = await runBin(['lint', '--disable', 'broken-yaml', '-'], MISTAKE);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/^error: I2N107 broken-yaml cannot be disabled: /);
});
