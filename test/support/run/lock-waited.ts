import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Database } from '../../../core/store/database.ts';

/** Until a statement on this store waits for a lock that another transaction holds. */
export const lockWaited = async (db: Database): Promise<void> => {
  const waiting = sql`SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  const count = async () => (await waiting.execute(db)).rows.length;
  await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(0);
};
