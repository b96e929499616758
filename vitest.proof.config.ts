import { defineConfig } from 'vitest/config';

/** What measures nothing by the wall clock: sums, random cases and simulated time. */
const counted = [
  'test/proof/{attack,pulse-linkage,simulation,statistics}.test.ts',
  'test/proof/calendar/*.test.ts',
];
const every = 'test/proof/**/*.test.ts';

const patient = {
  setupFiles: ['test/support/run/each-file.ts'],
  testTimeout: 20 * 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/run/postgres.ts'],
    projects: [
      {
        test: {
          ...patient,
          name: 'counted',
          include: counted,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...patient,
          name: 'timed',
          include: [every],
          exclude: counted,
          // Processes that are killed, browsers and starts have the machine to themselves.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
