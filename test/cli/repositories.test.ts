import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';

const REPOSITORIES = fileURLToPath(new URL('../../fixtures/repositories', import.meta.url));
const names = readdirSync(REPOSITORIES);

const isRewriting = process.env['UPDATE_GOLDEN'] !== undefined && process.env['CI'] === undefined;

/** All that a person reads who checks a repository at its root, without the time that it took. */
async function saidOf(name: string): Promise<string> {
  const run = await runBin(['lint', '--format', 'compact', '.'], '', join(REPOSITORIES, name));
  return `${run.stdout}${run.stderr.replace(/ \(\d+\.\d\d s\)$/m, '')}`;
}

/** Nothing is wrong with them: no error, no warning, and at most a note of each kind. */
describe('a repository as people have them, pointed at its root:', () => {
  test.concurrent.each(names)('%s', async name => {
    const said = await saidOf(name);
    const path = join(REPOSITORIES, name, 'expected.txt');
    if (isRewriting) writeFileSync(path, said);
    expect(said).toBe(existsSync(path) ? readFileSync(path, 'utf8') : 'nothing yet');
    expect(said).not.toMatch(/: (?:error|warning): /);
  });

  test('there are many of them', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });
});

describe('files that nobody named', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'repository-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    {
      name: 'with binary data',
      write: (path: string) => writeFileSync(path, Buffer.of(0, 1, 2, 0)),
      what: 'binary data',
    },
    {
      name: 'that are no UTF-8',
      write: (path: string) => writeFileSync(path, Buffer.of(0xe4, 0xfc, 10)),
      what: 'not UTF-8',
    },
    { name: 'of another kind', write: (path: string) => writeFileSync(path, 'a: b\n'), what: 'no Kubernetes object' },
  ])('$name are passed over, and listed with --verbose', async ({ write, what }) => {
    write(join(folder, 'file.yaml'));
    const plain = await runBin(['lint', '.'], '', folder);
    expect(plain).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/error|warning/) });
    expect(plain.stderr).toContain('1 file skipped (no manifests); list them with --verbose\n');
    const verbose = await runBin(['lint', '--verbose', '.'], '', folder);
    expect(verbose.stderr).toContain(`skipped: file.yaml:1: ${what}\n`);
  });

  test('may be links that lead nowhere', async () => {
    symlinkSync('nowhere.yaml', join(folder, 'link.yaml'));
    const run = await runBin(['lint', '.'], '', folder);
    expect(run.code).toBe(0);
  });

  test('are errors where they are named', async () => {
    writeFileSync(join(folder, 'file.yaml'), '- a\n');
    const run = await runBin(['lint', 'file.yaml'], '', folder);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('I2N150') });
  });
});
