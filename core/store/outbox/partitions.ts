/** The outbox's partitions: one a month, made before anything is planned in it. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Database } from '../database.ts';

/** Makes the partitions of the dates' months where they are missing; a lock keeps two planners apart. */
export const ensurePartitions = async (
  db: Database,
  dates: readonly LocalDate[],
): Promise<void> => {
  for (const month of new Set(dates.map((date) => date.slice(0, 7)))) {
    const name = partitionOf(month);
    const found = await sql<{ there: boolean }>`
      SELECT to_regclass(${name}) IS NOT NULL AS there`.execute(db);
    if (found.rows[0]?.there === true) continue;
    const [year = 0, number = 0] = month.split('-').map(Number);
    const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
    await db.transaction().execute(async (trx) => {
      await sql`SELECT pg_advisory_xact_lock(7_150_303)`.execute(trx);
      await sql`CREATE TABLE IF NOT EXISTS ${sql.id(name)} PARTITION OF outbox
        FOR VALUES FROM (${sql.lit(`${month}-01`)}) TO (${sql.lit(next)})
        WITH (autovacuum_vacuum_scale_factor = 0.05)`.execute(trx);
    });
  }
};

/** The partition of a month, or of a date's month. */
const partitionOf = (date: string): string => `outbox_${date.slice(0, 7).replace('-', '_')}`;

/**
 * Has the server look at a date's part of the outbox, and at the attention. Until it has, it takes a slot that was just
 * planned for a row or two, and whoever then asks for many people's rows of it has each compared with all.
 */
export const lookAnew = async (db: Database, date: LocalDate): Promise<void> => {
  await sql`ANALYZE ${sql.id(partitionOf(date))}, attention`.execute(db);
};
