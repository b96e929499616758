/** Stopping and going on, as of the moment each was asked for: a queue may bring them in another order. */
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../schema.ts';

/** Stops a person's messages; a stop that comes late takes no newer one's moment. */
export const stopSending = async (
  trx: Transaction<Tables>,
  personId: number,
  at: Date,
): Promise<void> => {
  await sql`INSERT INTO preferences (person_id, stopped_at) VALUES (${personId}, ${at})
    ON CONFLICT (person_id) DO UPDATE
      SET stopped_at = greatest(preferences.stopped_at, excluded.stopped_at)`.execute(trx);
};

/** Ends pause and stop; false, and nothing is changed, where the stop is newer. */
export const resumeSending = async (
  trx: Transaction<Tables>,
  personId: number,
  at: Date,
): Promise<boolean> => {
  await sql`UPDATE preferences SET paused_until = NULL, stopped_at = NULL
    WHERE person_id = ${personId} AND (stopped_at IS NULL OR stopped_at <= ${at})`.execute(trx);
  const { rows } = await sql`SELECT FROM preferences
    WHERE person_id = ${personId} AND stopped_at IS NOT NULL`.execute(trx);
  return rows.length === 0;
};
