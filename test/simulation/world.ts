/** The simulated world: one queue of events in virtual time, one event at a time, and the trace of all of them. */
import { createHash } from 'node:crypto';
import { setImmediate as macrotask } from 'node:timers/promises';

export type World = {
  /** Virtual milliseconds since 1970. */
  readonly now: () => number;
  /** Runs `work` at a virtual instant; events of one instant in the order they were asked for. */
  readonly at: (instant: number, work: () => void | Promise<void>) => void;
  /** Adds a line to the trace. */
  readonly note: (line: string) => void;
  /** Runs events up to `until`, or until `done` says so after one of them. */
  readonly advance: (until: number, done?: () => boolean) => Promise<void>;
  /** Somebody may be at work outside the queue (hashing, sealing): then the next event waits for them. */
  readonly watch: (busy: () => boolean) => void;
  readonly lines: readonly string[];
  /** SHA-256 of the trace so far. */
  readonly digest: () => string;
};

type Event = {
  readonly at: number;
  readonly order: number;
  readonly work: () => void | Promise<void>;
};

/** Real turns of the loop to wait for work outside the queue; far more than any takes. */
const mostTurns = 200_000;

/** A world whose clock stands at `start`. */
export const openWorld = (start: number): World => {
  let now = start;
  let order = 0;
  const queue: Event[] = [];
  const lines: string[] = [];
  const watches: (() => boolean)[] = [];
  const quiet = async (): Promise<void> => {
    await macrotask();
    for (let turn = 0; watches.some((busy) => busy()); turn += 1) {
      if (turn > mostTurns) throw new Error('a machine works on and asks for nothing');
      await macrotask();
    }
  };
  return {
    now: () => now,
    at: (instant, work) => {
      order += 1;
      insert(queue, { at: Math.max(now, Math.ceil(instant)), order, work });
    },
    note: (line) => {
      lines.push(`${new Date(now).toISOString()} ${line}`);
    },
    watch: (busy) => {
      watches.push(busy);
    },
    advance: async (until, done = () => false) => {
      await quiet();
      for (;;) {
        const [event] = queue;
        if (event === undefined || event.at > until || done()) break;
        queue.shift();
        now = event.at;
        await event.work();
        await quiet();
      }
      if (!done()) now = Math.max(now, until);
    },
    lines,
    digest: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
};

/** Keeps the queue in order of instant, then of asking. */
const insert = (queue: Event[], event: Event): void => {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = queue[middle];
    if (other !== undefined && other.at <= event.at) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, event);
};
