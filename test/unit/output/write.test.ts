import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { FileSet } from '../../../src/nginx/file-set.ts';
import type { OutputResult } from '../../../src/output/write.ts';
import { writeOutput } from '../../../src/output/write.ts';
import { objectNamed } from '../../support/object-name.ts';

let home = '';
let out = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'i2n-output-'));
  out = join(home, 'out');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

type Texts = Readonly<Record<string, string>>;

/** What lies below `auth/` and `certs/` is secret. */
function fileSet(texts: Texts): FileSet {
  const paths = Object.keys(texts).toSorted();
  const files = paths.map(path => ({
    path,
    bytes: Buffer.from(texts[path] ?? ''),
    isSecret: /^(auth|certs)\//.test(path),
    from: [objectNamed(`Ingress shop/${path.replace(/\W/g, '-')}`)],
  }));
  return { files, folders: ['logs', 'run'] };
}

const RUN = { pid: 77, isAlive: () => false, now: () => 0 };

async function write(texts: Texts, options: { readonly signal?: AbortSignal; readonly run?: typeof RUN } = {}) {
  const { report, diagnostics } = collect();
  const signal = options.signal ?? new AbortController().signal;
  const result = await writeOutput({ dir: out, files: fileSet(texts), report, signal, run: options.run ?? RUN });
  return {
    result,
    rules: diagnostics.map(found => found.rule.name),
    messages: diagnostics.map(found => found.message),
  };
}

/** Path and text of every file below the folder, but not of the list of files. */
function filesIn(folder: string): Texts {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const entries = paths.map(path => [relative(folder, path), readFileSync(path, 'utf8')] as const);
  return Object.fromEntries(entries.filter(([path]) => path !== '.ingress2nginx.json'));
}

const mode = (path: string): string => (lstatSync(join(out, path)).mode & 0o777).toString(8);
const kind = (result: OutputResult): string => result.kind;

const SMALL = { 'nginx.conf': 'events {}\n' };
const WITH_SECRETS = { ...SMALL, 'auth/shop_users': 'alice:x\n', 'certs/shop_web.pem': 'PEM\n' };

test('a first render makes the folder, its parents, all files and the folders that nginx needs', async () => {
  out = join(home, 'a', 'b', 'out');
  const { result, rules } = await write(WITH_SECRETS);
  expect({ result, rules }).toEqual({ result: { kind: 'written', written: 3, unchanged: 0, removed: 0 }, rules: [] });
  expect(filesIn(out)).toEqual(WITH_SECRETS);
  expect(readdirSync(out).toSorted()).toEqual(['.ingress2nginx.json', 'auth', 'certs', 'logs', 'nginx.conf', 'run']);
});

test('the list of files says path, hash and origin, and nothing of time or place', async () => {
  await write(SMALL);
  expect(JSON.parse(readFileSync(join(out, '.ingress2nginx.json'), 'utf8'))).toEqual({
    formatVersion: 1,
    generator: 'ingress2nginx',
    files: [
      {
        path: 'nginx.conf',
        // printf 'events {}\n' | sha256sum
        sha256: 'b2496c33033eadfe85d1dcdfea8cb6af5fb63033d3fd08898a5fd76199aa5443',
        from: ['Ingress shop/nginx-conf'],
      },
    ],
    folders: ['logs', 'run'],
  });
});

test('secret files are 0600 in folders of 0700, whatever the umask', async () => {
  const umask = process.umask(0);
  await write(WITH_SECRETS);
  process.umask(umask);
  expect(['auth', 'certs', 'auth/shop_users', 'certs/shop_web.pem', '.ingress2nginx.json'].map(mode)).toEqual([
    '700',
    '700',
    '600',
    '600',
    '600',
  ]);
});

test('other files are 0644 and folders 0755, whatever the umask', async () => {
  const umask = process.umask(0o077);
  await write(SMALL);
  process.umask(umask);
  expect(['.', 'logs', 'run', 'nginx.conf', '.ingress2nginx.json'].map(mode)).toEqual([
    '755',
    '755',
    '755',
    '644',
    '644',
  ]);
});

test('secret files that others can read are closed, even if nothing changed', async () => {
  await write(WITH_SECRETS);
  chmodSync(join(out, 'certs'), 0o755);
  chmodSync(join(out, 'certs/shop_web.pem'), 0o644);
  await write(WITH_SECRETS);
  expect([mode('certs'), mode('certs/shop_web.pem')]).toEqual(['700', '600']);
});

test('a group that was let in stays in', async () => {
  await write(WITH_SECRETS);
  chmodSync(join(out, 'auth'), 0o750);
  await write(WITH_SECRETS);
  expect(mode('auth')).toBe('750');
});

test('a file that did not change is not written', async () => {
  await write(WITH_SECRETS);
  const old = lstatSync(join(out, 'auth/shop_users')).ino;
  const { result } = await write({ ...WITH_SECRETS, 'nginx.conf': 'events { }\n' });
  expect(result).toEqual({ kind: 'written', written: 1, unchanged: 2, removed: 0 });
  expect(lstatSync(join(out, 'auth/shop_users')).ino).toBe(old);
  expect(filesIn(out)).toEqual({ ...WITH_SECRETS, 'nginx.conf': 'events { }\n' });
});

