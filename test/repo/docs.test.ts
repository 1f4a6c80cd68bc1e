import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('the generated parts of the documentation are fresh', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s stays under 150 lines', async name => {
  const text = await readFile(join(ROOT, name), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThan(150);
});
