import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { readSources } from '../../../src/input/read-sources.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'i2n-input-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Names come back below the test's folder. */
async function read(paths: readonly string[], stdin = '') {
  const { report, diagnostics } = collect();
  const given = paths.map(path => (path === '-' || path.startsWith('/') ? path : `${folder}/${path}`));
  const options = { stdin: () => Buffer.from(stdin), stdinName: '<stdin>', report };
  const { sources, missing } = await readSources(given, options);
  const short = (name: string): string => name.replace(`${folder}/`, '');
  return {
    sources,
    names: sources.map(source => short(source.name)),
    texts: sources.map(source => source.text),
    missing: missing.map(short),
    rules: diagnostics.map(found => found.rule.name),
    diagnostics,
  };
}

describe('reads', () => {
  const FILES = {
    'b.yaml': 'b',
    'a.yml': 'a',
    'C.JSON': '{}',
    'notes.txt': 'n',
    'sub/é.yaml': 'e',
    'sub/z.yaml': 'z',
    'sub/deep/x.yaml': 'x',
    '.hidden.yaml': 'h',
    '.git/y.yaml': 'y',
    'node_modules/m.yaml': 'm',
    'we[i]rd*.yaml': 'w',
  };
  test.each([
    {
      name: 'a folder: manifests only, in byte order',
      paths: [''],
      names: ['C.JSON', 'a.yml', 'b.yaml', 'sub/deep/x.yaml', 'sub/z.yaml', 'sub/é.yaml', 'we[i]rd*.yaml'],
    },
    { name: 'a file of any ending that is named', paths: ['notes.txt'], names: ['notes.txt'] },
    { name: 'a hidden file that is named', paths: ['.hidden.yaml'], names: ['.hidden.yaml'] },
    { name: 'a hidden folder that is named', paths: ['.git'], names: ['.git/y.yaml'] },
    { name: 'paths in the order given', paths: ['b.yaml', 'a.yml'], names: ['b.yaml', 'a.yml'] },
    { name: 'a file once', paths: ['b.yaml', 'b.yaml', 'sub/../b.yaml'], names: ['b.yaml'] },
    { name: 'a file whose name looks like a pattern', paths: ['we[i]rd*.yaml'], names: ['we[i]rd*.yaml'] },
    { name: '* within a folder', paths: ['*.yaml'], names: ['b.yaml', 'we[i]rd*.yaml'] },
    { name: '** in any depth', paths: ['**/x.yaml'], names: ['sub/deep/x.yaml'] },
    { name: '** also at no depth', paths: ['**/b.yaml'], names: ['b.yaml'] },
    { name: '? and [..]', paths: ['sub/[x-z].yam?'], names: ['sub/z.yaml'] },
    { name: '[!..]', paths: ['[!b].y*ml'], names: ['a.yml'] },
    { name: 'what a pattern matches, of any ending', paths: ['*.txt'], names: ['notes.txt'] },
  ])('$name', async ({ paths, names }) => {
    write(FILES);
    expect(await read(paths)).toMatchObject({ names, missing: [], rules: [] });
  });

  test('standard input once, under its name', async () => {
    expect(await read(['-', '-'], 'kind: Ingress')).toMatchObject({ names: ['<stdin>'], texts: ['kind: Ingress'] });
  });

  test('a file that is reached by a link once, under its first name', async () => {
    write({ 'a/one.yaml': '1' });
    symlinkSync(join(folder, 'a/one.yaml'), join(folder, 'a/two.yaml'));
    expect(await read(['a'])).toMatchObject({ names: ['a/one.yaml'] });
  });

  test('through links to folders, and ends where they lead in a circle', async () => {
    write({ 'a/one.yaml': '1', 'b/two.yaml': '2' });
    symlinkSync(join(folder, 'b'), join(folder, 'a/link'));
    symlinkSync(join(folder, 'a'), join(folder, 'b/back'));
    expect(await read(['a'])).toMatchObject({ names: ['a/link/two.yaml', 'a/one.yaml'], rules: [] });
  });

  test('links out of the folder, and says of their files that they are from outside', async () => {
    write({ 'a/own.yaml': '1', 'a/..data/mounted.yaml': '2', 'b/other.yaml': '3', 'b/far/more.yaml': '4' });
    symlinkSync('../b/other.yaml', join(folder, 'a/linked.yaml'));
    symlinkSync('..data/mounted.yaml', join(folder, 'a/mounted.yaml'));
    symlinkSync(join(folder, 'b/far'), join(folder, 'a/zoo'));
    const { sources } = await read(['a']);
    expect(sources.map(({ name, isFromOutside }) => [name, isFromOutside])).toEqual([
      [`${folder}/a/linked.yaml`, true],
      [`${folder}/a/mounted.yaml`, undefined],
      [`${folder}/a/own.yaml`, undefined],
      [`${folder}/a/zoo/more.yaml`, true],
    ]);
  });

  test('of a Helm chart only the file that says so', async () => {
    write({
      'a/web.yaml': '1',
      'a/chart/Chart.yaml': '2',
      'a/chart/values.yaml': '3',
      'a/chart/templates/x.yaml': '4',
    });
    expect(await read(['a'])).toMatchObject({ names: ['a/chart/Chart.yaml', 'a/web.yaml'] });
  });

  test('a link that is named itself as any file', async () => {
    write({ 'a/x': '', 'b/other.yaml': '3' });
    symlinkSync('../b/other.yaml', join(folder, 'a/linked.yaml'));
    expect((await read(['a/linked.yaml'])).sources).toEqual([{ name: `${folder}/a/linked.yaml`, text: '3' }]);
  });

  test('a pipe, which has no size and no real path', async () => {
    write({ 'job.mjs': '' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const writer = execFileSync('sh', [
      '-c',
      `(printf 'kind: Ingress' > '${folder}/pipe') >/dev/null 2>&1 & echo started`,
    ]);
    expect(writer.toString()).toBe('started\n');
    expect(await read(['pipe'])).toMatchObject({ names: ['pipe'], texts: ['kind: Ingress'] });
  });

  test('an empty device', async () => {
    expect(await read(['/dev/null'])).toMatchObject({ texts: [''], rules: [] });
  });

  test.each([
    { name: 'UTF-8', bytes: Buffer.from('é: ü'), text: 'é: ü' },
    { name: 'UTF-8 with byte order mark', bytes: Buffer.from('\uFEFFé'), text: 'é' },
    { name: 'UTF-16 of Windows', bytes: Buffer.from('\uFEFFkind: é', 'utf16le'), text: 'kind: é' },
    { name: 'UTF-16, big end first', bytes: Buffer.from('\uFEFFkind: é', 'utf16le').swap16(), text: 'kind: é' },
    { name: 'more than one read takes', bytes: Buffer.from('é'.repeat(100_000)), text: 'é'.repeat(100_000) },
  ])('$name', async ({ bytes, text }) => {
    write({ 'a.yaml': bytes });
    expect((await read(['a.yaml'])).texts).toEqual([text]);
  });
});

describe('gives back as missing', () => {
  test.each([
    { name: 'a path that leads nowhere', path: 'none.yaml' },
    { name: 'a path below a file', path: 'a.yaml/b.yaml' },
    { name: 'a pattern that matches nothing', path: '*.json' },
    { name: 'a pattern in a folder that is not there', path: 'none/*.yaml' },
  ])('$name', async ({ path }) => {
    write({ 'a.yaml': '' });
    expect(await read([path, 'a.yaml'])).toMatchObject({ names: ['a.yaml'], missing: [path], rules: [] });
  });
});

describe('reports, and reads the others:', () => {
  const LATIN1 = Buffer.from('kind: Ingress\nname: caf\u00e9\n', 'latin1');
  test.each([
    {
      name: 'a binary file',
      bytes: Buffer.from([0x1f, 0x8b, 0, 0]),
      message: /"\S+\/bad\.yaml" is a binary file$/,
      rule: 'binary-file',
    },
    { name: 'Latin-1', bytes: LATIN1, message: /is not UTF-8: byte 0xe9 in line 2$/, rule: 'not-utf8' },
    {
      name: 'UTF-8 that ends too early',
      bytes: Buffer.from([0x61, 0xc3]),
      message: /byte 0xc3 in line 1$/,
      rule: 'not-utf8',
    },
  ])('$name', async ({ bytes, message, rule }) => {
    write({ 'bad.yaml': bytes, 'good.yaml': 'x' });
    const { names, rules, diagnostics } = await read(['']);
    expect(names).toEqual(['good.yaml']);
    expect(rules).toEqual([rule]);
    expect(diagnostics[0]).toMatchObject({ message: expect.stringMatching(message), at: { line: 1, column: 1 } });
  });

  test('YAML over 256 MiB', async () => {
    write({ 'big.yaml': 'kind: Ingress\n', 'good.yaml': 'x' });
    truncateSync(join(folder, 'big.yaml'), 300 * 1024 * 1024);
    const { names, diagnostics } = await read(['']);
    expect(names).toEqual(['good.yaml']);
    expect(diagnostics).toMatchObject([
      { rule: { name: 'file-too-large' }, help: expect.stringContaining('split it') },
    ]);
  });

  test('a device that never ends', async () => {
    expect((await read(['/dev/zero'])).rules).toEqual(['file-too-large']);
  });

  test('a link that leads nowhere', async () => {
    write({ 'good.yaml': 'x' });
    symlinkSync(join(folder, 'none'), join(folder, 'bad.yaml'));
    const { names, diagnostics } = await read(['']);
    expect(names).toEqual(['good.yaml']);
    expect(diagnostics).toMatchObject([
      { rule: { name: 'unreadable-file' }, message: expect.stringMatching(/no such file or folder$/) },
    ]);
  });

  test('a link that leads to itself', async () => {
    symlinkSync(join(folder, 'bad.yaml'), join(folder, 'bad.yaml'));
    expect((await read(['bad.yaml'])).rules).toEqual(['unreadable-file']);
  });

  test('a folder without manifests', async () => {
    write({ 'notes.txt': '' });
    expect((await read([''])).rules).toEqual(['no-manifests']);
  });

  test('a folder without permission alone, of which nobody knows what it holds', async () => {
    write({ 'closed/a.yaml': '' });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0o000);
    expect((await withoutRights(() => read(['closed']))).rules).toEqual(['unreadable-file']);
  });

  test('a folder and a file without permission', async () => {
    write({ 'closed/a.yaml': '', 'closed.yaml': '', 'good.yaml': 'x' });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0o000);
    chmodSync(join(folder, 'closed.yaml'), 0o000);
    const { names, diagnostics } = await withoutRights(() => read(['']));
    expect(names).toEqual(['good.yaml']);
    expect(diagnostics).toMatchObject([
      {
        rule: { name: 'unreadable-file' },
        message: expect.stringMatching(/^the folder "\S+closed" cannot be read: permission denied$/),
      },
      {
        rule: { name: 'unreadable-file' },
        message: expect.stringMatching(/^"\S+closed.yaml" cannot be read: permission denied$/),
      },
    ]);
  });
});

/** Root reads everything, so it gives up its rights for the while. */
async function withoutRights<Result>(act: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