test('files that are gone are removed, and folders that they leave empty', async () => {
  await write(WITH_SECRETS);
  writeFileSync(join(out, 'certs/notes.txt'), 'mine');
  const { result, rules } = await write(SMALL);
  expect({ result, rules }).toEqual({ result: { kind: 'written', written: 0, unchanged: 1, removed: 2 }, rules: [] });
  expect(filesIn(out)).toEqual({ ...SMALL, 'certs/notes.txt': 'mine' });
  expect(existsSync(join(out, 'auth'))).toBe(false);
});

test('a file that is gone but was changed by hand is left alone, with a word', async () => {
  await write(WITH_SECRETS);
  writeFileSync(join(out, 'auth/shop_users'), 'bob:y\n');
  const { rules, messages } = await write(SMALL);
  expect(rules).toEqual(['output-left-over']);
  expect(messages[0]).toContain('auth/shop_users');
  expect(filesIn(out)).toEqual({ ...SMALL, 'auth/shop_users': 'bob:y\n' });
});

test('a file that was changed by hand is written anew, with a word', async () => {
  await write(SMALL);
  writeFileSync(join(out, 'nginx.conf'), 'by hand\n');
  const { rules } = await write(SMALL);
  expect(rules).toEqual(['output-edited']);
  expect(filesIn(out)).toEqual(SMALL);
});

test.each([
  { name: 'a file of others', prepare: () => writeFileSync(join(out, 'nginx.conf'), 'theirs') },
  { name: 'a file of others in a folder', prepare: () => place('auth/shop_users') },
  { name: 'a file where a folder belongs', prepare: () => place('certs') },
  { name: 'a folder where a file belongs', prepare: () => mkdirSync(join(out, 'nginx.conf')) },
  {
    name: 'a list of files that is not ours',
    prepare: () => writeFileSync(join(out, '.ingress2nginx.json'), '{"files": []}'),
  },
])('$name is in the way, and nothing is written', async ({ prepare }) => {
  mkdirSync(out);
  prepare();
  const before = filesIn(out);
  const { result, rules } = await write(WITH_SECRETS);
  expect({ kind: kind(result), rules }).toEqual({ kind: 'refused', rules: ['output-in-the-way'] });
  expect(filesIn(out)).toEqual(before);
});

function place(path: string): void {
  mkdirSync(join(out, path, '..'), { recursive: true });
  writeFileSync(join(out, path), 'theirs');
}

test('a file of others with just our bytes becomes ours', async () => {
  mkdirSync(out);
  writeFileSync(join(out, 'nginx.conf'), SMALL['nginx.conf']);
  expect(kind((await write(SMALL)).result)).toBe('written');
  expect((await write({ 'nginx.conf': 'new\n' })).rules).toEqual([]);
});

test('files of others beside ours are never touched', async () => {
  mkdirSync(join(out, '.git'), { recursive: true });
  writeFileSync(join(out, '.git/HEAD'), 'ref');
  await write(WITH_SECRETS);
  await write(SMALL);
  expect(filesIn(out)).toEqual({ ...SMALL, '.git/HEAD': 'ref' });
});

test.each([
  { name: 'a linked file', link: 'nginx.conf', to: 'victim/file' },
  { name: 'a linked file that dangles', link: 'nginx.conf', to: 'victim/new' },
  { name: 'a linked folder', link: 'certs', to: 'victim' },
  { name: 'a linked list of files', link: '.ingress2nginx.json', to: 'victim/file' },
])('$name is replaced, never followed', async ({ link, to }) => {
  mkdirSync(join(home, 'victim'));
  writeFileSync(join(home, 'victim/file'), 'untouched');
  mkdirSync(out);
  symlinkSync(join(home, to), join(out, link));
  const { result, rules } = await write(WITH_SECRETS);
  expect({ kind: kind(result), rules }).toEqual({ kind: 'written', rules: ['output-link-replaced'] });
  expect(filesIn(join(home, 'victim'))).toEqual({ file: 'untouched' });
  expect(filesIn(out)).toEqual(WITH_SECRETS);
  expect(lstatSync(join(out, link)).isSymbolicLink()).toBe(false);
});

test('a folder that became a link is not followed to remove what was in it', async () => {
  await write(WITH_SECRETS);
  renameSync(join(out, 'certs'), join(home, 'elsewhere'));
  symlinkSync(join(home, 'elsewhere'), join(out, 'certs'));
  await write(SMALL);
  expect(filesIn(join(home, 'elsewhere'))).toEqual({ 'shop_web.pem': 'PEM\n' });
});

