import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/proof/**', 'node_modules/**'],
    globalSetup: ['test/support/run/postgres.ts'],
    setupFiles: ['test/support/run/each-file.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files share a worker's modules, which halves the time of the whole; each has a database of its own.
    isolate: false,
  },
});
