import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/proof/**/*.test.ts'],
    globalSetup: ['test/support/run/postgres.ts'],
    setupFiles: ['test/support/run/each-file.ts'],
    testTimeout: 20 * 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
