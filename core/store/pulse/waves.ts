/** Waves and their frozen members. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { freezeLattice, type Place } from '../../results/groups.ts';
import type { Depth, Group } from '../../results/release.ts';
import type { KeyState, WaveStatus } from '../../survey/schedule/wave.ts';
import type { Database } from '../database.ts';
import { listUnits } from '../people/people.ts';
import type { Tables } from '../schema.ts';

export type WaveRow = {
  readonly id: string;
  readonly survey: string;
  readonly items: readonly string[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly status: WaveStatus;
  readonly publicKey: unknown;
  readonly invited: number;
  /** How far down figures are published. */
  readonly depth: Depth;
  readonly keys: KeyState;
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
  'depth',
  'keys',
] as const;

/** Every wave launched so far, oldest first. */
export const listWaves = async (db: Database): Promise<readonly WaveRow[]> =>
  db.selectFrom('waves').select(waveColumns).orderBy('opens_at').execute();

/** One wave, or null. */
export const findWave = async (db: Database, id: string): Promise<WaveRow | null> =>
  (await db.selectFrom('waves').select(waveColumns).where('id', '=', id).executeTakeFirst()) ??
  null;

/** The groups of a wave as they stood at its launch. */
export const readGroups = async (db: Database, id: string): Promise<readonly Group[]> => {
  const row = await db.selectFrom('waves').select('groups').where('id', '=', id).executeTakeFirst();
  // Written by `launchWave` alone.
  return (row?.groups ?? []) as readonly Group[];
};

/** The groups of all earlier waves, by which a grade band keeps its id. */
const knownGroups = async (trx: Transaction<Tables>): Promise<readonly Group[]> => {
  const rows = await trx.selectFrom('waves').select('groups').orderBy('opens_at').execute();
  return rows.flatMap(({ groups }) => groups as readonly Group[]);
};

/** The people `p` whom a wave of that day invites. */
const invitedOn = (today: LocalDate) => sql`FROM (
  SELECT people.* FROM people LEFT JOIN preferences f ON f.person_id = people.id
  WHERE people.status = 'active' AND f.stopped_at IS NULL
    AND NOT coalesce(people.leave_from <= ${today}::date AND ${today}::date <= people.leave_to, false)
  ) AS p`;

/**
 * Launches a wave: members and their groups are frozen here. People on leave on `today`, those who stopped and those
 * who left stay outside; whoever moves to another unit later counts there from the next wave on.
 * Returns the number invited; a wave already launched stays as it is and gives null.
 */
export const launchWave = async (
  trx: Transaction<Tables>,
  wave: Omit<WaveRow, 'status' | 'invited' | 'keys'>,
  today: LocalDate,
): Promise<number | null> => {
  const created = await sql`
    INSERT INTO waves (id, survey, items, opens_at, closes_at, status, public_key, invited, depth)
    VALUES (${wave.id}, ${wave.survey}, ${wave.items}, ${wave.opensAt}, ${wave.closesAt}, 'open',
      ${JSON.stringify(wave.publicKey)}::jsonb, 0, ${wave.depth})
    ON CONFLICT DO NOTHING`.execute(trx);
  if (Number(created.numAffectedRows ?? 0) === 0) return null;
  // A roster that is being written is waited for, so that groups and members are of one instant.
  await sql`LOCK TABLE people, units IN SHARE MODE`.execute(trx);
  const { rows: places } = await sql<Place>`
    SELECT DISTINCT p.unit_id AS unit, p.grade_band AS "gradeBand" ${invitedOn(today)}
    ORDER BY unit, "gradeBand"`.execute(trx);
  const units = await listUnits(trx);
  const lattice = freezeLattice({ units, places, known: await knownGroups(trx) });
  const members = await sql`
    INSERT INTO wave_members (wave_id, person_id, groups)
    SELECT ${wave.id}, p.id, place.groups ${invitedOn(today)}
      JOIN jsonb_to_recordset(${JSON.stringify(lattice.places)}::jsonb)
        AS place (unit integer, "gradeBand" text, groups integer[])
        ON place.unit = p.unit_id AND place."gradeBand" = p.grade_band`.execute(trx);
  const invited = Number(members.numAffectedRows ?? 0);
  const groups = JSON.stringify(lattice.groups);
  await trx.updateTable('waves').set({ invited, groups }).where('id', '=', wave.id).execute();
  return invited;
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

/**
 * Settles a person's reminders before their days, as if they were over. That they were settled early, and on which day,
 * can be seen in the store until the close takes the rows away; a finer time would lie beside that of a ballot, whose
 * key it would name.
 */
export const settleAhead = async (
  trx: Transaction<Tables>,
  personId: number,
  ahead: {
    readonly slots: readonly { readonly date: LocalDate; readonly item: string }[];
    readonly priority: number;
    readonly until: Date;
    /** When the agency's day began. */
    readonly today: Date;
  },
): Promise<void> => {
  const { slots, priority, until, today } = ahead;
  await sql`
    INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state,
      reason, changed_at)
    SELECT ${personId}, 'pulse-reminder', n.slot, n.item, i.lane_id, ${priority}, ${until},
      ${until}, 'settled', 'reminder', ${today}
    FROM unnest(${slots.map(({ date }) => date)}::date[], ${slots.map(({ item }) => item)}::text[])
      AS n (slot, item)
    JOIN identities i ON i.person_id = ${personId} AND i.preferred
    ON CONFLICT (person_id, stream, slot) DO UPDATE
      SET state = 'settled', reason = 'reminder', changed_at = excluded.changed_at
      WHERE outbox.state IN ('planned', 'retry')`.execute(trx);
};
