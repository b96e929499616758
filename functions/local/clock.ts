/** The studio's clock: it stands still until it is moved, and waiting moves it. */
import type { Clock } from '../../core/clock.ts';

export type SimulatedClock = Clock & {
  /** Moves forward to `at`; it never goes back. */
  readonly moveTo: (at: Date) => void;
};

/** A clock standing at `start`. */
export const simulatedClock = (start: Date): SimulatedClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      now += Math.max(0, milliseconds);
    },
    moveTo: (at) => {
      now = Math.max(now, at.getTime());
    },
  };
};

/** The setting in which a local store keeps its clock's time. */
export const clockSetting = 'local-clock';
