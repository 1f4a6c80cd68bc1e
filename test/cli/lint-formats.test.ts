import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { leftOnTerminal } from '../support/terminal.ts';
import { SARIF } from '../support/formats/sarif-schema.ts';
import { CHECKSTYLE, faultsOf, JUNIT } from '../support/formats/xml-shape.ts';
import { readXml } from '../support/formats/xml.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));
const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const withGroup = (name: string) =>
  ingress({
    name,
    host: `${name}.example.com`,
    annotations: { 'rewrite-target': '/$2' },
    paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
  });
const MISTAKE = yamlOf([WEB, withGroup('shop')]);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-formats-'));
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'apps'));
  writeFileSync(join(folder, 'apps/shop.yaml'), MISTAKE);
});
afterEach(() => rmSync(folder, { recursive: true }));

const lint = (words: readonly string[], where = folder, env: NodeJS.ProcessEnv = {}) =>
  runBin(['lint', ...words], '', where, env);
const written = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('several formats are written at once, each to its file', async () => {
  const files = ['sarif', 'junit', 'gitlab', 'checkstyle', 'markdown', 'json', 'compact', 'pretty', 'github'];
  const run = await lint([...files.flatMap(format => ['--format', `${format}=out.${format}`]), 'apps']);
  expect(run).toMatchObject({ code: 0, stdout: '' });
  expect(run.stderr).toMatch(/^1 Ingress .*: 1 warning \(/);
  const ajv = new Ajv({ strict: false, validateFormats: false });
  expect(ajv.validate(SARIF, JSON.parse(written('out.sarif')))).toBe(true);
  const diagnostics: unknown = JSON.parse(
    readFileSync(new URL('../../docs/schemas/diagnostics.json', import.meta.url), 'utf8'),
  );
  expect(ajv.validate(diagnostics as object, JSON.parse(written('out.json')))).toBe(true);
  expect(faultsOf(readXml(written('out.junit')), JUNIT)).toEqual([]);
  expect(faultsOf(readXml(written('out.checkstyle')), CHECKSTYLE)).toEqual([]);
  expect(JSON.parse(written('out.gitlab'))).toMatchObject([{ location: { path: 'apps/shop.yaml' } }]);
  expect(written('out.markdown')).toContain('| warning | apps/shop.yaml:');
  expect(written('out.compact')).toMatch(/^apps\/shop\.yaml:\d+:\d+: warning: /);
  expect(written('out.pretty')).toMatch(/^apps\/shop\.yaml:\d+:\d+ {2}warning {2}I2N225 /);
  expect(written('out.github')).toMatch(/^::warning file=apps\/shop\.yaml,/);
});

test('one format can be on stdout beside the files', async () => {
  const run = await lint(['--format', 'compact', '--format', 'json=out.json', 'apps']);
  expect(run.stdout).toMatch(/^apps\/shop\.yaml:\d+:\d+: warning: /);
  expect(JSON.parse(written('out.json'))).toMatchObject({ summary: { warnings: 1 } });
});

test('json and sarif have the fix of a finding, as text in the place of other text', async () => {
  const text = `kind: ConfigMap
apiVersion: v1
metadata:
  name: options
  annotations: {owner: true}
`;
  writeFileSync(join(folder, 'unquoted.yaml'), text);
  await lint(['--format', 'json=out.json', '--format', 'sarif=out.sarif', 'unquoted.yaml']);
  const [{ fix } = {}] = (
    JSON.parse(written('out.json')) as { diagnostics: { rule: string; fix?: object }[] }
  ).diagnostics.filter(({ rule }) => rule === 'I2N121');
  const edit = { file: 'unquoted.yaml', line: 5, column: 24, endLine: 5, endColumn: 28, text: '"true"' };
  expect(fix).toMatchObject({ title: 'put the value in quotes', effect: 'meant', edits: [edit] });
  const region = { startLine: 5, startColumn: 24, endLine: 5, endColumn: 28 };
  expect(JSON.parse(written('out.sarif'))).toMatchObject({
    runs: [
      {
        results: expect.arrayContaining([
          expect.objectContaining({
            ruleId: 'I2N121',
            fixes: [
              {
                description: { text: 'put the value in quotes' },
                artifactChanges: [
                  {
                    artifactLocation: { uri: 'unquoted.yaml', uriBaseId: '%SRCROOT%' },
                    replacements: [{ deletedRegion: region, insertedContent: { text: '"true"' } }],
                  },
                ],
              },
            ],
          }) as object,
        ]) as object[],
      },
    ],
  });
});

test('files have what --quiet does not show', async () => {
  const run = await lint(['--quiet', '--format', 'json', '--format', 'json=out.json', 'apps']);
  expect(JSON.parse(run.stdout)).toMatchObject({ diagnostics: [] });
  expect(JSON.parse(written('out.json'))).toMatchObject({ diagnostics: [{ name: 'missing-group' }] });
});

test('paths are those of the repository, wherever the command runs', async () => {
  const run = await lint(['--format', 'github', 'shop.yaml'], join(folder, 'apps'));
  expect(run.stdout).toMatch(/^::warning file=apps\/shop\.yaml,/);
});

test.each([
  { name: 'that of GitHub', env: { GITHUB_WORKSPACE: 'apps' } },
  { name: 'that of GitLab', env: { CI_PROJECT_DIR: 'apps' } },
])('a checkout of a CI system goes before the Git repository: $name', async ({ env }) => {
  const [[key, value] = ['', '']] = Object.entries(env);
  const run = await lint(['--format', 'github', 'shop.yaml'], join(folder, 'apps'), { [key]: join(folder, value) });
  expect(run.stdout).toMatch(/^::warning file=shop\.yaml,/);
});

describe('a report', () => {
  test('replaces the old one', async () => {
    writeFileSync(join(folder, 'out.json'), 'old');
    await lint(['--format', 'json=out.json', 'apps']);
    expect(JSON.parse(written('out.json'))).toMatchObject({ formatVersion: 1 });
    expect(readdirSync(folder).toSorted()).toEqual(['.git', 'apps', 'out.json']);
  });

  test('goes through no link to a file', async () => {
    writeFileSync(join(folder, 'real.json'), 'old');
    symlinkSync('real.json', join(folder, 'out.json'));
    const run = await lint(['--format', 'json=out.json', 'apps']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('--format: "out.json" is a symbolic link; name the file that it leads to');
    expect(written('real.json')).toBe('old');
  });

  test('can go to what is no file, which stays what it is', async () => {
    expect(await lint(['--format', 'compact=/dev/null', 'apps'])).toMatchObject({ code: 0, stdout: '' });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.each([
    {
      name: 'into a folder that does not exist',
      to: 'json=no/such/out.json',
      says: '--format: there is no folder "no/such"',
    },
    { name: 'in the place of a folder', to: 'json=apps', says: '--format: "apps" is a folder' },
    { name: 'in the place of a manifest', to: 'sarif=apps/shop.yaml', says: '"apps/shop.yaml" was read as input' },
    { name: 'in an unknown format', to: 'html', says: 'Allowed choices are pretty, compact, json, sarif' },
    { name: 'without a name', to: 'sarif=', says: 'Name the file: sarif=FILE' },
  ])('is wrong usage $name', async ({ to, says }) => {
    const run = await lint(['--format', to, 'apps']);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toContain(says);
  });

  test.each([
    { name: 'stdout', words: ['--format', 'json', '--format', 'sarif'], says: 'Two formats cannot share stdout' },
    { name: 'a file', words: ['--format', 'json=x', '--format', 'sarif=x'], says: 'Two formats cannot share "x"' },
  ])('shares $name with no other', async ({ words, says }) => {
    const run = await lint([...words, 'apps']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(says);
    expect(readdirSync(folder)).not.toContain('x');
  });

  test('that cannot be written is a failure of the environment', async () => {
    const run = await lint(['--format', 'compact=/dev/full', 'apps']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^ingress2nginx: "\/dev\/full" was not written: .*ENOSPC/m);
  });
});

test('in GitHub Actions, the default is a log in colour and its commands', async () => {
  const run = await lint(['apps'], folder, { GITHUB_ACTIONS: 'true', NO_COLOR: '' });
  expect(run.stdout).toContain('\u001b[33mwarning\u001b[39m');
  expect(run.stdout).toMatch(/^::warning file=apps\/shop\.yaml,/m);
  const plain = await lint(['apps'], folder, { GITHUB_ACTIONS: 'true' });
  expect(plain.stdout).not.toContain('\u001b');
  expect(await lint(['--format', 'compact', 'apps'], folder, { GITHUB_ACTIONS: 'true' })).not.toMatchObject({
    stdout: expect.stringContaining('::warning') as string,
  });
});

describe('on a terminal', () => {
  /** What a terminal of 100 columns gets, line by line. */
  function onTerminal(words: readonly string[]): readonly string[] {
    const line = `stty cols 100 rows 50; exec ${[process.execPath, BIN, 'lint', ...words].map(word => `'${word}'`).join(' ')}`;
    const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_ACTIONS: _actions, ...env } = process.env;
    const options = {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, TERM: 'xterm' },
      input: '',
      maxBuffer: 64e6,
    } as const;
    const { stdout } = spawnSync('script', ['-qefc', line, '/dev/null'], options);
    return stripVTControlCharacters(leftOnTerminal(stdout)).trimEnd().split('\r\n');
  }

  const COUNT = 5_000;
  beforeEach(() => {
    writeFileSync(
      join(folder, 'many.yaml'),
      yamlOf([WEB, ...Array.from({ length: COUNT }, (_, n) => withGroup(`h${n}`))]),
    );
  });

  test('thousands of findings take a screen or two', () => {
    const lines = onTerminal(['many.yaml']);
    expect(lines.length).toBeLessThan(100);
    const text = lines.join('\n');
    expect(text).toMatch(/^ {4}… and 4,9\d\d more like this$/m);
    expect(text).toMatch(/^I2N225 {2}missing-group +warning +5,000$/m);
    expect(lines.at(-1)).toMatch(/^5000 Ingresses \(5001 objects\) in 1 file: 5000 warnings \(/);
  });

  test('--verbose shows all', () => {
    const text = onTerminal(['--verbose', 'many.yaml']).join('\n');
    expect(text.match(/warning {2}I2N225/g)).toHaveLength(COUNT);
    expect(text).not.toContain('more like this');
  });

  test('few findings are not folded', () => {
    expect(onTerminal(['apps']).join('\n')).not.toContain('RULE');
  });
});

test('a pipe gets all findings', async () => {
  writeFileSync(join(folder, 'some.yaml'), yamlOf([WEB, ...Array.from({ length: 20 }, (_, n) => withGroup(`h${n}`))]));
  const run = await lint(['some.yaml']);
  expect(run.stdout.match(/warning {2}I2N225/g)).toHaveLength(20);
});
