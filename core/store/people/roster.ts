/** Writes a roster: whole or not at all, and never deletes a person. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { ConflictError } from '../../errors.ts';
import type { KeyedPerson, KeyedRoster, Unit } from '../../people/person.ts';
import { type Platform, platforms } from '../../ports.ts';
import { recordAudit } from '../audit.ts';
import type { Tables } from '../schema.ts';
import { ensureLane } from './people.ts';
import { checkSecret } from './roster-key.ts';

type Trx = Transaction<Tables>;

export type RosterOptions = {
  readonly now: Date;
  /** The agency's date: units and moves count from it. */
  readonly today: LocalDate;
  /** Pace of a lane that is made now, by platform. */
  readonly pace: Readonly<Record<Platform, { readonly rate: number; readonly burst: number }>>;
  /** Told how many people are written so far, after each statement's worth. */
  readonly onWritten?: (people: number) => void;
};

/** People written in one statement. */
const chunkSize = 5_000;

/** Writes units, people, their moves and chat identities; whoever is absent stays as is. Throws ConflictError when the roster secret is not the one used before. */
export const applyRoster = async (
  trx: Trx,
  roster: KeyedRoster,
  options: RosterOptions,
): Promise<void> => {
  await checkSecret(trx, roster.check);
  for (const unit of roster.units) await writeUnit(trx, unit, options.today);
  const lanes = await ensureLanes(trx, roster.people, options.pace);
  for (let start = 0; start < roster.people.length; start += chunkSize) {
    const people = roster.people.slice(start, start + chunkSize);
    const ids = await writePeople(trx, people);
    await writeMoves(trx, [...ids.values()], options.today);
    await writeIdentities(trx, people, { ids, lanes });
    options.onWritten?.(start + people.length);
  }
  await recordAudit(trx, {
    at: options.now,
    actor: 'operator',
    act: 'roster.applied',
    detail: { people: roster.people.length, units: roster.units.length },
  });
};

const writeUnit = async (trx: Trx, unit: Unit, today: LocalDate): Promise<void> => {
  const parent =
    unit.parent === null
      ? null
      : await trx
          .selectFrom('units')
          .select('id')
          .where('code', '=', unit.parent)
          .executeTakeFirstOrThrow();
  const told = { parent_id: parent?.id ?? null, name: unit.name, level_label: unit.levelLabel };
  await trx
    .insertInto('units')
    .values({ ...told, code: unit.code, valid_from: today, valid_to: null })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(told))
    .execute();
};

const laneKey = (platform: string, workspaceId: string): string => `${platform} ${workspaceId}`;

const ensureLanes = async (
  trx: Trx,
  people: readonly KeyedPerson[],
  pace: RosterOptions['pace'],
): Promise<ReadonlyMap<string, number>> => {
  const wanted = new Map(
    people
      .flatMap(({ identities }) => identities)
      .map((identity) => [laneKey(identity.platform, identity.workspaceId), identity]),
  );
  const lanes = new Map<string, number>();
  for (const [key, { platform, workspaceId }] of wanted)
    lanes.set(key, await ensureLane(trx, { platform, workspaceId, ...pace[platform] }));
  return lanes;
};

/**
 * Inserts or updates by pseudonym, new ids in the order of the file, and gives the ids by it. A language of one's own
 * choosing is kept, and so is a zone that the chat told, until the roster tells another one than before.
 */
