import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const MANIFESTS = yamlOf([WEB, ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'web']] })]);

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-report-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the page goes to a file as a whole, and the same to stdout', async () => {
  const file = await runBin(['report', '-o', 'report.html'], MANIFESTS, folder);
  expect(file).toMatchObject({ code: 0, stdout: '' });
  expect(file.stderr).toMatch(/^report\.html: \d+ kB written$/m);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>.*shop\.example\.com.*<\/html>\n$/s);
  const stdout = await runBin(['report', '-o', '-'], MANIFESTS, folder);
  expect(stdout.stdout).toBe(page);
});

test('it is written where there are findings, too, and they decide on the exit code', async () => {
  const broken = yamlOf([
    ingress({
      host: 'shop.example.com',
      annotations: { 'proxy-read-timeout': 'soon' },
      paths: [['/', 'Prefix', 'web']],
    }),
  ]);
  const run = await runBin(['report', '--fail-on', 'warning', '-o', 'report.html'], broken, folder);
  expect(run.code).toBe(1);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('proxy-read-timeout');
});

test('a file that was read is never replaced, and one that report did not write only with --force', async () => {
  writeFileSync(join(folder, 'all.json'), MANIFESTS);
  writeFileSync(join(folder, 'note.txt'), 'precious');
  const onInput = await runBin(['report', 'all.json', '-o', './all.json', '--force'], '', folder);
  expect(onInput).toMatchObject({ code: 2, stdout: '' });
  expect(onInput.stderr).toContain('--output: "./all.json" was read as input; name another file');
  expect(readFileSync(join(folder, 'all.json'), 'utf8')).toBe(MANIFESTS);
  const onOther = await runBin(['report', 'all.json', '-o', 'note.txt'], '', folder);
  expect(onOther.code).toBe(2);
  expect(onOther.stderr).toContain('use --force to replace it');
  expect(readFileSync(join(folder, 'note.txt'), 'utf8')).toBe('precious');
  expect(await runBin(['report', 'all.json', '-o', 'note.txt', '--force'], '', folder)).toMatchObject({ code: 0 });
  // It is a page now.
  expect(await runBin(['report', 'all.json', '-o', 'note.txt'], '', folder)).toMatchObject({ code: 0 });
});

test('no link is followed', async () => {
  writeFileSync(join(folder, 'precious'), 'precious');
  symlinkSync('precious', join(folder, 'report.html'));
  const run = await runBin(['report', '-o', 'report.html'], MANIFESTS, folder);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('is a symbolic link; name the file that it leads to');
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
});

test('the graph goes to stdout, in either language', async () => {
  const mermaid = await runBin(['report', '--graph', 'mermaid'], MANIFESTS, folder);
  expect(mermaid.stdout).toMatch(/^flowchart LR\n {2}n1\(\["shop\.example\.com"\]\)\n/);
  const dot = await runBin(['report', '--graph', 'dot'], MANIFESTS, folder);
  expect(dot.stdout).toMatch(/^digraph routing \{\n/);
});

test('a graph that GitHub does not draw is said to be one', async () => {
  const hosts = Array.from({ length: 200 }, (_, index) =>
    ingress({ name: `shop-${index}`, host: `shop-${index}.example.com`, paths: [['/', 'Prefix', 'web']] }),
  );
  const run = await runBin(['report', '--graph', 'mermaid'], yamlOf([WEB, ...hosts]), folder);
  expect(run.stderr).toMatch(/the graph has \d+ arrows in \d+ characters; GitHub draws 500 arrows/);
});
