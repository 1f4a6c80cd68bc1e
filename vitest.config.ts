import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have a command of their own, see vitest.cluster.config.ts.
    exclude: [...configDefaults.exclude, 'test/cluster/**'],
    // For what hangs. What a test waits for has PATIENCE_MS of test/support/until.ts, which says more when it is over.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    // A test that is left to run alone by mistake must not hide the others.
    allowOnly: false,
    // To read and evaluate the modules again for each file took a fifth of the whole time; no test changes them.
    isolate: false,
    // Most of the time they wait, for nginx or for a file to change; by itself Vitest takes one core less than there are.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
