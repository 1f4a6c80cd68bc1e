import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test.each([
  { level: 'error', code: 1, shown: / error {2}I2N225 /, isWritten: false },
  { level: 'note', code: 0, shown: / note {2}I2N225 /, isWritten: true },
  { level: 'off', code: 0, shown: /: no findings \(/, isWritten: true },
])('the config file makes a rule $level in render as well', async ({ level, code, shown, isWritten }) => {
  writeFileSync(join(folder, '.ingress2nginx.yaml'), `severities:\n  missing-group: ${level}\n`);
  writeFileSync(join(folder, 'shop.yaml'), MISTAKE);
  const run = await runBin(['render', 'shop.yaml'], '', folder);
  expect(run.code).toBe(code);
  expect(run.stderr).toMatch(shown);
  expect(run.stdout !== '').toBe(isWritten);
});

test('what is suppressed and what a baseline has is in the reports for programs, with the reason', async () => {
  const annotations = { 'rewrite-target': '/$2' };
  const other = ingress({ name: 'other', host: 'other.example.com', annotations, paths: [...PATHS] });
  writeFileSync(join(folder, 'known.yaml'), yamlOf([other]));
  await runBin(['lint', '--write-baseline', 'known.json', 'known.yaml'], '', folder);
  writeFileSync(join(folder, 'shop.yaml'), `${COMMENT}${MISTAKE}`);
  const formats = ['--format', 'json', '--format', 'sarif=lint.sarif'];
  const run = await runBin(['lint', '--baseline', 'known.json', ...formats, 'known.yaml', 'shop.yaml'], '', folder);
  const { suppressed } = JSON.parse(run.stdout) as { readonly suppressed: unknown };
  expect(suppressed).toMatchObject([
    { file: 'shop.yaml', rule: 'I2N225', suppressedBy: 'inSource', reason: 'meant so', fingerprint: FINGERPRINT },
    { file: 'known.yaml', rule: 'I2N225', suppressedBy: 'external', fingerprint: FINGERPRINT },
  ]);
  const sarif = JSON.parse(readFileSync(join(folder, 'lint.sarif'), 'utf8')) as SarifLog;
  const kinds = sarif.runs.flatMap(({ results }) => results.flatMap(result => result.suppressions ?? []));
  expect(kinds).toEqual([{ kind: 'inSource', justification: 'meant so' }, { kind: 'external' }]);
});

const FINGERPRINT = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;

interface SarifLog {
  readonly runs: readonly { readonly results: readonly { readonly suppressions?: readonly unknown[] }[] }[];
}
