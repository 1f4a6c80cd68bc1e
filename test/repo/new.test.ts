import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Much of it, and nothing that is checked here. */
const LEFT_OUT = ['node_modules', '.git', '.cache'];

/** Annotations that no family has. */
const UNBUILT = ['new-thing', 'new-thing-size'];

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let parent = '';
let copy = '';

/** Runs a program in the copy. */
function run(program: string, words: readonly string[]): Promise<Run> {
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH']}` };
  return new Promise(resolve => {
    execFile(program, words, { cwd: copy, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

const make = (...words: readonly string[]): Promise<Run> => run('node', ['scripts/new.mjs', ...words]);

/** The tests of some files that fail, each by its name. Words of vitest may leave out others. */
async function failures(files: readonly string[]): Promise<readonly string[]> {
  const report = join(parent, 'report.json');
  await run('vitest', ['run', ...files, '--reporter=json', `--outputFile=${report}`]);
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    readonly testResults: readonly {
      readonly name: string;
      readonly message: string;
      readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
    }[];
  };
  return testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message === '' ? [] : [`${name}: ${message}`]),
    ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  ]);
}

/** What format, lint, types and unused code have against what was made, by what was said about it. */
async function complaints(stdout: string): Promise<readonly string[]> {
  const written = [...stdout.matchAll(/^ {2}(?<path>\S+\.ts)$/gmu)].map(([path]) => path.trim());
  const checks: readonly (readonly [string, readonly string[]])[] = [
    ['oxfmt', ['--check', ...written]],
    ['oxlint', ['--type-aware', '-c', 'oxlint.config.mjs', '--deny-warnings', ...written]],
    ['tsc', []],
  ];
  const found: string[] = [];
  for (const [program, words] of checks) {
    const checked = await run(program, words);
    if (checked.code !== 0) found.push(`${program}: ${checked.stdout}${checked.stderr}`);
  }
  const unused = await run('knip', []);
  return [...found, ...written.filter(path => unused.stdout.includes(path))];
}

async function copyProject(): Promise<void> {
  parent = await mkdtemp(join(tmpdir(), 'ingress2nginx-new-'));
  copy = join(parent, 'copy');
  const names = (await readdir(ROOT)).filter(name => !LEFT_OUT.includes(name));
  await Promise.all(names.map(name => cp(join(ROOT, name), join(copy, name), { recursive: true })));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
}

describe('npm run new', () => {
  beforeAll(copyProject);
  afterAll(() => rm(parent, { recursive: true, force: true }));

  test.each([
    { name: 'without words', words: [], says: /^usage: npm run new/ },
    { name: 'for what it does not know', words: ['command', 'explain'], says: /^usage: npm run new/ },
    { name: 'for what every object has', words: ['toString', 'explain'], says: /^usage: npm run new/ },
    { name: 'with a word too many', words: ['rule', 'stale-cache', 'lint', 'more'], says: /^usage: npm run new/ },
    { name: 'for a rule of one word', words: ['rule', 'stale'], says: /^"stale" is not the name of a rule/ },
    { name: 'for a rule with capitals', words: ['rule', 'Stale-cache'], says: /^"Stale-cache" is not/ },
    { name: 'for a rule that leads elsewhere', words: ['rule', '../stale-cache'], says: /is not the name of a rule/ },
    { name: 'for a rule that is there', words: ['rule', 'missing-service'], says: /^missing-service is there already/ },
    { name: 'for a family of capitals', words: ['family', 'Proxy'], says: /^"Proxy" is not the name of a family/ },
    { name: 'for a family that leads elsewhere', words: ['family', '../proxy'], says: /is not the name of a family/ },
    { name: 'for a family that is a keyword', words: ['family', 'let'], says: /^"let" is a word of the/ },
    { name: 'for a family that is a word of its files', words: ['family', 'rows'], says: /^"rows" is a word/ },
    {
      name: 'for a family that is another word',
      words: ['family', 'scope', ...UNBUILT],
      says: /^scope is there/,
    },
    {
      name: 'for a family that is there',
      words: ['family', 'rewrite', ...UNBUILT],
      says: /^rewrite is there already/,
    },
    { name: 'for an annotation in capitals', words: ['family', 'way', 'Weather'], says: /^"Weather" is not the name/ },
    { name: 'for an annotation that is there', words: ['family', 'way', 'use-regex'], says: /^use-regex is there/ },
    { name: 'for one that was removed', words: ['family', 'way', 'grpc-backend'], says: /^grpc-backend is there/ },
    { name: 'for a stage without rules', words: ['rule', 'stale-cache', 'steps'], says: /^"steps" is not a stage/ },
  ])('refuses to go on $name', async ({ words, says }) => {
    const { code, stdout, stderr } = await make(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  test('makes a rule and a family that are fine but for a test of each, and makes them once', async () => {
    const rule = ['rule', 'stale-cache'] as const;
    const family = ['family', 'new-family', ...UNBUILT];
    const made = [await make(...rule), await make(...family)];
    expect(made).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(await complaints(made.map(({ stdout }) => stdout).join(''))).toEqual([]);
    const laws = ['rule-examples', 'rules', 'docs', 'templates', 'families'].map(name => `test/repo/${name}.test.ts`);
    const failed = await failures(['test/unit/annotations', 'test/unit/controller-config', ...laws]);
    expect(failed.toSorted()).toEqual([
      "'takes what is written'",
      // Read does nothing yet.
      ...UNBUILT.map(name => `${name} alone changes something, or says that it does not`),
      expect.stringMatching(/^the examples of 'I2N\d{3}' 'stale-cache'$/),
    ]);
    expect(await failures(['test/golden.test.ts', '-t', 'new-family/'])).toEqual([]);
    expect(await make(...rule)).toMatchObject({ code: 2, stdout: '' });
    expect(await make(...family)).toMatchObject({ code: 2, stdout: '' });
  });

  test('makes a rule of another stage, whatever its file is called there', async () => {
    expect(await make('rule', 'other-tools', 'compile')).toMatchObject({ code: 0, stderr: '' });
    const list = await readFile(join(copy, 'src/lint/rules.ts'), 'utf8');
    expect(list).toContain("import * as compileOtherTools from '../compile/rules/other-tools.ts';");
    expect(list).toContain('\n  compileOtherTools,\n');
  });
});
