import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { runShell } from '../support/shell.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
/** The path has one group. */
const MISTAKE = yamlOf([
  WEB,
  ingress({
    host: 'shop.example.com',
    annotations: { 'rewrite-target': '/$2' },
    paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
  }),
]);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('findings are the result: they are on stdout, the summary is on stderr', async () => {
  const run = await runBin(['lint', '-'], MISTAKE);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^<stdin>:\d+:\d+ {2}warning {2}I2N225 missing-group {2}Ingress shop\/shop: /);
  expect(run.stderr).toMatch(/^1 Ingress \(\d objects\) in 1 file: 1 warning \(\d+\.\d\d s\)\n$/);
});

test('without a path, the current folder is read; its files are named as people name them', async () => {
  write('apps/shop.yaml', MISTAKE);
  const run = await runBin(['lint'], '', folder);
  expect(run.stdout).toMatch(/^apps\/shop\.yaml:\d+:\d+ {2}warning {2}I2N225 /);
  expect(readdirSync(folder)).toEqual(['apps']);
});

test('without a path, what is piped in goes before the current folder', async () => {
  write('broken.yaml', 'a: [');
  const run = await runBin(['lint'], MISTAKE, folder);
  expect(run.stdout).toMatch(/^<stdin>:/);
  expect(run.stdout).not.toContain('broken.yaml');
});

test.each([
  {
    name: 'a rule has the severity that the user gives it',
    words: ['--severity', 'missing-group=error'],
    code: 1,
    out: / error {2}I2N225 /,
  },
  {
    name: 'the last severity counts',
    words: ['--severity', 'I2N225=error', '--severity', 'missing-group=note'],
    code: 0,
    out: / note {2}I2N225 /,
  },
  { name: 'a disabled rule says nothing', words: ['--disable', 'i2n225,unused-default-backend'], code: 0, out: /^$/ },
  { name: 'off is the same', words: ['--severity', 'I2N225=off'], code: 0, out: /^$/ },
  { name: 'only the wanted rules are reported', words: ['--only', 'I2N221'], code: 0, out: /^$/ },
  {
    name: 'the threshold counts what is reported',
    words: ['--fail-on', 'warning', '--disable', 'I2N225'],
    code: 0,
    out: /^$/,
  },
  { name: 'the threshold can be a warning', words: ['--fail-on', 'warning'], code: 1, out: / warning {2}I2N225 / },
])('$name', async ({ words, code, out }) => {
  const run = await runBin(['lint', ...words, '-'], MISTAKE);
  expect({ code: run.code, stderr: run.stderr.includes('error:') }).toEqual({ code, stderr: false });
  expect(run.stdout).toMatch(out);
});

test('a rule that does not exist is wrong usage, with the one that was meant', async () => {
  const run = await runBin(['lint', '--disable', 'missing-grop,I2N999', '-'], MISTAKE);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain('there is no rule "missing-grop"; did you mean missing-group?');
  expect(run.stderr).toContain('there is no rule "I2N999"');
});

test('a path that does not exist is wrong usage', async () => {
  const run = await runBin(['lint', 'nowhere'], '', folder);
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: 'error: "nowhere" does not exist\n' });
});

test('how our nginx differs from the controller in a detail is nothing for lint', async () => {
  const text = yamlOf([
    WEB,
    ingress({
      host: 'shop.example.com',
      annotations: { affinity: 'cookie' },
      paths: [['/', 'Prefix', 'web']],
    }),
  ]);
  const [lint, routes] = await Promise.all([runBin(['lint', '-'], text), runBin(['routes'], text)]);
  expect([lint.stdout, routes.stderr]).toEqual([
    expect.not.stringContaining('I2N348'),
    expect.stringContaining('I2N348'),
  ]);
});

test.each([
  { name: 'a pipe from a command that failed', line: 'sh -c "exit 1" | i2n lint' },
  { name: 'an empty file', line: ': > empty; i2n lint < empty' },
])('$name is empty input, and no reason to read the current folder', ({ line }) => {
  const run = runShell(`cd ${folder} && ${line}`);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('I2N106');
});
