import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

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
