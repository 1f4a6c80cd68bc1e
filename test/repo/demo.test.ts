import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('npm run demo serves its shop and stops', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/demo.mjs'], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, end: stdout.trimEnd().split('\n').at(-1), stderr }).toMatchObject({
    status: 0,
    end: 'All as expected. nginx and the pods are stopped, the folder is removed.',
  });
});
