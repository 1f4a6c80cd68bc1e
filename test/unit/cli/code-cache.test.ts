import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { loadBundle } from '../../../src/cli/code-cache.ts';

type Exported = { readonly answer: () => string };

let folder = '';
let bundle = '';
let kept = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-code-'));
  bundle = join(folder, 'bundle.cjs');
  kept = join(folder, 'code-cache', `run-${process.version}-${process.arch}`);
  write("() => 'one'");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A bundle as scripts/build.mjs makes it. */
function write(answer: string): void {
  const text = `module.exports = { answer: ${answer} };return module.exports`;
  writeFileSync(bundle, `(function(module,require,__filename){${text}})`);
}

/** What a run says, and whether it had compiled code; it keeps what there is for the next one. */
function run(cacheName = 'run'): { readonly said: string; readonly isCached: boolean } {
  const { exported, isCached, keep } = loadBundle<Exported>(
    bundle,
    cacheName === '' ? undefined : cacheName,
    createRequire(bundle),
  );
  const said = exported.answer();
  keep();
  return { said, isCached };
}

const COMPILED = { said: 'one', isCached: false };
const CACHED = { said: 'one', isCached: true };

test('the second run has the code that the first one compiled', () => {
  expect([run(), run(), run()]).toEqual([COMPILED, CACHED, CACHED]);
  expect(readdirSync(join(folder, 'code-cache'))).toEqual([`run-${process.version}-${process.arch}`]);
  expect(statSync(kept).mode & 0o777).toBe(0o644);
});

test('code that is used is not written again', () => {
  run();
  const { ino } = statSync(kept);
  run();
  expect(statSync(kept).ino).toBe(ino);
});

test('each command has its own', () => {
  run();
  expect([run('other'), run('other'), run()]).toEqual([COMPILED, CACHED, CACHED]);
});

test('without a name nothing is read and nothing is kept', () => {
  expect(run('')).toEqual(COMPILED);
  expect(readdirSync(folder)).toEqual(['bundle.cjs']);
  run();
  expect(run('')).toEqual(COMPILED);
});

test('a bundle finds its neighbours and its own name', () => {
  writeFileSync(join(folder, 'neighbour.cjs'), "module.exports = 'beside ';");
  write("() => require('./neighbour.cjs') + __filename");
  expect([run().said, run().said]).toEqual([`beside ${bundle}`, `beside ${bundle}`]);
});

test('a changed bundle does not run as what it was, even if it is as long', () => {
  run();
  write("() => 'two'");
  expect([run(), run()]).toEqual([
    { said: 'two', isCached: false },
    { said: 'two', isCached: true },
  ]);
});

describe('code that is not to be trusted is passed over and made anew', () => {
  const flip = (index: number): void => {
    const bytes = readFileSync(kept);
    bytes[index] = (bytes[index] ?? 0) ^ 0x55;
    writeFileSync(kept, bytes);
  };

  test.each([
    { name: 'damaged in its digest', spoil: () => flip(3) },
    { name: 'damaged in its head', spoil: () => flip(40) },
    { name: 'damaged in its middle', spoil: () => flip(statSync(kept).size >> 1) },
    { name: 'damaged in its last byte', spoil: () => flip(statSync(kept).size - 1) },
    { name: 'cut off', spoil: () => truncateSync(kept, statSync(kept).size - 8) },
    { name: 'shorter than a digest', spoil: () => truncateSync(kept, 10) },
    { name: 'empty', spoil: () => truncateSync(kept, 0) },
    { name: 'longer', spoil: () => writeFileSync(kept, Buffer.concat([readFileSync(kept), Buffer.alloc(8)])) },
    { name: 'of another Node', spoil: () => ofAnotherNode() },
    { name: 'writable for a group', spoil: () => chmodSync(kept, 0o664) },
    { name: 'writable for everybody', spoil: () => chmodSync(kept, 0o646) },
    {
      name: 'behind a symbolic link',
      spoil() {
        renameSync(kept, join(folder, 'elsewhere'));
        symlinkSync(join(folder, 'elsewhere'), kept);
      },
    },
    {
      name: 'a named pipe',
      spoil() {
        rmSync(kept);
        spawnSync('mkfifo', [kept]);
      },
    },
  ])('$name', ({ spoil }) => {
    run();
    spoil();
    expect([run(), run()]).toEqual([COMPILED, CACHED]);
  });

  /** As if it had been renamed by hand: what V8 checks of it is the version of V8, which two versions of Node share. */
  function ofAnotherNode(): void {
    const version = Object.getOwnPropertyDescriptor(process, 'version') ?? {};
    rmSync(kept);
    Object.defineProperty(process, 'version', { ...version, value: 'v20.0.0' });
    run();
    Object.defineProperty(process, 'version', version);
    renameSync(join(folder, 'code-cache', `run-v20.0.0-${process.arch}`), kept);
  }
});

test('a run that changed the flags of V8 keeps nothing', () => {
  const { keep } = loadBundle<Exported>(bundle, 'run', createRequire(bundle));
  setFlagsFromString('--stack-size=990');
  keep();
  setFlagsFromString('--stack-size=984');
  expect([run(), run()]).toEqual([COMPILED, CACHED]);
});

test('where nothing can be kept, nothing is said', () => {
  writeFileSync(join(folder, 'code-cache'), 'a file');
  expect([run(), run()]).toEqual([COMPILED, COMPILED]);
  expect(readdirSync(folder).toSorted()).toEqual(['bundle.cjs', 'code-cache']);
});

/** Only root can give files to somebody else. */
describe.each(process.geteuid?.() === 0 ? ['root'] : [])('%s', () => {
  test('passes over code of somebody else', () => {
    run();
    chownSync(kept, 12_345, 12_345);
    expect([run(), run()]).toEqual([COMPILED, CACHED]);
  });

  test('keeps nothing for a bundle of somebody else, and does not take its own', () => {
    run();
    chownSync(bundle, 12_345, 12_345);
    const { ino } = statSync(kept);
    expect([run(), run()]).toEqual([COMPILED, COMPILED]);
    expect(statSync(kept).ino).toBe(ino);
  });

  test('takes code of the owner of the bundle', () => {
    run();
    for (const path of [bundle, kept]) chownSync(path, 12_345, 12_345);
    expect(run()).toEqual(CACHED);
  });
});