const writePeople = async (
  trx: Trx,
  people: readonly KeyedPerson[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = JSON.stringify(
    people.map((person, place) => ({
      ...person,
      place,
      leaveFrom: person.leave?.from ?? null,
      leaveTo: person.leave?.to ?? null,
    })),
  );
  const incoming = sql`jsonb_to_recordset(${rows}::jsonb) AS told (
    key text, name text, email text, unit text, roles text[], "timeZone" text, "workPattern" text,
    "gradeBand" text, status text, "leaveFrom" date, "leaveTo" date, language text,
    place integer)`;
  const written = await sql<{ id: number; employee_key: string }>`
    INSERT INTO people (employee_key, name, email, unit_id, roles, time_zone, roster_zone,
      work_pattern, grade_band, status, leave_from, leave_to)
    SELECT told.key, told.name, told.email, units.id, told.roles, told."timeZone",
      told."timeZone", told."workPattern", told."gradeBand", told.status, told."leaveFrom",
      told."leaveTo"
    FROM ${incoming} JOIN units ON units.code = told.unit
    ORDER BY told.place
    ON CONFLICT (employee_key) DO UPDATE SET name = excluded.name, email = excluded.email,
      unit_id = excluded.unit_id, roles = excluded.roles,
      time_zone = CASE WHEN coalesce(people.roster_zone, people.time_zone) = excluded.time_zone
        THEN people.time_zone ELSE excluded.time_zone END,
      roster_zone = excluded.roster_zone, work_pattern = excluded.work_pattern,
      grade_band = excluded.grade_band,
      status = excluded.status, leave_from = excluded.leave_from, leave_to = excluded.leave_to
    RETURNING id, employee_key`.execute(trx);
  if (written.rows.length !== people.length)
    throw new ConflictError('a unit of the roster is no longer in the store');
  await sql`
    INSERT INTO preferences (person_id, language)
    SELECT people.id, told.language FROM ${incoming} JOIN people ON people.employee_key = told.key
    ON CONFLICT (person_id) DO NOTHING`.execute(trx);
  return new Map(written.rows.map((row) => [row.employee_key, row.id]));
};

/** A line of history for everyone whose unit is not the last one written. */
const writeMoves = async (trx: Trx, ids: readonly number[], today: LocalDate): Promise<void> => {
  await sql`
    INSERT INTO unit_history (person_id, unit_id, from_date)
    SELECT people.id, people.unit_id, ${today}::date FROM people
    WHERE people.id = ANY (${ids}::integer[]) AND people.unit_id IS DISTINCT FROM (
      SELECT past.unit_id FROM unit_history past WHERE past.person_id = people.id
      ORDER BY past.from_date DESC LIMIT 1)
    ON CONFLICT (person_id, from_date) DO UPDATE SET unit_id = excluded.unit_id`.execute(trx);
};

/** Adds or replaces identities; a platform the file leaves empty keeps what is known. */
const writeIdentities = async (
  trx: Trx,
  people: readonly KeyedPerson[],
  known: { readonly ids: ReadonlyMap<string, number>; readonly lanes: ReadonlyMap<string, number> },
): Promise<void> => {
  const rows = JSON.stringify(
    people.flatMap((person) =>
      person.identities.map((identity) => ({
        ...identity,
        person: known.ids.get(person.key),
        lane: known.lanes.get(laneKey(identity.platform, identity.workspaceId)),
      })),
    ),
  );
  const incoming = sql`jsonb_to_recordset(${rows}::jsonb) AS told (
    platform text, "workspaceId" text, "userId" text, person integer, lane integer)`;
  const owners = await sql<{ id: number }>`
    SELECT DISTINCT person_id AS id FROM identities JOIN ${incoming}
      ON identities.platform = told.platform AND workspace_id = told."workspaceId"
      AND user_id = told."userId"`.execute(trx);
  const affected = [...new Set([...known.ids.values(), ...owners.rows.map(({ id }) => id)])];
  await dropReplaced(trx, people, known.ids);
  await sql`UPDATE identities SET preferred = false
    WHERE preferred AND person_id = ANY (${affected}::integer[])`.execute(trx);
  await sql`
    INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, preferred)
    SELECT told.platform, told."workspaceId", told."userId", told.person, told.lane, false
    FROM ${incoming}
    ON CONFLICT (platform, workspace_id, user_id)
    DO UPDATE SET person_id = excluded.person_id, lane_id = excluded.lane_id`.execute(trx);
  await preferOne(trx, affected, {
    told: people.flatMap(({ key, preferredChat }) =>
      preferredChat === null ? [] : [{ person: known.ids.get(key), platform: preferredChat }],
    ),
  });
};

/**
 * Deletes other users of these people in the workspaces that the file tells. Compared here, not joined there: within an
 * import's own transaction the server has no statistics of what it wrote, and would look through a whole workspace for
 * each person of it.
 */
const dropReplaced = async (
  trx: Trx,
  people: readonly KeyedPerson[],
  ids: ReadonlyMap<string, number>,
): Promise<void> => {
  const held = await trx
    .selectFrom('identities')
    .select(['platform', 'workspace_id', 'user_id', 'person_id'])
    .where('person_id', '=', sql<number>`ANY (${[...ids.values()]}::integer[])`)
    .execute();
  const told = new Map(
    people.flatMap(({ key, identities }) =>
      identities.map(
        ({ platform, workspaceId, userId }) =>
          [`${ids.get(key)} ${laneKey(platform, workspaceId)}`, userId] as const,
      ),
    ),
  );
  const gone = held.filter(({ person_id, platform, workspace_id, user_id }) => {
    const user = told.get(`${person_id} ${laneKey(platform, workspace_id)}`);
    return user !== undefined && user !== user_id;
  });
  if (gone.length === 0) return;
  await sql`DELETE FROM identities USING unnest(${gone.map(({ platform }) => platform)}::text[],
      ${gone.map(({ workspace_id }) => workspace_id)}::text[],
      ${gone.map(({ user_id }) => user_id)}::text[]) AS gone (platform, workspace_id, user_id)
    WHERE identities.platform = gone.platform AND identities.workspace_id = gone.workspace_id
      AND identities.user_id = gone.user_id`.execute(trx);
};

/** One copy a person: on the platform the roster tells, else the first in the order of `platforms`. */
const preferOne = async (
  trx: Trx,
  people: readonly number[],
  choice: { readonly told: readonly { readonly person: number | undefined; platform: Platform }[] },
): Promise<void> => {
  await sql`
    UPDATE identities SET preferred = true FROM (
      SELECT DISTINCT ON (one.person_id) one.platform, one.workspace_id, one.user_id
      FROM identities one
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(choice.told)}::jsonb)
        AS told (person integer, platform text)
        ON told.person = one.person_id AND told.platform = one.platform
      WHERE one.person_id = ANY (${people}::integer[])
      ORDER BY one.person_id, told.person NULLS LAST,
        array_position(${[...platforms]}::text[], one.platform), one.workspace_id, one.user_id
    ) best
    WHERE identities.platform = best.platform AND identities.workspace_id = best.workspace_id
      AND identities.user_id = best.user_id`.execute(trx);
};
