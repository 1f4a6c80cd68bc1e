import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { ingress, service, yamlOf } from '../support/manifests.ts';
import { eventually } from '../support/watching.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

let home = '';
let input = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-terminal-'));
  input = join(home, 'in');
  mkdirSync(input);
  writeFileSync(
    join(input, 'web.yaml'),
    yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]),
  );
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  rmSync(home, { recursive: true, force: true });
});

const shop = (host: string): string => yamlOf([ingress({ host, paths: [['/', 'Prefix', 'web']] })]);

/** The built program on a terminal of its own, 100 columns wide. */
function onTerminal(flags: readonly string[], env: NodeJS.ProcessEnv) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = process.env;
  const words = [process.execPath, BIN, 'render', input, '-o', join(home, 'out'), '--watch', ...flags];
  const line = `stty cols 100 rows 30; exec ${words.map(word => `'${word}'`).join(' ')}`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...rest, TERM: 'xterm', ...env },
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', chunk => void (text += String(chunk)));
  const ended = new Promise<number | null>(done => void child.once('close', done));
  return {
    text: () => text,
    screen: () => screenOf(text),
    until: (pattern: RegExp) =>
      eventually(
        String(pattern),
        () => screenOf(text).find(row => pattern.test(row)),
        () => text,
      ),
    /** Ctrl-C */
    interrupt(): Promise<number | null> {
      child.stdin.write('\u0003');
      return ended;
    },
  };
}

const ESCAPE = '\u001b';
const PARTS = new RegExp(
  [
    `${ESCAPE}\\[(\\d+)A`,
    `${ESCAPE}\\[J`,
    `${ESCAPE}\\[[\\d;]*m`,
    String.raw`\r`,
    String.raw`\n`,
    `[^${ESCAPE}\r\n]+`,
  ].join('|'),
  'g',
);

/** What a terminal shows of it: only lines, colours, and the steps up that we take. */
function screenOf(text: string): readonly string[] {
  const rows: (string | undefined)[] = [''];
  let at = 0;
  for (const [part = '', up] of text.matchAll(PARTS)) {
    if (up !== undefined) at = Math.max(0, at - Number(up));
    else if (part === `${ESCAPE}[J`) rows.splice(at, Infinity, '');
    else if (part === '\n') at += 1;
    else if (part !== '\r' && !part.startsWith(ESCAPE)) rows[at] = `${rows[at] ?? ''}${part}`;
  }
  return Array.from(rows, row => row ?? '');
}

test('a status is drawn in place, and findings stand above it', async () => {
  const terminal = onTerminal([], {});
  await terminal.until(/^findings {2}1 warning/);
  writeFileSync(join(input, 'shop.yaml'), shop('shop.example.com'));
  await terminal.until(/^routes {4}3 from 2 objects; last change: 1 added, 0 removed, 0 changed$/);
  await terminal.until(/^change {4}.*shop\.yaml added, \d+ s ago$/);
  await terminal.until(/^findings {2}none$/);
  const rows = terminal.screen();
  expect(rows.filter(row => row.startsWith('-- ingress2nginx render --watch')).length).toBe(1);
  const finding = rows.findIndex(row => row.includes('no-ingress'));
  expect(finding).toBeGreaterThanOrEqual(0);
  expect(finding).toBeLessThan(rows.findIndex(row => row.startsWith('-- ingress2nginx')));
  expect(await terminal.interrupt()).toBe(0);
  expect(terminal.screen().filter(row => row.startsWith('-- ingress2nginx'))).toEqual([]);
});

test.each([
  { name: 'NO_COLOR', flags: [], env: { NO_COLOR: '1' } },
  { name: 'a terminal that can do nothing', flags: [], env: { TERM: 'dumb' } },
  { name: '--color never', flags: ['--color', 'never'], env: {} },
  { name: '--log-format json', flags: ['--log-format', 'json'], env: {} },
])('$name gives log lines alone', async ({ flags, env }) => {
  const terminal = onTerminal(flags, env);
  await terminal.until(/synced {2}2 routes /);
  expect(await terminal.interrupt()).toBe(0);
  expect(terminal.text()).not.toContain(ESCAPE);
});
