import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../core/store/database.ts';
import { readOutlook } from '../../../core/store/outlook.ts';
import { findInstallation } from '../../../core/store/people/installations.ts';
import { listUnits } from '../../../core/store/people/people.ts';
import { afterFile } from '../../support/run/after-file.ts';
import { cloneDatabase } from '../../support/run/database.ts';
import { silentLine } from '../../support/run/silent-line.ts';

/** Long enough for any short statement, even on a busy machine. */
const patience = 1_500;

describe('a database with patience', async () => {
  const { db: whole, url } = await cloneDatabase();
  const line = await silentLine(url);
  const db = openDatabase(line.url, { max: 1, patience });
  afterFile(() => db.destroy());
  const pid = async (): Promise<number | undefined> =>
    (await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(db)).rows[0]?.pid;

  it('keeps its connection while statements are answered in time', async () => {
    expect(await pid()).toBe(await pid());
  });

  it('gives a statement up that takes longer, undoes its transaction and never uses its connection again', async () => {
    const before = await pid();
    const long = db.transaction().execute(async (trx) => {
      await trx.insertInto('settings').values({ name: 'a', value: '1' }).execute();
      await sql`SELECT pg_sleep(60)`.execute(trx);
    });
    await expect(long).rejects.toThrow('timeout: no answer of the database in 1500 ms');
    expect(await pid()).not.toBe(before);
    const left = await whole
      .selectFrom('settings')
      .select('name')
      .where('name', '=', 'a')
      .execute();
    expect(left).toEqual([]);
  });

  it('gives a server up that is gone without a farewell, and reaches the one that took its place', async () => {
    const before = await pid();
    line.silence();
    await expect(pid()).rejects.toThrow('timeout');
    expect(await pid()).not.toBe(before);
  });
});

describe('a database without', () => {
  it('waits for a statement as long as it takes', async () => {
    const { db } = await cloneDatabase();
    await sql`SELECT pg_sleep(2)`.execute(db);
  });
});

describe('an open connection', () => {
  it('outlives a migration that gives a table another column', async () => {
    const { url } = await cloneDatabase();
    const db = openDatabase(url, { max: 1 });
    afterFile(() => db.destroy());
    const asked = async () => [
      await listUnits(db),
      await db
        .transaction()
        .execute((trx) => findInstallation(trx, { teamId: 'T1', enterpriseId: null })),
    ];
    const before = await asked();
    await sql`ALTER TABLE units ADD COLUMN added text`.execute(db);
    await sql`ALTER TABLE installations ADD COLUMN added text`.execute(db);
    expect(await asked()).toEqual(before);
  });

  it('plans a question once, also one without parameters', async () => {
    const { url } = await cloneDatabase();
    const db = openDatabase(url, { max: 1 });
    afterFile(() => db.destroy());
    for (let times = 0; times < 3; times += 1) await readOutlook(db);
    const { rows } = await sql<{ plans: number }>`SELECT generic_plans + custom_plans AS plans
      FROM pg_prepared_statements WHERE statement LIKE '%FROM job_runs%' AND statement NOT LIKE '%generic_plans%'`.execute(
      db,
    );
    expect(rows).toEqual([{ plans: 3 }]);
  });
});
