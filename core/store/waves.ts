/** Waves, their frozen members, sealed ballots and releases. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../clock.ts';
import type { Release } from '../results/release.ts';
import type { WaveStatus } from '../survey/wave.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export type WaveRow = {
  readonly id: string;
  readonly survey: string;
  readonly items: readonly string[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly status: WaveStatus;
  readonly publicKey: unknown;
  readonly invited: number;
};

const waveColumns = [
  'id',
  'survey',
  'items',
  'opens_at as opensAt',
  'closes_at as closesAt',
  'status',
  'public_key as publicKey',
  'invited',
] as const;

/** Every wave launched so far, oldest first. */
export const listWaves = async (db: Database): Promise<readonly WaveRow[]> =>
  db.selectFrom('waves').select(waveColumns).orderBy('opens_at').execute();

/** One wave, or null. */
export const findWave = async (db: Database, id: string): Promise<WaveRow | null> =>
  (await db.selectFrom('waves').select(waveColumns).where('id', '=', id).executeTakeFirst()) ??
  null;

/** Keeps every other launch of this wave waiting until the transaction ends. */
export const lockWave = async (trx: Transaction<Tables>, id: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`wave/${id}`}, 0))`.execute(trx);
};

/**
 * Launches a wave: members and their groups are frozen here, people on leave or stopped stay outside.
 * Returns the number invited; a wave already launched stays as it is and gives null.
 */
export const launchWave = async (
  trx: Transaction<Tables>,
  wave: Omit<WaveRow, 'status' | 'invited'>,
  today: LocalDate,
): Promise<number | null> => {
  const created = await sql`
    INSERT INTO waves (id, survey, items, opens_at, closes_at, status, public_key, invited)
    VALUES (${wave.id}, ${wave.survey}, ${wave.items}, ${wave.opensAt}, ${wave.closesAt}, 'open',
      ${JSON.stringify(wave.publicKey)}::jsonb, 0)
    ON CONFLICT DO NOTHING`.execute(trx);
  if (Number(created.numAffectedRows ?? 0) === 0) return null;
  const members = await sql`
    WITH RECURSIVE chain (unit_id, ancestor, depth) AS (
      SELECT id, id, 0 FROM units
      UNION ALL
      SELECT c.unit_id, u.parent_id, c.depth + 1 FROM chain c
      JOIN units u ON u.id = c.ancestor WHERE u.parent_id IS NOT NULL
    ), chains AS (
      SELECT unit_id, array_agg(ancestor ORDER BY depth) AS groups FROM chain GROUP BY unit_id
    )
    INSERT INTO wave_members (wave_id, person_id, groups)
    SELECT ${wave.id}, p.id, c.groups
    FROM people p JOIN chains c ON c.unit_id = p.unit_id
    LEFT JOIN preferences f ON f.person_id = p.id
    WHERE p.status = 'active' AND f.stopped_at IS NULL
      AND NOT coalesce(p.leave_from <= ${today}::date AND ${today}::date <= p.leave_to, false)`.execute(
    trx,
  );
  const invited = Number(members.numAffectedRows ?? 0);
  await trx.updateTable('waves').set({ invited }).where('id', '=', wave.id).execute();
  return invited;
};

/** Whether the person belongs to the wave's frozen members. */
export const isMember = async (db: Database, waveId: string, personId: number): Promise<boolean> =>
  (await db
    .selectFrom('wave_members')
    .select('person_id')
    .where('wave_id', '=', waveId)
    .where('person_id', '=', personId)
    .executeTakeFirst()) !== undefined;

/** Stores a sealed ballot; an older platform time never replaces a newer one. A wave no longer open gives false. */
export const castBallot = async (
  trx: Transaction<Tables>,
  ballot: { waveId: string; ballotKey: string; platformTime: Date; sealed: string },
): Promise<boolean> => {
  // The share lock keeps the close from starting between this check and the insert.
  const wave = await trx
    .selectFrom('waves')
    .select('status')
    .where('id', '=', ballot.waveId)
    .forShare()
    .executeTakeFirst();
  if (wave?.status !== 'open') return false;
  await sql`INSERT INTO ballots (wave_id, ballot_key, platform_time, sealed)
    VALUES (${ballot.waveId}, ${ballot.ballotKey}, ${ballot.platformTime}, ${ballot.sealed})
    ON CONFLICT (wave_id, ballot_key) DO UPDATE
      SET platform_time = excluded.platform_time, sealed = excluded.sealed
      WHERE ballots.platform_time < excluded.platform_time`.execute(trx);
  return true;
};

/** The ballot keys cast so far; only a holder of the wave's secret can tell whose they are. */
export const ballotKeys = async (db: Database, waveId: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('ballots')
    .select('ballot_key')
    .where('wave_id', '=', waveId)
    .execute();
  return new Set(rows.map((row) => row.ballot_key));
};

/** Moves a wave forward from `from`; false when it already left that status. */
export const advanceWave = async (
  db: Database,
  waveId: string,
  step: { readonly from: WaveStatus; readonly to: WaveStatus },
): Promise<boolean> => {
  const result = await db
    .updateTable('waves')
    .set({ status: step.to })
    .where('id', '=', waveId)
    .where('status', '=', step.from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** The frozen members with their groups, in id order. */
export const readMembers = async (
  db: Database,
  waveId: string,
): Promise<readonly { readonly personId: number; readonly groups: readonly number[] }[]> =>
  db
    .selectFrom('wave_members')
    .select(['person_id as personId', 'groups'])
    .where('wave_id', '=', waveId)
    .orderBy('person_id')
    .execute();

/** The sealed boxes, in key order. */
export const readBallots = async (
  db: Database,
  waveId: string,
): Promise<readonly { readonly ballotKey: string; readonly sealed: string }[]> =>
  db
    .selectFrom('ballots')
    .select(['ballot_key as ballotKey', 'sealed'])
    .where('wave_id', '=', waveId)
    .orderBy('ballot_key')
    .execute();

/**
 * Settles a person's reminders before their days, as if they were over. That they were settled early can be seen in
 * the store until the close takes the rows away.
 */
export const settleAhead = async (
  trx: Transaction<Tables>,
  personId: number,
  ahead: {
    readonly slots: readonly { readonly date: LocalDate; readonly item: string }[];
    readonly priority: number;
    readonly until: Date;
    readonly now: Date;
  },
): Promise<void> => {
  const { slots, priority, until, now } = ahead;
  await sql`
    INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state,
      reason, changed_at)
    SELECT ${personId}, 'pulse-reminder', n.slot, n.item, i.lane_id, ${priority}, ${until},
      ${until}, 'settled', 'reminder', ${now}
    FROM unnest(${slots.map(({ date }) => date)}::date[], ${slots.map(({ item }) => item)}::text[])
      AS n (slot, item)
    JOIN identities i ON i.person_id = ${personId} AND i.preferred
    ON CONFLICT (person_id, stream, slot) DO UPDATE
      SET state = 'settled', reason = 'reminder', changed_at = excluded.changed_at
      WHERE outbox.state IN ('planned', 'retry')`.execute(trx);
};

/** In one transaction: the release in; ballots, members, bands and reminder rows out. A second call changes nothing. */
export const publishWave = async (
  trx: Transaction<Tables>,
  release: Release,
  now: Date,
): Promise<boolean> => {
  const moved = await trx
    .updateTable('waves')
    .set({ status: 'published' })
    .where('id', '=', release.wave)
    .where('status', '=', 'closing')
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await sql`INSERT INTO releases (wave_id, body, published_at)
    VALUES (${release.wave}, ${JSON.stringify(release)}::jsonb, ${now})`.execute(trx);
  await trx.deleteFrom('ballots').where('wave_id', '=', release.wave).execute();
  await trx.deleteFrom('wave_members').where('wave_id', '=', release.wave).execute();
  await trx.deleteFrom('participation').where('wave_id', '=', release.wave).execute();
  await trx
    .deleteFrom('outbox')
    .where('stream', '=', 'pulse-reminder')
    .where('item', 'like', `${release.wave}%`)
    .execute();
  return true;
};

/** All releases, oldest first. */
export const listReleases = async (db: Database): Promise<readonly Release[]> => {
  const rows = await db.selectFrom('releases').select('body').orderBy('published_at').execute();
  return rows.map((row) => row.body as Release);
};
