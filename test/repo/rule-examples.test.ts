import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { PLACEHOLDERS } from '../../scripts/new/rule.mjs';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { lintLoaded } from '../../src/jobs/lint.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import { rules } from '../../src/lint/rules.ts';
import { SETTINGS } from '../support/compiled.ts';
import { framed } from '../support/rule-frame.ts';

const EXAMPLES = fileURLToPath(new URL('../../fixtures/rules', import.meta.url));

/** Rules that no text of a manifest makes fire, and why; their own tests are beside the code. */
const WITHOUT_MANIFEST: Readonly<Record<string, string>> = {
  'unreadable-file': 'is about a file that cannot be opened',
  'binary-file': 'is about bytes that are no text',
  'not-utf8': 'is about bytes that are no text',
  'file-too-large': 'is about more bytes than belong in a repository',
  'no-manifests': 'is about a folder',
  'helm-chart': 'is about the name of a file',
  'unapplied-kustomization': 'is about the name of a file',
  'unrendered-template': 'is about files of a folder: see fixtures/repositories',
  'deployed-elsewhere': 'is about files of a folder: see fixtures/repositories',
  'alternative-folders': 'is about files of a folder: see fixtures/repositories',
  'empty-input': 'is about an input without any object',
  'output-in-the-way': 'is about the output folder',
  'output-link-replaced': 'is about the output folder',
  'output-edited': 'is about the output folder',
  'output-left-over': 'is about the output folder',
  'passwords-of-root': 'is about the output folder, and who writes there',
  'name-from-hosts-file': 'is about the hosts file of this machine',
  'too-many-endpoints': 'is about more endpoints than belong in a repository',
  'too-large-to-apply': 'is about more text than belongs in a repository',
  'many-host-patterns': 'is about more hosts than belong in a repository',
  'many-expressions': 'is about more paths than belong in a repository',
  'dead-address': 'is about a status, which only hosts reads',
  'host-name-taken': 'is about the hosts file',
  'forward-pending': 'is about kubectl, which needs a moment',
  'nginx-refuses': 'is about what nginx says',
  'nginx-warns': 'is about what nginx says',
  'missing-address': 'is about the machine of the test',
  'isolated-ingress': 'is about what nginx says',
  'overruled-listen-option': 'is about a flag',
  'outdated-baseline': 'is about the file of a baseline',
};

/** Texts that `npm run new` writes. */
const UNWRITTEN = new RegExp(Object.values(PLACEHOLDERS).join('|'));

const exampled = rules.filter(({ name }) => !(name in WITHOUT_MANIFEST));

interface Example {
  readonly file: string;
  readonly text: string;
  /** The names after `# also fires:` in the head. */
  readonly others: readonly string[];
  /** `# settings: controllerConfig=ingress/controller` stands for the flag, `withoutNotes` for one without a value; `{…}` and `[…]` are JSON. */
  readonly settings: Partial<CompileSettings>;
}

function readExample(rule: string, which: 'bad' | 'good'): Example | undefined {
  const file = ['yaml', 'json']
    .map(ending => join(EXAMPLES, rule, `${which}.${ending}`))
    .find(path => existsSync(path));
  if (file === undefined) return undefined;
  const text = readFileSync(file, 'utf8');
  const words = (key: string) => new RegExp(`^# ${key}: (.*)$`, 'mu').exec(text)?.[1]?.split(' ') ?? [];
  const given = words('settings').map(word => [word.split('=')[0] ?? '', valueOf(word.split('=')[1])] as const);
  const settings = Object.fromEntries(given) as Partial<CompileSettings>;
  return { file, text, others: words('also fires'), settings };
}

/** A setting that is a number is one here, too; `{…}` is JSON. */
function valueOf(text: string | undefined): unknown {
  if (text === undefined) return true;
  if (/^[[{]/.test(text)) return JSON.parse(text);
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Comes with an annotation, whether something is wrong with it or not. */
const NOTE = 'behaviour-difference';

/** The names of the rules that fire, each once. */
async function firedBy({ file, text, settings }: Example, example: string): Promise<readonly string[]> {
  const sources = framed({ name: file, text });
  const all = { ...SETTINGS, ...settings, watchWithoutClass: true };
  const { signal } = new AbortController();
  const choice = { root: '/', folder: '/', pathOf: (path: string) => path, files: [] };
  const loaded = loadTexts({ sources, settings: all });
  const { findings } = await lintLoaded({ loaded, choice, nginx: undefined, signal });
  const names = new Set(findings.reported.map(({ rule }) => rule.name));
  return [...names].filter(name => name !== NOTE || example === NOTE).toSorted();
}

describe('the examples of', () => {
  test.each(exampled)('$id $name', async ({ name, summary, why }) => {
    const bad = readExample(name, 'bad');
    const good = readExample(name, 'good');
    if (bad === undefined || good === undefined) throw new Error(`fixtures/rules/${name}/ needs bad and good`);
    expect({ bad: await firedBy(bad, name), good: await firedBy(good, name) }).toEqual({
      bad: [name, ...bad.others].toSorted(),
      good: [],
    });
    expect(`${summary} ${why}`).not.toMatch(UNWRITTEN);
  });
});

describe('fixtures/rules/', () => {
  const folders = readdirSync(EXAMPLES).filter(name => name !== 'frame.yaml');

  test('has folders of rules only, and what their examples share', async () => {
    const names = new Set(exampled.map(({ name }) => name));
    expect(folders.filter(folder => !names.has(folder))).toEqual([]);
    const frame = { file: 'frame.yaml', text: readFileSync(join(EXAMPLES, 'frame.yaml'), 'utf8') };
    expect(await firedBy({ ...frame, others: [], settings: {} }, '')).toEqual([]);
  });

  test('has a bad and a good file in each folder', () => {
    const files = folders.flatMap(folder => readdirSync(join(EXAMPLES, folder)));
    expect(files.filter(file => !/^(?:bad|good)\.(?:yaml|json)$/.test(file))).toEqual([]);
  });

  test('shows each rule alone, but those that say that there are more, or what is assumed of what is missing', () => {
    const shared = exampled.filter(({ name }) => readExample(name, 'bad')?.others.length !== 0);
    expect(shared.map(({ name }) => name)).toEqual(['hidden-problems', 'more-problems', 'service-elsewhere']);
  });

  test('lacks only rules that exist', () => {
    const names = new Set(rules.map(({ name }) => name));
    expect(Object.keys(WITHOUT_MANIFEST).filter(name => !names.has(name))).toEqual([]);
  });
});
