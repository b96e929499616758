/** When each job last ran. */
import type { Database } from './database.ts';

/** The last run of every job that ever ran, by name. */
export const lastRuns = async (db: Database): Promise<ReadonlyMap<string, Date>> => {
  const rows = await db.selectFrom('job_runs').select(['name', 'ran_at']).execute();
  return new Map(rows.map((row) => [row.name, row.ran_at]));
};

/** Notes a run. */
export const recordRun = async (db: Database, name: string, at: Date): Promise<void> => {
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ran_at: at }))
    .execute();
};
