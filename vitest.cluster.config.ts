import { defineConfig } from 'vitest/config';

/** Tests that need a real kube-apiserver: `npm run test:cluster`. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    allowOnly: false,
    // Each file starts a server of its own, which needs 360 MB and, at its start, a core.
    fileParallelism: false,
  },
});
