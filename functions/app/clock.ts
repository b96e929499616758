/** The clock of a deployed host. */
import type { Clock } from '../../core/clock.ts';

/** Waits in real time; `now` comes from the host's main file, the only place that reads the wall clock. */
export const systemClock = (now: () => Date): Clock => ({
  now,
  sleep: async (milliseconds) => {
    if (milliseconds > 0) await new Promise((done) => setTimeout(done, milliseconds));
  },
});
