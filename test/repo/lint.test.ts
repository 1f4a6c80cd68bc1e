import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { EXCEPTIONS, LAYERS } from '../../layers.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files of a small project with our configuration, each with one fault, and the rule that must see it. */
const FAULTS = [
  {
    name: 'a lower layer that imports an upper one',
    file: 'src/input/planted-layer.ts',
    text: "import { answer } from '../cli/planted-fine.ts';\nexport const copy = answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'a lower layer that imports a type of an upper one',
    file: 'src/input/planted-layer-type.ts',
    text: "import type { Answer } from '../cli/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'nginx/ that imports resources/',
    file: 'src/nginx/planted-layer.ts',
    text: "import type { Answer } from '../resources/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'output/ that imports more of nginx/ than the file set',
    file: 'src/output/planted-layer.ts',
    text: "import type { Answer } from '../nginx/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'report/ that imports routing/',
    file: 'src/report/planted-layer.ts',
    text: "import type { Answer } from '../routing/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'report/ that imports more of live/ than its events',
    file: 'src/report/planted-live.ts',
    text: "import type { Answer } from '../live/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'what all of live/ shares that imports one part of it',
    file: 'src/live/planted-layer.ts',
    text: "import type { Answer } from './kubectl/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'a part of live/ that imports one further down',
    file: 'src/live/kubectl/planted-layer.ts',
    text: "import type { Answer } from '../publish/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'what follows files that imports what serves them',
    file: 'src/live/files/planted-layer.ts',
    text: "import type { Answer } from '../apply/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'a part of live/ that imports an upper folder',
    file: 'src/live/publish/planted-layer.ts',
    text: "import type { Answer } from '../../cli/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'a folder that imports a part of an upper one',
    file: 'src/output/planted-part.ts',
    text: "import type { Answer } from '../live/apply/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'lint/ that imports more of output/ than its rules',
    file: 'src/lint/planted-layer.ts',
    text: "import type { Answer } from '../output/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'jobs/ that imports cli/',
    file: 'src/jobs/planted-layer.ts',
    text: "import type { Answer } from '../cli/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'jobs/ that imports report/',
    file: 'src/jobs/planted-report.ts',
    text: "import type { Answer } from '../report/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'jobs/ that knows a command line',
    file: 'src/jobs/planted-command.ts',
    text: "import type { Command } from 'commander';\nexport type Copy = Command;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'jobs/ that writes to a stream of the process',
    file: 'src/jobs/planted-stream.ts',
    text: "export function f(): void {\n  process.stderr.write('x');\n}\n",
    rule: 'eslint(no-restricted-globals)',
  },
  {
    name: 'cli/ that does work of its own',
    file: 'src/cli/planted-work.ts',
    text: "import type { Answer } from '../resources/planted-fine.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'cli/ that compiles',
    file: 'src/cli/planted-compile.ts',
    text: "import type { Answer } from '../compile/compile.ts';\nexport type Copy = Answer;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    name: 'an import cycle',
    file: 'src/lint/planted-cycle-a.ts',
    text: "import { b } from './planted-cycle-b.ts';\nexport const a = (): number => b();\n",
    rule: 'import(no-cycle)',
  },
  {
    name: 'a promise that nobody waits for',
    file: 'src/lint/planted-promise.ts',
    text: 'async function work(): Promise<void> {\n  await Promise.resolve();\n}\nexport function start(): void {\n  work();\n}\n',
    rule: 'typescript(no-floating-promises)',
  },
  {
    name: 'an open switch',
    file: 'src/lint/planted-switch.ts',
    text: "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    name: 'a default in a closed switch',
    file: 'src/lint/planted-default.ts',
    text: "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n    default:\n      return 2;\n  }\n}\n",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    name: 'any',
    file: 'src/lint/planted-any.ts',
    text: 'export function f(x: any): unknown {\n  return x;\n}\n',
    rule: 'typescript(no-explicit-any)',
  },
  {
    name: 'a non-null assertion',
    file: 'src/lint/planted-bang.ts',
    text: 'export function f(x: readonly string[]): string {\n  return x[0]!;\n}\n',
    rule: 'typescript(no-non-null-assertion)',
  },
  {
    name: 'an assertion of a type',
    file: 'src/lint/planted-as.ts',
    text: 'export function f(x: unknown): string {\n  return x as string;\n}\n',
    rule: 'typescript(consistent-type-assertions)',
  },
  {
    name: 'a file that only exports again what others have',
    file: 'src/lint/planted-barrel.ts',
    text: "export * from './planted-any.ts';\n",
    rule: 'oxc(no-barrel-file)',
  },
  {
    name: 'a default export',
    file: 'src/lint/planted-default-export.ts',
    text: 'export default function f(): number {\n  return 1;\n}\n',
    rule: 'import(no-default-export)',
  },
  {
    name: 'output of its own',
    file: 'src/lint/planted-console.ts',
    text: "export function f(): void {\n  console.log('x');\n}\n",
    rule: 'eslint(no-console)',
  },
  {
    name: 'the process outside of the face',
    file: 'src/lint/planted-process.ts',
    text: 'export function f(): readonly string[] {\n  return process.argv;\n}\n',
    rule: 'eslint(no-restricted-globals)',
  },
  {
    name: 'an order that depends on the locale',
    file: 'src/lint/planted-locale.ts',
    text: 'export function f(a: string, b: string): number {\n  return a.localeCompare(b);\n}\n',
    rule: 'eslint(no-restricted-properties)',
  },
  {
    name: 'an empty catch',
    file: 'src/lint/planted-catch.ts',
    text: 'export function f(text: string): unknown {\n  try {\n    return JSON.parse(text);\n  } catch {}\n  return undefined;\n}\n',
    rule: 'eslint(no-empty)',
  },
  {
    name: 'a long file',
    file: 'src/lint/planted-long-file.ts',
    text: Array.from({ length: 251 }, (_, line) => `export const line${line} = ${line};\n`).join(''),
    rule: 'eslint(max-lines)',
  },
  {
    name: 'a long function',
    file: 'src/lint/planted-long-function.ts',
    text: `export function f(list: number[]): void {\n${'  list.push(1);\n'.repeat(49)}}\n`,
    rule: 'eslint(max-lines-per-function)',
  },
  {
    name: 'five parameters',
    file: 'src/lint/planted-parameters.ts',
    text: 'export function f(a: number, b: number, c: number, d: number, e: number): number {\n  return a + b + c + d + e;\n}\n',
    rule: 'eslint(max-params)',
  },
  {
    name: 'a test that is skipped',
    file: 'test/unit/planted.test.ts',
    text: "import { expect, test } from 'vitest';\n\ntest.skip('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n",
    rule: 'vitest(no-disabled-tests)',
  },
  {
    name: 'a test that expects nothing',
    file: 'test/unit/planted-idle.test.ts',
    text: "import { test } from 'vitest';\n\ntest('adds', () => {\n  Math.abs(1);\n});\n",
    rule: 'vitest(expect-expect)',
  },
];

