/** Eight schedulers, each with a clock and connections of its own, ticking one house; and what a house's outbox holds. */
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { day, minute } from '../../../core/clock.ts';
import type { Chat } from '../../../core/ports.ts';
import { openDatabase } from '../../../core/store/database.ts';
import type { Context } from '../../../functions/jobs/context.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import { type SimulatedClock, simulatedClock } from '../../../functions/local/clock.ts';
import type { Dice } from '../../core/calendar/work/work-cases.ts';
import type { House } from '../../support/house.ts';
import { afterFile } from '../../support/run/after-file.ts';
import { onDatabase } from '../../support/run/server.ts';

/** How far each scheduler's clock is off, in seconds. */
const skews = [-300, -171, -60, -7, 0, 45, 180, 300] as const;

/** A call of the timer: when it arrives by the true clock, in milliseconds, and at which scheduler. */
type Delivery = { readonly at: number; readonly scheduler: number };

type Scheduler = {
  readonly context: Context;
  readonly clock: SimulatedClock;
  readonly skew: number;
};

const staggerMilliseconds = 4;

/** Real milliseconds until a chat answers: long enough for the others to begin while a message is on its way. */
const answerMilliseconds = 15;

const slowly = (chat: Chat): Chat => ({
  ...chat,
  deliver: async (...message) => {
    await setTimeout(answerMilliseconds);
    const outcome = await chat.deliver(...message);
    await setTimeout(answerMilliseconds);
    return outcome;
  },
});

const openSchedulers = async ({ db, host }: House): Promise<readonly Scheduler[]> => {
  const chats = new Map([...host.context.chats].map(([name, chat]) => [name, slowly(chat)]));
  const found = await sql<{ name: string }>`SELECT current_database() AS name`.execute(db);
  const url = onDatabase(inject('databaseUrl'), found.rows[0]?.name ?? '');
  return skews.map((seconds, index) => {
    const own = openDatabase(url, { max: 3 });
    afterFile(() => own.destroy());
    const clock = simulatedClock(new Date(0));
    const context = { ...host.context, chats, db: own, clock, holder: `scheduler-${index}` };
    return { context, clock, skew: seconds * 1000 };
  });
};

/** Calls the schedulers as told: those of one minute side by side, each scheduler's own calls one after the other. */
export const deliver = async (house: House, deliveries: readonly Delivery[]): Promise<void> => {
  const schedulers = await openSchedulers(house);
  const minutes = new Map<number, Delivery[]>();
  for (const one of [...deliveries].sort((a, b) => a.at - b.at)) {
    const index = Math.floor(one.at / minute);
    minutes.set(index, [...(minutes.get(index) ?? []), one]);
  }
  for (const [index, group] of minutes) {
    house.host.clock.moveTo(new Date(index * minute));
    await Promise.all(
      schedulers.map(async ({ context, clock, skew }, scheduler) => {
        for (const { at } of group.filter((one) => one.scheduler === scheduler)) {
          // Apart by some milliseconds, so that one finds another at every stage of its work.
          await setTimeout(scheduler * staggerMilliseconds);
          clock.moveTo(new Date(at + skew));
          await tick(context);
        }
      }),
    );
  }
};

/** The other way: one scheduler with a true clock, once at each of these instants. */
export const tickOnceAt = async ({ host }: House, marks: readonly number[]): Promise<void> => {
  for (const at of marks) {
    host.clock.moveTo(new Date(at));
    await tick(host.context);
  }
};

/** Every minute from one instant to another, both included. */
export const everyMinute = (from: string, to: string): readonly number[] =>
  Array.from(
    { length: (Date.parse(to) - Date.parse(from)) / minute + 1 },
    (_, index) => Date.parse(from) + index * minute,
  );

type OutboxRow = {
  readonly person_id: number;
  readonly stream: string;
  readonly slot: string;
  readonly due: Date;
  readonly expires: Date | null;
  readonly moved_reason: string | null;
  readonly [column: string]: unknown;
};

/** The outbox without what tells of one run only: fences, message ids, instants of writing. */
export const outboxOf = async ({ db }: House): Promise<readonly OutboxRow[]> =>
  (
    await sql<OutboxRow>`SELECT person_id, stream, slot, item, lane_id, priority, due, expires,
      state, reason, moved_reason, attempt, key FROM outbox ORDER BY 1, 2, 3`.execute(db)
  ).rows;

/**
 * Where two outboxes differ, a line each.
 *
 * Compared is every row and every column. One thing may differ: who plans after a message's time can choose only among
 * what is left of its day, so the due time of such a row is the planner's own now. The row says so itself
 * ('planned-late'), and it must still be due before its end; all else of it is compared like any other.
 */
export const differences = (
  one: readonly OutboxRow[],
  other: readonly OutboxRow[],
): readonly string[] => {
  const nameOf = ({ person_id, stream, slot }: OutboxRow): string =>
    `${stream} of ${slot} to ${person_id}`;
  const rest = new Map(other.map((row) => [nameOf(row), row]));
  const found = one.flatMap((row) => {
    const twin = rest.get(nameOf(row));
    rest.delete(nameOf(row));
    if (twin === undefined) return [`${nameOf(row)}: missing`];
    const late = [row, twin].some(
      ({ moved_reason: reason, due, expires }) =>
        // Once sent, a row has no end any more.
        reason === 'planned-late' && (expires === null || due < expires),
    );
    const free = late ? ['due', 'moved_reason'] : [];
    return Object.keys(row)
      .filter((column) => !free.includes(column))
      .filter((column) => JSON.stringify(row[column]) !== JSON.stringify(twin[column]))
      .map((column) => `${nameOf(row)}: ${column} ${row[column]}, not ${twin[column]}`);
  });
  return [...found, ...[...rest.keys()].map((name) => `${name}: too many`)];
};

/** How many messages each chat user holds. */
export const messageCounts = ({ host }: House): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { platform, userId } of host.messages())
    counts[`${platform} ${userId}`] = (counts[`${platform} ${userId}`] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
};

/**
 * What becomes of the marks of a timer that delivers at least once: some are lost, most come once, some twice, those
 * named 185 times; most come within the minute, some within ten, some up to a day late, each at any scheduler.
 */
export const unreliably = (
  dice: Dice,
  marks: readonly number[],
  often: readonly string[],
): readonly Delivery[] => {
  const crowded = new Set(often.map((at) => Date.parse(at)));
  const [end = 0] = marks.slice(-1);
  const times = [0, 0, 0, 1, 1, 1, 1, 2, 2];
  const lateness = [minute, minute, minute, 10 * minute, day];
  return marks
    .flatMap((at) => {
      const count = crowded.has(at) ? 185 : (times[dice(times.length)] ?? 1);
      return Array.from({ length: count }, () => ({
        at: at + dice(lateness[dice(lateness.length)] ?? minute),
        scheduler: dice(skews.length),
      }));
    })
    .filter(({ at }) => at <= end);
};
