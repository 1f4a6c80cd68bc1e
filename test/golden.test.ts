import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { compileSources } from './support/compiled.ts';
import { expectOutcomes } from './support/golden/expect-outcomes.ts';
import { flagsOf } from './support/golden/flags.ts';
import { readRequests } from './support/golden/requests.ts';
import { serveFolder } from './support/golden/served.ts';
import type { ServedFolder } from './support/golden/served.ts';
import { checkNginx, freePorts } from './support/nginx.ts';
import { runWarm } from './support/warm-bin.ts';

const GOLDEN = fileURLToPath(new URL('../fixtures/golden', import.meta.url));
const IS_UPDATE = (process.env['UPDATE_GOLDEN'] ?? '') !== '';
const scratch = mkdtempSync(join(tmpdir(), 'ingress2nginx-golden-'));

if (IS_UPDATE && (process.env['CI'] ?? '') !== '') {
  throw new Error('UPDATE_GOLDEN is refused when CI is set: expectations are rewritten, and looked at, by people');
}
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Files below a folder by path, with `/`. */
function readTree(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter(name => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map(name => [name, readFileSync(join(folder, name), 'utf8')]));
}

interface Rendered {
  readonly tree: Readonly<Record<string, string>>;
  /** The findings, a line each, without the two lines of summary: they hold the folder and a time. */
  readonly diagnostics: string;
}

let renders = 0;

async function render(folder: string, input: string): Promise<Rendered> {
  renders += 1;
  const out = join(scratch, String(renders));
  const flags = existsSync(join(folder, 'input.yaml')) ? flagsOf(folder) : [];
  const words = ['render', input, '-o', out, '--on-error', 'isolate', '--format', 'compact', ...flags];
  const { code, stderr } = await runWarm(words, '', folder);
  if (code !== 0 && code !== 1) throw new Error(`render ended with ${code}: ${stderr}`);
  return {
    tree: readTree(out),
    diagnostics: stderr.replace(/^.* files? written, .*\n/mu, '').replace(/^\d+ Ingress.* s\)\n$/mu, ''),
  };
}

/** The blocks within `http`, each with the comment above it: they are parted by empty lines. */
function blocksOf(text: string): readonly string[] {
  const body = /^http \{\n([\s\S]*?)^\}$/mu.exec(text)?.[1] ?? '';
  return body.split(/\n\n(?= {2}\S)/u).map(block => `${block.replace(/^\n+|\n+$/gu, '')}\n`);
}

const nothing = join(scratch, 'nothing.yaml');
writeFileSync(nothing, '{apiVersion: v1, kind: ConfigMap, metadata: {name: texts}}\n');
const baseline = render(scratch, nothing).then(({ tree }) => new Set(blocksOf(tree['nginx.conf'] ?? '')));

/** How much room nginx gives to names: that depends on how many there are, and not on what a folder is about. */
const SIZES = /^ {2}(?:map|variables|proxy_headers)_hash_/u;

/** What this input made, and a render without an Ingress does not have. */
async function ownBlocks(text: string): Promise<string> {
  const usual = await baseline;
  return blocksOf(text)
    .filter(block => !usual.has(block) && !SIZES.test(block))
    .join('\n');
}

/** Writes a file when expectations are to be rewritten; an empty text stands for no file. */
function rewrite(path: string, actual: string): void {
  if (!IS_UPDATE) return;
  rmSync(path, { force: true });
  if (actual === '') return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, actual);
}

function expectFile(path: string, actual: string): void {
  rewrite(path, actual);
  expect(actual).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
}

function expectTree(folder: string, actual: Readonly<Record<string, string>>): void {
  if (IS_UPDATE) rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(actual)) rewrite(join(folder, path), text);
  expect(actual).toEqual(readTree(folder));
}

const MANIFEST = '.ingress2nginx.json';

/** Without the routing that a folder keeps for `diff`: one line of JSON, which no reviewer would read. */
function withoutRecord(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const manifest = tree[MANIFEST] ?? '';
  expect(manifest).toMatch(/,\n {2}"routing": \{.*\}\n\}\n$/u);
  return { ...tree, [MANIFEST]: manifest.replace(/,\n {2}"routing": .*/u, '') };
}

const families = readdirSync(GOLDEN).toSorted();
const cases = families.flatMap(family =>
  readdirSync(join(GOLDEN, family)).map(name => {
    const folder = join(GOLDEN, family, name);
    return { name: `${family}/${name}`, folder, asked: readRequests(folder) };
  }),
);
const small = cases.filter(({ name }) => !name.startsWith('whole/'));
const whole = cases.filter(({ name }) => name.startsWith('whole/'));

describe('a golden folder', () => {
  test.each(cases)('$name holds what belongs there', ({ name, folder, asked }) => {
    const expectation = name.startsWith('whole/') ? 'tree' : 'expected.conf';
    const known = ['input.yaml', expectation, 'diagnostics.txt', 'requests.yaml'];
    expect(readdirSync(folder).filter(file => !known.includes(file))).toEqual([]);
    expect(readFileSync(join(folder, 'input.yaml'), 'utf8')).toMatch(/^# \S/u);
    expect(asked?.problems ?? []).toEqual([]);
  });

  test.each(small)('$name is rendered as expected', async ({ folder }) => {
    const { tree, diagnostics } = await render(folder, 'input.yaml');
    expectFile(join(folder, 'expected.conf'), await ownBlocks(tree['nginx.conf'] ?? ''));
    expectFile(join(folder, 'diagnostics.txt'), diagnostics);
  });

  test.each(whole)('$name is rendered as expected', async ({ folder }) => {
    const { tree, diagnostics } = await render(folder, 'input.yaml');
    expectTree(join(folder, 'tree'), withoutRecord(tree));
    expectFile(join(folder, 'diagnostics.txt'), diagnostics);
    const [httpPort = 0, httpsPort = 0] = await freePorts(2);
    const source = { name: 'input.yaml', text: readFileSync(join(folder, 'input.yaml'), 'utf8') };
    expect(checkNginx(compileSources([source], { httpPort, httpsPort }).files)).toMatchObject({ isFine: true });
  });
});

const served = cases.flatMap(({ name, folder, asked }) =>
  asked === undefined ? [] : [{ name, folder, ...asked.file }],
);

describe.each(served)('a real nginx with $name:', file => {
  let nginx: ServedFolder;
  beforeAll(async () => {
    nginx = await serveFolder(file.folder, file);
  });
  afterAll(() => nginx.stop());

  test.each(file.requests)('$name', async request => {
    expectOutcomes(request, await nginx.send(request), nginx.complaints());
  });
});
