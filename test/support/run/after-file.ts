/** What a test file opened is closed at its end, wherever it was opened: `afterAll` inside a test is ignored. */
import { afterAll } from 'vitest';

let closings: (() => Promise<unknown>)[] = [];

/** Runs `close` at the end of the test file, the newest first. */
export const afterFile = (close: () => Promise<unknown>): void => {
  closings.push(close);
};

/** Called once for each test file, by `test/support/run/each-file.ts`. */
export const closeAtEnd = (): void => {
  afterAll(async () => {
    const due = closings.reverse();
    closings = [];
    for (const close of due) await close();
  });
};
