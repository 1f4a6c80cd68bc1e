import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { afterAll, expect, test } from 'vitest';

import { ingress, service, yamlOf } from '../support/manifests.ts';
import { leftOnTerminal } from '../support/terminal.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'i2n-narrow-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const annotations = { 'auth-type': 'basic', 'auth-secret': 'users-of-the-back-office', 'proxy-body-size': '8m' };
writeFileSync(
  join(home, 'shop.yaml'),
  yamlOf([
    service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }),
    ingress({ annotations, host: 'shop.example.com', paths: [['/a-rather-long-path/of/some-team', 'Prefix', 'web']] }),
    ingress({ name: 'b', host: 'shop.example.com', paths: [['/a-rather-long-path/of/some-team', 'Prefix', 'web']] }),
  ]),
);

/** What a terminal of 80 columns gets, line by line. */
function onTerminal(words: readonly string[]): readonly string[] {
  const line = `stty cols 80 rows 30; exec ${[process.execPath, BIN, ...words].map(word => `'${word}'`).join(' ')}`;
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const options = { cwd: home, encoding: 'utf8', env: { ...env, TERM: 'xterm' }, input: '' } as const;
  const { stdout } = spawnSync('script', ['-qefc', line, '/dev/null'], options);
  return stripVTControlCharacters(leftOnTerminal(stdout)).split('\r\n');
}

test.each([
  { words: ['render', '--on-error', 'isolate', '-o', 'out', 'shop.yaml'], says: /help: / },
  { words: ['routes', 'shop.yaml'], says: /-> 503 / },
  { words: ['explain', 'http://shop.example.com/a-rather-long-path/of/some-team', 'shop.yaml'], says: /help: / },
  { words: ['hosts', 'shop.yaml'], says: /127\.0\.0\.1 shop\.example\.com/ },
  { words: ['status', '--state-dir', home], says: /applied/ },
  ...['render', 'apply', 'status', 'rollback', 'stop', 'start', 'releases', 'routes', 'explain', 'hosts'].map(
    command => ({
      words: [command, '--help'],
      says: /Exit codes:/,
    }),
  ),
  { words: ['--help'], says: /Exit codes:/ },
])('on 80 columns no line of "$words" is longer, unless one word is', ({ words, says }) => {
  const lines = onTerminal(words);
  expect(lines.join('\n')).toMatch(says);
  // One word, behind blanks or a label, may be: a path or an address that somebody copies.
  expect(lines.filter(line => line.length > 80 && !/^ *(?:-> |help: |[\w ]+: )?\S+$/.test(line))).toEqual([]);
});
