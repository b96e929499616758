/** When a lane will be through with what waits on it, and what will not go within its window. */
import { minute } from '../clock.ts';
import type { Pace } from './pacing.ts';

/** Rows of a lane that wait for the same minute, with one end of window and one priority. */
export type Waiting = {
  readonly due: Date;
  readonly expires: Date;
  readonly priority: number;
  readonly count: number;
  /** How many of them somebody asks about; the others only take their place in the queue. */
  readonly asked: number;
};

export type Finish = {
  /** The instant at which the last of those asked about goes. */
  readonly at: Date;
  /** Asked rows whose window ends before their turn comes. */
  readonly late: number;
  /** The earliest end of a window that is missed, or null. */
  readonly missed: Date | null;
};

/**
 * Plays the queue through at the lane's rate: by due time, then by priority, then by the end of the window. A row whose
 * window is over takes no time. What is planned later, refused or put off is not foreseen.
 */
export const expectFinish = (
  pace: Pace & { readonly nextArrival: Date | null },
  waiting: readonly Waiting[],
  now: Date,
): Finish => {
  const interval = 1000 / pace.rate;
  const free = (pace.nextArrival?.getTime() ?? 0) - (pace.burst - 1) * interval;
  let at = Math.max(now.getTime(), free);
  let finish = now.getTime();
  let late = 0;
  let missed: number | null = null;
  for (const { due, expires, count, asked } of [...waiting].sort(inTurn)) {
    const begins = Math.max(at, due.getTime());
    const fitting = Math.ceil((expires.getTime() - begins) / interval);
    const going = Math.min(count, Math.max(0, fitting));
    at = going > 0 ? begins + going * interval : at;
    if (asked === 0) continue;
    if (going > 0) finish = Math.max(finish, at);
    // Nobody knows which of the group come last: the share of those asked about is told, rounded up.
    const lost = Math.ceil((asked * (count - going)) / count);
    late += lost;
    if (lost > 0) missed = Math.min(missed ?? Number.POSITIVE_INFINITY, expires.getTime());
  }
  return {
    at: new Date(Math.ceil(finish)),
    late,
    missed: missed === null ? null : new Date(missed),
  };
};

const inTurn = (a: Waiting, b: Waiting): number =>
  a.due.getTime() - b.due.getTime() ||
  a.priority - b.priority ||
  a.expires.getTime() - b.expires.getTime();

/** "about 14 minutes": how long that is in plain words. */
export const aboutTime = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / minute);
  if (minutes <= 1) return 'about a minute';
  if (minutes < 120) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} hours` : `about ${Math.round(hours / 24)} days`;
};
