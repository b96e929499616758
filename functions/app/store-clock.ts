/**
 * A host's clock set by the store's. Leases and quiet times of several hosts are compared in the store, so hosts whose
 * clocks differ by minutes would take messages of each other for interrupted.
 */
import { type Clock, hour } from '../../core/clock.ts';
import type { Log } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { serverTime } from '../../core/store/wall-clock.ts';

/** Milliseconds of the host's clock after which the difference is measured again, behind the caller's back. */
const measureEvery = 60_000;

/** Two clocks that differ by more than this are no pair that drifted: the host keeps its own, and says so. */
const most = hour;

/** The clock corrected by its difference from the store's, which is measured now and again every minute. */
export const storeClock = async (db: Database, clock: Clock, log: Log): Promise<Clock> => {
  const correction = async (last: number): Promise<number> => {
    const { found, taken } = await difference(db, clock);
    // A process that stood still in between has measured its own sleep.
    if (taken > slowest) return last;
    if (Math.abs(found) <= most) return found;
    log.error('clock.far-off', { seconds: Math.round(found / 1_000) });
    return 0;
  };
  let offset = await correction(0);
  let measuredAt = clock.now().getTime();
  const measure = (): void => {
    measuredAt = clock.now().getTime();
    // A store that does not answer is told by whoever needs it; the last difference stands.
    correction(offset).then(
      (fresh) => {
        offset = fresh;
      },
      () => undefined,
    );
  };
  return {
    now: () => {
      const at = clock.now().getTime();
      if (Math.abs(at - measuredAt) >= measureEvery) measure();
      return new Date(at + offset);
    },
    sleep: clock.sleep,
  };
};

/** Longest way to the store and back, milliseconds, that still tells something. */
const slowest = 2_000;

/** How far the store's clock is ahead, milliseconds; half of the way there and back counts as the answer's age. */
const difference = async (
  db: Database,
  clock: Clock,
): Promise<{ readonly found: number; readonly taken: number }> => {
  const asked = clock.now().getTime();
  const there = (await serverTime(db)).getTime();
  const answered = clock.now().getTime();
  return { found: there - (asked + answered) / 2, taken: answered - asked };
};
