import { defineConfig } from 'vitest/config';

/** Tests that need programs of others: `npm run test:peers`. */
export default defineConfig({
  test: { include: ['test/peers/**/*.test.ts'], testTimeout: 1_800_000, allowOnly: false },
});
