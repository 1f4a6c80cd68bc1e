import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have a command of their own, see vitest.cluster.config.ts.
    exclude: [...configDefaults.exclude, 'test/cluster/**'],
    // Tests that start an nginx or a process wait for it; on a busy machine of two cores that takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that is left to run alone by mistake must not hide the others.
    allowOnly: false,
    // Most of the time they wait, for nginx or for a file to change; by itself Vitest takes one core less than there are.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
