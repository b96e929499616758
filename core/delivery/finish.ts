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
 * Plays the queue through at the lane's rate, as the sender does: at every instant the most important of what is due goes,
 * of that what was due first, then what ends first. A row whose window is over takes no time. What is planned later,
 * refused or put off is not foreseen.
 */
export const expectFinish = (
  pace: Pace & { readonly nextArrival: Date | null },
  waiting: readonly Waiting[],
  now: Date,
): Finish => {
  const interval = 1000 / pace.rate;
  const free = (pace.nextArrival?.getTime() ?? 0) - (pace.burst - 1) * interval;
  const queue = lineUp(waiting);
  let at = Math.max(now.getTime(), free);
  let finish = now.getTime();
  let late = 0;
  let missed = Number.POSITIVE_INFINITY;
  for (let first = queue.first(at); first !== undefined; first = queue.first(at)) {
    const { group } = first;
    const [begins, ends] = [Math.max(at, group.due.getTime()), group.expires.getTime()];
    const fitting = Math.ceil((Math.min(ends, queue.nextDue()) - begins) / interval);
    const going = Math.min(first.left, Math.max(0, fitting));
    at = begins + going * interval;
    first.left -= going;
    if (going > 0 && group.asked > 0) finish = at;
    // Another became due and may be more important.
    if (first.left > 0 && going > 0 && at < ends) continue;
    queue.drop();
    // Nobody knows which of the group come last: the share of those asked about is told, rounded up.
    const lost = Math.ceil((group.asked * first.left) / group.count);
    late += lost;
    if (lost > 0) missed = Math.min(missed, ends);
  }
  return {
    at: new Date(Math.ceil(finish)),
    late,
    missed: missed === Number.POSITIVE_INFINITY ? null : new Date(missed),
  };
};

/** A group in the queue, and how many of it have not gone. */
type Place = { readonly group: Waiting; left: number };

/** The groups as they become due, the one whose turn it is at the end of the queue. */
const lineUp = (waiting: readonly Waiting[]) => {
  const coming = [...waiting].sort((a, b) => a.due.getTime() - b.due.getTime() || inTurn(a, b));
  const queue: Place[] = [];
  let next = 0;
  const nextDue = (): number => coming[next]?.due.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    /** When the next group comes. */
    nextDue,
    /** Whose turn it is at `at`, or, when nobody waits then, at the next instant at which somebody does. */
    first: (at: number): Place | undefined => {
      const from = queue.length === 0 ? Math.max(at, nextDue()) : at;
      for (; next < coming.length && nextDue() <= from; next += 1) {
        const group = coming[next];
        if (group !== undefined) takePlace(queue, { group, left: group.count });
      }
      return queue.at(-1);
    },
    /** Lets the one whose turn it is leave. */
    drop: (): void => {
      queue.pop();
    },
  };
};

const takePlace = (queue: Place[], place: Place): void => {
  let [from, to] = [0, queue.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = queue[middle];
    if (other !== undefined && inTurn(other.group, place.group) > 0) from = middle + 1;
    else to = middle;
  }
  queue.splice(from, 0, place);
};

const inTurn = (a: Waiting, b: Waiting): number =>
  a.priority - b.priority ||
  a.due.getTime() - b.due.getTime() ||
  a.expires.getTime() - b.expires.getTime();

/** "about 14 minutes": how long that is in plain words. */
export const aboutTime = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / minute);
  if (minutes <= 1) return 'about a minute';
  if (minutes < 120) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} hours` : `about ${Math.round(hours / 24)} days`;
};
