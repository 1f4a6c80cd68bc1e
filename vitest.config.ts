import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests that start an nginx or a process wait for it; on a busy machine of two cores that takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that is left to run alone by mistake must not hide the others.
    allowOnly: false,
  },
});
