/** The dates of the programme's tips, kept: once a tip has begun to go, its date is no question of the calendar any more. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Database } from '../database.ts';

/** A date, its tip, and the first instant at which somebody gets it. */
export type LessonDate = {
  readonly slot: LocalDate;
  readonly item: string;
  readonly begins: Date;
};

/** Every date that is kept, in order; whether it has begun is for the reader's clock to say. */
export const listLessonDates = async (db: Database): Promise<readonly LessonDate[]> =>
  db.selectFrom('lesson_dates').select(['slot', 'item', 'begins']).orderBy('slot').execute();

/** Keeps these dates instead of those that have not begun by `now`. */
export const keepLessonDates = async (
  db: Database,
  dates: readonly LessonDate[],
  now: Date,
): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    // One planner at a time: two that replace each other's dates would wait for one another.
    await sql`LOCK TABLE lesson_dates IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    await trx.deleteFrom('lesson_dates').where('begins', '>', now).execute();
    if (dates.length === 0) return;
    await trx
      .insertInto('lesson_dates')
      .values([...dates])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
};
