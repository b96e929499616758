/** The close of a wave in the store: read in pages under a lock, and published in one transaction. */
import { sql, type Transaction } from 'kysely';
import type { Made } from '../../results/make.ts';
import type { WaveStatus } from '../../survey/schedule/wave.ts';
import type { Database } from '../database.ts';
import { insertRelease } from '../results/releases.ts';
import type { Tables } from '../schema.ts';

/**
 * Whether this transaction alone may count the wave: nobody else is at it, and it still waits to be counted. The lock
 * ends with the transaction, however that ends. Ask at the default isolation, so that each statement sees the newest.
 */
export const lockClose = async (trx: Transaction<Tables>, waveId: string): Promise<boolean> => {
  const { rows } = await sql<{ locked: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`close/${waveId}`}, 0)) AS locked`.execute(
    trx,
  );
  if (rows[0]?.locked !== true) return false;
  const wave = await trx
    .selectFrom('waves')
    .select('status')
    .where('id', '=', waveId)
    .executeTakeFirst();
  return wave?.status === ('closing' satisfies WaveStatus);
};

/** Rows a page holds; a box takes about six kilobytes. */
const pageRows = 1_000;

/** The frozen members with their groups, page by page. */
export async function* memberPages(
  db: Database,
  waveId: string,
): AsyncGenerator<readonly { readonly personId: number; readonly groups: readonly number[] }[]> {
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('wave_members')
      .select(['person_id as personId', 'groups'])
      .where('wave_id', '=', waveId)
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(pageRows)
      .execute();
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = last.personId;
  }
}

/** The sealed boxes page by page, in the order of their keys, which is nobody's order. */
export async function* ballotPages(
  db: Database,
  waveId: string,
): AsyncGenerator<readonly { readonly ballotKey: string; readonly sealed: string }[]> {
  for (let after = ''; ; ) {
    const page = await db
      .selectFrom('ballots')
      .select(['ballot_key as ballotKey', 'sealed'])
      .where('wave_id', '=', waveId)
      .where('ballot_key', '>', after)
      .orderBy('ballot_key')
      .limit(pageRows)
      .execute();
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = last.ballotKey;
  }
}

/** The names of everybody ever on the roster, to be taken out of comments. */
export const rosterNames = async (db: Database): Promise<readonly string[]> => {
  const rows = await db.selectFrom('people').select('name').distinct().execute();
  return rows.map(({ name }) => name);
};

/**
 * In one transaction: the release in; ballots, members, bands, reminder rows and marks out. A second call changes
 * nothing. Whoever had given the wave up is happily wrong.
 */
export const publishWave = async (
  trx: Transaction<Tables>,
  made: Made,
  now: Date,
): Promise<boolean> => {
  const { wave } = made.release;
  const moved = await trx
    .updateTable('waves')
    .set({ status: 'published', keys: 'kept' })
    .where('id', '=', wave)
    .where('status', '=', 'closing')
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await insertRelease(trx, made, now);
  await forgetAnswers(trx, wave);
  return true;
};

/** Ends a wave that was given up as if it were published, without a release; false when nobody gave it up. */
export const endUnpublished = async (
  trx: Transaction<Tables>,
  waveId: string,
): Promise<boolean> => {
  const moved = await trx
    .updateTable('waves')
    .set({ status: 'published' })
    .where('id', '=', waveId)
    .where('status', '=', 'closing')
    .where('keys', '=', 'abandoned')
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await forgetAnswers(trx, waveId);
  return true;
};

/**
 * Notes that a closing wave's keys are gone and it cannot be counted, or that it is given up for that. False when its
 * keys stand otherwise by now: found, known to be gone, or given up already.
 */
export const moveKeys = async (
  trx: Transaction<Tables>,
  waveId: string,
  { from, to }: (typeof keyMoves)[keyof typeof keyMoves],
): Promise<boolean> => {
  const moved = await trx
    .updateTable('waves')
    .set({ keys: to })
    .where('id', '=', waveId)
    .where('keys', '=', from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
};

/** How a wave's keys may go. */
export const keyMoves = {
  lose: { from: 'kept', to: 'gone' },
  giveUp: { from: 'gone', to: 'abandoned' },
} as const;

/** Everything of a wave that tells of a person. */
const forgetAnswers = async (trx: Transaction<Tables>, waveId: string): Promise<void> => {
  await trx.deleteFrom('ballots').where('wave_id', '=', waveId).execute();
  await trx.deleteFrom('wave_members').where('wave_id', '=', waveId).execute();
  await trx.deleteFrom('participation').where('wave_id', '=', waveId).execute();
  // A reminder's item is `wave/number`: w1 must not take those of w10.
  await trx
    .deleteFrom('outbox')
    .where('stream', '=', 'pulse-reminder')
    .where('item', 'like', `${waveId}/%`)
    .execute();
  // Marks of links and reminders are of the wave's people; one wave is open at a time, so these are of no other.
  await sql`DELETE FROM seen_events
    WHERE (key LIKE 'ballot/%' OR key LIKE 'link/%' OR key LIKE 'reminded/%')
    AND NOT EXISTS (SELECT 1 FROM waves WHERE status = 'open')`.execute(trx);
};
