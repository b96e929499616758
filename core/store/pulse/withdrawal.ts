/** A person's own ballot, while its wave is open: whether there is one, and taking it back. */
import { sql, type Transaction } from 'kysely';
import { withdrawn } from '../../survey/ballot/opening.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

type Key = { readonly waveId: string; readonly ballotKey: string };

/** Whether a sealed box lies under the key. */
export const hasBallot = async (db: Database, { waveId, ballotKey }: Key): Promise<boolean> =>
  (await db
    .selectFrom('ballots')
    .select('wave_id')
    .where('wave_id', '=', waveId)
    .where('ballot_key', '=', ballotKey)
    .where('sealed', '<>', withdrawn)
    .executeTakeFirst()) !== undefined;

/**
 * Takes the box under the key back; true when there was one. An empty row with the time of the wish stays until the
 * close, so that an older box still on its way does not come in after it. A newer one stands.
 */
export const withdrawBallot = async (
  trx: Transaction<Tables>,
  { waveId, ballotKey, at }: Key & { readonly at: Date },
): Promise<boolean> => {
  const had = await hasBallot(trx, { waveId, ballotKey });
  await sql`INSERT INTO ballots (wave_id, ballot_key, platform_time, sealed)
    VALUES (${waveId}, ${ballotKey}, ${at}, ${withdrawn})
    ON CONFLICT (wave_id, ballot_key) DO UPDATE
      SET platform_time = excluded.platform_time, sealed = excluded.sealed
      WHERE ballots.platform_time <= excluded.platform_time`.execute(trx);
  return had && !(await hasBallot(trx, { waveId, ballotKey }));
};