/** Files that break nothing, so that the check above proves more than a linter that complains of everything. */
const FINE = [
  {
    file: 'src/lint/planted-cycle-b.ts',
    text: "import { a } from './planted-cycle-a.ts';\nexport const b = (): number => a();\n",
  },
  ...[
    'cli',
    'resources',
    'nginx',
    'routing',
    'diagnostics',
    'answers',
    'output',
    'live',
    'live/apply',
    'live/kubectl',
    'live/publish',
    'report',
  ].map(folder => ({
    file: `src/${folder}/planted-fine.ts`,
    text: 'export type Answer = number;\nexport const answer: Answer = 42;\n',
  })),
  { file: 'src/output/rules/planted.ts', text: 'export type Answer = number;\n' },
  {
    file: 'src/lint/planted-rules.ts',
    text: "import type { Answer } from '../output/rules/planted.ts';\nexport type Copy = Answer;\n",
  },
  { file: 'src/live/events.ts', text: 'export type Answer = number;\n' },
  {
    file: 'src/report/planted-events.ts',
    text: "import type { Answer } from '../live/events.ts';\nexport type Copy = Answer;\n",
  },
  {
    file: 'src/cli/planted-command.ts',
    text: "import type { Command } from 'commander';\nexport type Copy = Command;\n",
  },
  {
    file: 'src/jobs/planted-down.ts',
    text: "import type { Answer } from '../live/planted-fine.ts';\nexport type Copy = Answer;\n",
  },
  { file: 'src/compile/compile.ts', text: 'export type Answer = number;\n' },
  {
    file: 'src/live/publish/planted-down.ts',
    text: "import type { Answer } from '../kubectl/planted-fine.ts';\nexport type Copy = Answer;\n",
  },
  {
    file: 'src/live/kubectl/planted-shared.ts',
    text: "import type { Answer } from '../events.ts';\nexport type Copy = Answer;\n",
  },
  {
    file: 'src/cli/planted-part.ts',
    text: "import type { Answer } from '../live/publish/planted-fine.ts';\nexport type Copy = Answer;\n",
  },
  { file: 'src/nginx/file-set.ts', text: 'export type Answer = number;\n' },
  {
    file: 'src/cli/planted-down.ts',
    text: "import type { Answer } from '../live/planted-fine.ts';\nexport type Copy = Answer;\n",
  },
  {
    file: 'src/output/planted-down.ts',
    text: "import type { Answer } from '../nginx/file-set.ts';\nexport type Copy = Answer;\n",
  },
  {
    file: 'src/report/planted-down.ts',
    text: "import type { Answer } from '../answers/planted-fine.ts';\nexport type Copy = Answer;\n",
  },
];

