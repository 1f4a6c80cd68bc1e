import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { rules } from '../../src/lint/rules.ts';
import { runBin } from '../support/bin.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What a terminal of 60 columns gets. */
function onTerminal(...words: readonly string[]): string {
  const line = `stty cols 60 rows 30; exec ${[process.execPath, BIN, 'lint', ...words].map(word => `'${word}'`).join(' ')}`;
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const options = { encoding: 'utf8', env: { ...env, TERM: 'xterm' }, input: '' } as const;
  return spawnSync('script', ['-qefc', line, '/dev/null'], options).stdout.replaceAll('\r\n', '\n');
}

test('--list-rules has a line for each rule, and reads nothing', async () => {
  const run = await runBin(['lint', '--list-rules', 'nowhere']);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const lines = run.stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^ID +NAME +SEVERITY +MEANING$/);
  expect(lines.slice(1).map(line => line.split(/ +/).slice(0, 2))).toEqual(rules.map(({ id, name }) => [id, name]));
});

test('--list-rules --format json is described by its schema', async () => {
  const run = await runBin(['lint', '--list-rules', '--format', 'json']);
  const listed = JSON.parse(run.stdout) as { readonly rules: readonly { readonly rule: string }[] };
  const ajv = new Ajv({ strict: false, validateFormats: false });
  expect(ajv.validate(JSON.parse(read('docs/schemas/rules.json')) as object, listed)).toBe(true);
  expect(listed.rules.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id));
});

test('--list-rules has the severities that other flags give', async () => {
  const run = await runBin(['lint', '--list-rules', '--severity', 'missing-group=error', '--disable', 'I2N221']);
  expect(run.stdout).toMatch(/^I2N225 {2}missing-group +error /m);
  expect(run.stdout).toMatch(/^I2N221 {2}literal-path +off /m);
});

test.each(['sarif', 'json=out.json'])('--list-rules does not write %s', async format => {
  const run = await runBin(['lint', '--list-rules', '--format', format]);
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: 'error: --list-rules writes pretty or json, to stdout\n' });
});

test('--list-rules fits a narrow terminal', () => {
  const lines = stripVTControlCharacters(onTerminal('--list-rules')).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^I2N101 {2}unreadable-file {2}error$/);
  expect(lines.filter(line => line.length > 60)).toEqual([]);
});

test.each(['I2N225', 'i2n225', 'missing-group'])('--explain %s prints the page of the documentation', async name => {
  expect(await runBin(['lint', '--explain', name])).toEqual({
    code: 0,
    stdout: read('docs/rules/missing-group.md'),
    stderr: '',
  });
});

test('--explain is laid out for a terminal', () => {
  const text = onTerminal('--explain', 'missing-group');
  expect(text).toContain('\u001b[1mI2N225 missing-group\u001b[22m\n');
  expect(text).toContain('\u001b[1mWrong\u001b[22m\n\n    apiVersion: networking.k8s.io/v1\n');
  const prose = stripVTControlCharacters(text)
    .split('\n')
    .filter(line => !line.startsWith('    '));
  expect(prose.filter(line => line.length > 60)).toEqual([]);
  expect(text).not.toContain('```');
});

test.each([
  { name: 'missing-grup', says: 'error: there is no rule "missing-grup"; did you mean missing-group?' },
  { name: 'I2N999', says: 'error: there is no rule "I2N999" (' },
])('--explain $name says that there is none', async ({ name, says }) => {
  const run = await runBin(['lint', '--explain', name]);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  expect(run.stderr).toContain(says);
});

test('--list-rules and --explain are two questions', async () => {
  const run = await runBin(['lint', '--list-rules', '--explain', 'missing-group']);
  expect(run.code).toBe(2);
});
