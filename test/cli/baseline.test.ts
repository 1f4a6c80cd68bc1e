import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import type { Run } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]);

function mistaken(name: string): string {
  return yamlOf([
    ingress({
      name,
      host: `${name}.example.com`,
      annotations: { 'rewrite-target': '/$2' },
      paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
    }),
  ]);
}

let scratch = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ingress2nginx-baseline-'));
  write('shop.yaml', `${WEB}---\n${mistaken('one')}---\n${mistaken('two')}`);
});
afterEach(() => rmSync(scratch, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(scratch, path), text);
}

function lint(...words: readonly string[]): Promise<Run> {
  return runBin(['lint', '--format', 'compact', ...words, 'shop.yaml'], '', scratch);
}

test('what is in a baseline is not reported; the summary counts it', async () => {
  const written = await lint('--write-baseline', 'known.json', '--fail-on', 'warning');
  expect([written.code, written.stdout]).toEqual([0, '']);
  expect(written.stderr).toMatch(/^known\.json: 2 findings written\n.*: no findings, 2 in the baseline \(/);
  const run = await lint('--baseline', 'known.json', '--max-warnings', '0');
  expect([run.code, run.stdout]).toEqual([0, '']);
  expect(run.stderr).toMatch(/: no findings, 2 in the baseline \(/);
});

test('it holds when lines, documents and folders move, and says what is new', async () => {
  await lint('--write-baseline', 'known.json');
  write('shop.yaml', `# a\n\n${mistaken('two')}---\n${mistaken('new')}---\n# b\n${mistaken('one')}---\n${WEB}`);
  const renamed = `${scratch}-renamed`;
  renameSync(scratch, renamed);
  scratch = renamed;
  const run = await lint('--baseline', 'known.json');
  expect(run.stdout.match(/Ingress shop\/\w+/g)).toEqual(['Ingress shop/new']);
});

test('what is written does not depend on the order of the documents', async () => {
  await lint('--write-baseline', 'one.json');
  write('shop.yaml', `${mistaken('two')}---\n${mistaken('one')}---\n${WEB}`);
  await lint('--write-baseline', 'other.json');
  const [one, other] = ['one.json', 'other.json'].map(name => readFileSync(join(scratch, name), 'utf8'));
  expect(other).toBe(one);
});

test('an entry that matches nothing any more is a finding, at its place', async () => {
  await lint('--write-baseline', 'known.json');
  write('shop.yaml', `${WEB}---\n${mistaken('two')}`);
  const run = await lint('--baseline', 'known.json');
  expect(run.stdout).toMatch(
    /^known\.json:4:5: warning: 1 of 2 entries of the baseline matches no finding any more: missing-group of Ingress shop\/one \[I2N179 outdated-baseline\]\n$/,
  );
});

test('of a file that was not read, nobody knows', async () => {
  await lint('--write-baseline', 'known.json');
  write('other.yaml', `${WEB}---\n${mistaken('three')}`);
  const run = await runBin(['lint', '--baseline', 'known.json', '--format', 'compact', 'other.yaml'], '', scratch);
  expect(run.stdout).not.toContain('I2N179');
});

test('a baseline is brought up to date with both flags, which also make the first one', async () => {
  await lint('--baseline', 'known.json', '--write-baseline', 'known.json');
  write('shop.yaml', `${WEB}---\n${mistaken('two')}---\n${mistaken('three')}`);
  await lint('--baseline', 'known.json', '--write-baseline', 'known.json');
  const run = await lint('--baseline', 'known.json');
  expect([run.code, run.stdout]).toEqual([0, '']);
});

test('what cannot be read is in no baseline', async () => {
  write('shop.yaml', `a: [\n---\n${WEB}---\n${mistaken('one')}`);
  const written = await lint('--write-baseline', 'known.json');
  expect(written.code).toBe(1);
  expect(written.stdout).toContain('broken-yaml');
  expect(written.stderr).toContain('known.json: 1 finding written; 1 cannot be in a baseline\n');
});

test.each([
  { name: 'is not there', text: undefined, says: 'error: --baseline: "known.json" cannot be read: no such file' },
  { name: 'is no JSON', text: '{"formatVersion": 1,', says: 'error: --baseline: known.json:1:21: not valid JSON: ' },
  { name: 'is something else', text: '{"diagnostics": []}', says: 'error: --baseline: known.json:1:1: no baseline' },
])('a baseline that $name is wrong usage', async ({ text, says }) => {
  if (text !== undefined) write('known.json', text);
  const run = await lint('--baseline', 'known.json');
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(says);
});

test.each([
  { name: 'in a folder that is not there', file: 'nowhere/known.json', says: 'there is no folder "nowhere"' },
  { name: 'that is a folder', file: 'apps', says: '"apps" is a folder' },
])('a baseline $name is wrong usage, before anything is read', async ({ file, says }) => {
  mkdirSync(join(scratch, 'apps'));
  write('shop.yaml', 'a: [');
  const run = await lint('--write-baseline', file);
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: `error: --write-baseline: ${says}\n` });
});

test.each([
  { words: ['--fix-dry-run'], says: "'--fix-dry-run'" },
  { words: ['--only', 'missing-group'], says: "'--only <rules>'" },
  { words: ['--disable', 'missing-group'], says: "'--disable <rules>'" },
])('--write-baseline is refused with $words, and writes nothing', async ({ words, says }) => {
  const run = await lint('--write-baseline', 'known.json', ...words);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(`'--write-baseline <file>' cannot be used with option ${says}`);
  expect(existsSync(join(scratch, 'known.json'))).toBe(false);
});

test.each([
  { most: '2', code: 0, says: '' },
  { most: '1', code: 1, says: 'too many warnings: 2, and --max-warnings 1 allows no more than 1\n' },
  { most: '0', code: 1, says: 'too many warnings: 2, and --max-warnings 0 allows none\n' },
])('--max-warnings $most', async ({ most, code, says }) => {
  for (const run of await Promise.all([lint('--max-warnings', most), lint('--quiet', '--max-warnings', most)])) {
    expect(run.code).toBe(code);
    expect(/too many.*\n/.exec(run.stderr)?.[0] ?? '').toBe(says);
  }
});

test('--max-warnings takes a number', async () => {
  const run = await lint('--max-warnings', 'many');
  expect(run).toMatchObject({ code: 2, stdout: '' });
});

test('a config file can name a baseline, from its own folder', async () => {
  await lint('--write-baseline', 'known.json');
  write('.ingress2nginx.yaml', 'baseline: known.json\nmax-warnings: 0\n');
  mkdirSync(join(scratch, 'apps'));
  const run = await runBin(['lint', '../shop.yaml'], '', join(scratch, 'apps'));
  expect([run.code, run.stdout]).toEqual([0, '']);
  expect(run.stderr).toMatch(/: no findings, 2 in the baseline \(/);
});
