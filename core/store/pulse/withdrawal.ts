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

/** What a wish to withdraw came to: a box that is newer than the wish stands. */
export type Withdrawal = 'taken' | 'none' | 'newer-stands';

/**
 * Takes the box under the key back. An empty row with the time of the wish stays until the close, so that an older box
 * still on its way does not come in after it. A newer one stands.
 */
export const withdrawBallot = async (
  trx: Transaction<Tables>,
  { waveId, ballotKey, at }: Key & { readonly at: Date },
): Promise<Withdrawal> => {
  const had = await hasBallot(trx, { waveId, ballotKey });
  await sql`INSERT INTO ballots (wave_id, ballot_key, platform_time, sealed)
    VALUES (${waveId}, ${ballotKey}, ${at}, ${withdrawn})
    ON CONFLICT (wave_id, ballot_key) DO UPDATE
      SET platform_time = excluded.platform_time, sealed = excluded.sealed
      WHERE ballots.platform_time <= excluded.platform_time`.execute(trx);
  // Asked after the write, whose lock keeps a box that arrives meanwhile waiting.
  if (await hasBallot(trx, { waveId, ballotKey })) return 'newer-stands';
  return had ? 'taken' : 'none';
};

/**
 * The keys of those who need no reminder: they answered, or took their answers back. So nothing beside the empty row is
 * written for a withdrawal, and nothing that names its person.
 */
export const heardKeys = async (db: Database, waveId: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('ballots')
    .select('ballot_key')
    .where('wave_id', '=', waveId)
    .execute();
  return new Set(rows.map((row) => row.ballot_key));
};