test('a path in a forged list of files does not lead out of the folder', async () => {
  mkdirSync(out);
  writeFileSync(join(home, 'victim'), '');
  // sha256 of nothing
  const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const forged = {
    formatVersion: 1,
    generator: 'ingress2nginx',
    files: [{ path: '../victim', sha256, from: [] }],
    folders: [],
  };
  writeFileSync(join(out, '.ingress2nginx.json'), JSON.stringify(forged));
  expect((await write(SMALL)).rules).toEqual(['output-in-the-way']);
  expect(existsSync(join(home, 'victim'))).toBe(true);
});

test('the output folder may itself be a link', async () => {
  mkdirSync(join(home, 'real'));
  symlinkSync('real', out);
  expect(kind((await write(SMALL)).result)).toBe('written');
  expect(filesIn(join(home, 'real'))).toEqual(SMALL);
  expect(lstatSync(out).isSymbolicLink()).toBe(true);
});

test('a hard link is replaced, not written through', async () => {
  await write(SMALL);
  linkSync(join(out, 'nginx.conf'), join(home, 'other'));
  await write({ 'nginx.conf': 'new\n' });
  expect(readFileSync(join(home, 'other'), 'utf8')).toBe(SMALL['nginx.conf']);
});

test('interrupted before it began, it changes nothing and leaves nothing', async () => {
  await write(SMALL);
  const { result } = await write(WITH_SECRETS, { signal: AbortSignal.abort() });
  expect(kind(result)).toBe('interrupted');
  expect(readdirSync(out).toSorted()).toEqual(['.ingress2nginx.json', 'logs', 'nginx.conf', 'run']);
  out = join(home, 'fresh');
  await write(SMALL, { signal: AbortSignal.abort() });
  expect(existsSync(out)).toBe(false);
});

test('an error in the middle puts everything back', async () => {
  await write(WITH_SECRETS);
  const before = { files: filesIn(out), list: readFileSync(join(out, '.ingress2nginx.json'), 'utf8') };
  const signal = new AbortController().signal;
  // The last question before files are moved: the folder `auth` turns into a file meanwhile.
  let asked = 0;
  const moving = new Proxy(signal, {
    get(target, key) {
      if (key !== 'aborted') return Reflect.get(target, key);
      asked += 1;
      if (asked === 2) {
        renameSync(join(out, 'auth'), join(home, 'auth'));
        writeFileSync(join(out, 'auth'), '');
      }
      return false;
    },
  });
  const changed = { 'nginx.conf': 'new\n', 'auth/shop_users': 'new\n', 'certs/a_new.pem': 'new\n' };
  const { result } = await write(changed, { signal: moving });
  expect(kind(result)).toBe('failed');
  rmSync(join(out, 'auth'));
  renameSync(join(home, 'auth'), join(out, 'auth'));
  expect({ files: filesIn(out), list: readFileSync(join(out, '.ingress2nginx.json'), 'utf8') }).toEqual(before);
});

test('a render that was killed in the middle is taken over by the next one', async () => {
  await write(SMALL);
  // What a killed run leaves: its staging folder, and the list that names old and new files.
  mkdirSync(join(out, '.ingress2nginx-4711'));
  writeFileSync(join(out, '.ingress2nginx-4711/0'), 'half');
  const list = JSON.parse(readFileSync(join(out, '.ingress2nginx.json'), 'utf8')) as { files: unknown[] };
  // printf 'half-new\n' | sha256sum
  const sha256 = '4b742849ce9a8332ed579d750bb2c157155043cefa3d0733c5380d42ac6b95a9';
  list.files.push({ path: 'nginx.conf', sha256, from: [] });
  writeFileSync(join(out, '.ingress2nginx.json'), JSON.stringify(list));
  writeFileSync(join(out, 'nginx.conf'), 'half-new\n');
  const { result, rules } = await write({ 'nginx.conf': 'new\n' });
  expect({ kind: kind(result), rules }).toEqual({ kind: 'written', rules: [] });
  expect(readdirSync(out).toSorted()).toEqual(['.ingress2nginx.json', 'logs', 'nginx.conf', 'run']);
});

test.each([
  { name: 'a run that is still writing keeps the next one out', ageMs: 1_000, isAlive: true, kind: 'failed' },
  { name: 'a dead run does not', ageMs: 1_000, isAlive: false, kind: 'written' },
  { name: 'a process number that was given again does not', ageMs: 3_600_000, isAlive: true, kind: 'written' },
])('$name', async ({ ageMs, isAlive, kind: expected }) => {
  mkdirSync(join(out, '.ingress2nginx-4711'), { recursive: true });
  utimesSync(join(out, '.ingress2nginx-4711'), 1_000_000, 1_000_000);
  const run = { pid: 77, isAlive: () => isAlive, now: () => 1_000_000_000 + ageMs };
  expect(kind((await write(SMALL, { run })).result)).toBe(expected);
});

test('a folder that cannot be made is a failure with a reason', async () => {
  writeFileSync(join(home, 'file'), '');
  out = join(home, 'file', 'out');
  const { result } = await write(SMALL);
  expect(result.kind === 'failed' && result.problem).toMatch(/ENOTDIR/);
});

test('a file name that the render stage did not check is our bug', async () => {
  await expect(write({ '../outside': 'x' })).rejects.toThrow('unchecked file name');
});