interface Found {
  readonly filename: string;
  readonly code: string;
}

let folder = '';
let found: readonly Found[] = [];

/** The project has files of these names only; links would lead the linter back to our own. */
async function plant(): Promise<void> {
  for (const { file, text } of [...FAULTS, ...FINE]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  for (const name of ['oxlint.config.mjs', 'layers.mjs', 'tsconfig.json', 'package.json']) {
    await cp(join(ROOT, name), join(folder, name));
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

function lint(): Promise<readonly Found[]> {
  const words = ['--type-aware', '-c', 'oxlint.config.mjs', '--deny-warnings', '--format', 'json', 'src', 'test'];
  const bin = join(ROOT, 'node_modules', '.bin', 'oxlint');
  return new Promise(resolve => {
    execFile(bin, words, { cwd: folder, maxBuffer: 2 ** 26 }, (_, stdout) => resolve(JSON.parse(stdout).diagnostics));
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingress2nginx-lint-'));
  await plant();
  found = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(FAULTS)('the linter sees $name', ({ file, rule }) => {
  expect(found.filter(({ filename }) => filename === file).map(({ code }) => code)).toContain(rule);
});

test.each(FINE.slice(1))('the linter has nothing against $file', ({ file }) => {
  expect(found.filter(({ filename }) => filename === file)).toEqual([]);
});

describe('the list of layers', () => {
  test('has each folder of src/ once', async () => {
    const folders = await readdir(join(ROOT, 'src'));
    expect(folders.filter(name => !LAYERS.includes(name))).toEqual([]);
    expect(new Set(LAYERS).size).toBe(LAYERS.length);
  });

  test('has all folders of a folder, or none', async () => {
    const holders = new Set(LAYERS.filter(name => name.includes('/')).map(name => dirname(name)));
    for (const holder of holders) {
      const entries = await readdir(join(ROOT, 'src', holder), { withFileTypes: true });
      const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => `${holder}/${name}`);
      expect(LAYERS.filter(name => name.startsWith(`${holder}/`)).toSorted()).toEqual(folders.toSorted());
    }
  });

  test('has no two folders of one name, since imports may say no more than that', () => {
    const names = LAYERS.map(name => basename(name));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('has exceptions for folders that are in it', () => {
    expect(Object.keys(EXCEPTIONS).filter(name => !LAYERS.includes(name))).toEqual([]);
  });
});
