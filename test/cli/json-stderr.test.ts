import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const home = mkdtempSync(join(tmpdir(), 'i2n-json-stderr-'));
const file = join(home, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(home, { recursive: true, force: true }));

const GOOD = yamlOf([
  service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }),
  ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
]);
const BAD = `${GOOD}\n---\nkind: [`;
const EMPTY = 'apiVersion: v1\nkind: List\nitems: []\n';

const ajv = new Ajv({ strict: false });
const schemaOf = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(`../../docs/schemas/${name}.json`, import.meta.url), 'utf8')) as object);
const isReport = schemaOf('diagnostics');
const isMessage = schemaOf('message');

const linesOf = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as unknown);

const state = ['--state-dir', join(home, 'state')];

/** What each run says last on stderr; undefined: nothing. */
const RUNS: readonly {
  readonly words: readonly string[];
  readonly stdin?: string;
  readonly code: number;
  readonly last?: object;
}[] = [
  { words: ['render'], stdin: GOOD, code: 0, last: { summary: expect.any(Object) as object } },
  { words: ['render'], stdin: BAD, code: 1, last: { withheld: expect.stringContaining('--on-error') as string } },
  { words: ['render', '--verbose'], stdin: GOOD, code: 0, last: {} },
  {
    words: ['render', '--quiet', '--fail-on', 'info'],
    stdin: EMPTY,
    code: 1,
    last: { withheld: expect.any(String) as string },
  },
  {
    words: ['render', '-o', join(file, 'x')],
    stdin: GOOD,
    code: 3,
    last: { problem: expect.stringMatching(/was not written/) as string },
  },
  {
    words: ['render', '--test', '--nginx', '/no/such'],
    stdin: GOOD,
    code: 3,
    last: { problem: expect.any(String) as string },
  },
  { words: ['render', '/no/such/path'], code: 2, last: { level: 'error', message: '"/no/such/path" does not exist' } },
  {
    words: ['render', '--htp-port', '1'],
    code: 2,
    last: { message: "unknown option '--htp-port' (Did you mean --http-port?)" },
  },
  { words: ['render', '--http-port', '99999'], code: 2, last: { level: 'error' } },
  { words: ['render', '--http-port', '8443', '--https-port', '8443'], code: 2, last: { level: 'error' } },
  { words: ['render', '-o', file], stdin: GOOD, code: 2, last: { level: 'error' } },
  { words: ['render', '--watch', '-o', home, home], code: 2, last: { level: 'error' } },
  { words: ['routes'], stdin: BAD, code: 1, last: { diagnostics: expect.any(Array) as object } },
  { words: ['hosts'], stdin: GOOD, code: 0, last: { notes: [expect.stringContaining('127.0.0.1')] } },
  {
    words: ['hosts', '--write', '--hosts-file', join(home, 'no', 'x')],
    stdin: GOOD,
    code: 3,
    last: { problem: expect.any(String) as string },
  },
  { words: ['hosts', '--remove', '--hosts-file', join(home, 'no', 'x')], code: 3, last: { level: 'error' } },
  { words: ['hosts', '--remove', '--hosts-file', file], code: 0 },
  {
    words: ['apply', '--nginx', '/no/such', ...state],
    stdin: GOOD,
    code: 3,
    last: { problem: expect.any(String) as string },
  },
  { words: ['apply', ...state], stdin: BAD, code: 1, last: { withheld: expect.any(String) as string } },
  { words: ['apply', '--dry-run', ...state], stdin: BAD, code: 1, last: { withheld: expect.any(String) as string } },
  {
    words: ['apply', '--dry-run', '--nginx', '/no/such', ...state],
    stdin: GOOD,
    code: 3,
    last: { problem: expect.any(String) as string },
  },
  { words: ['apply', '--backend-address', 'port-forward'], stdin: GOOD, code: 2, last: { level: 'error' } },
  { words: ['status', '--state-dir', file], code: 3, last: { level: 'error' } },
  { words: ['stop', '--state-dir', file], code: 3, last: { level: 'error' } },
  { words: ['stop', ...state], code: 0 },
  { words: ['start', ...state], code: 3, last: { level: 'error' } },
  { words: ['start', '--no-such'], code: 2, last: { level: 'error' } },
  { words: ['releases', '--state-dir', file], code: 3, last: { level: 'error' } },
  { words: ['releases', ...state], code: 1 },
  { words: ['rollback', ...state], code: 3, last: { level: 'error' } },
  { words: ['stop', '--timeout', 'soon'], code: 2, last: { level: 'error' } },
];

describe('with --format json nothing but JSON stands on stderr, an object a line', () => {
  test.each(RUNS.map(run => ({ ...run, name: run.words.join(' ').replaceAll(home, 'HOME') })))(
    '$name',
    async ({ words, stdin, code, last }) => {
      const run = await runBin([...words, '--format', 'json'], stdin ?? '');
      expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code });
      const lines = linesOf(run.stderr);
      for (const line of lines) expect(isReport(line) || isMessage(line)).toBe(true);
      expect(lines.slice(-1)).toMatchObject(last === undefined ? [] : [last]);
    },
  );

  test('also where the flag is written as one word, and comes before what is wrong', async () => {
    const run = await runBin(['render', '--format=json', '--no-such-flag']);
    expect(linesOf(run.stderr)).toEqual([
      { formatVersion: 1, level: 'error', message: "unknown option '--no-such-flag'" },
    ]);
  });
});

describe('with --log-format json every line is an entry of the log', () => {
  test.each([
    { name: 'a path that does not exist', words: ['render', '--watch', '-o', 'out', '/no/such/path'], code: 2 },
    { name: 'a flag that is misspelt', words: ['render', '--watch', '-o', 'out', '--sync', '1', '.'], code: 2 },
    { name: 'no kubectl', words: ['apply', '--watch', '--kubectl', '/no/such', ...state], code: 3 },
  ])('$name', async ({ words, code }) => {
    const run = await runBin([...words, '--log-format', 'json']);
    expect(run.code).toBe(code);
    expect(linesOf(run.stderr).at(-1)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-/) as string,
      level: 'error',
      event: 'fatal',
      message: expect.any(String) as string,
    });
  });
});
