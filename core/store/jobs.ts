/** When each job last ran. */
import type { Database } from './database.ts';

/** The last run of a job, or null. */
export const lastRun = async (db: Database, name: string): Promise<Date | null> =>
  (await db.selectFrom('job_runs').select('ran_at').where('name', '=', name).executeTakeFirst())
    ?.ran_at ?? null;

/** Notes a run. */
export const recordRun = async (db: Database, name: string, at: Date): Promise<void> => {
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ran_at: at }))
    .execute();
};
