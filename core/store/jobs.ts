/** When each job last ran. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Stands for a run that has begun and not ended. */
const begun = new Date(0);

/** Whether a run of the job has not ended since a fresh look was asked for. */
export const isAsked = (ran: ReadonlyMap<string, Date>, name: string): boolean =>
  (ran.get(name) ?? begun) <= begun;

/** Notes that a run begins; its end is noted only if nobody has asked for another since. */
export const beginRun = async (db: Database, name: string): Promise<void> => {
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: begun })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
};

/** Notes the end of a run; never earlier than one noted already. */
export const recordRun = async (db: Database, name: string, at: Date): Promise<void> => {
  await sql`UPDATE job_runs SET ran_at = greatest(ran_at, ${at}) WHERE name = ${name}`.execute(db);
};
