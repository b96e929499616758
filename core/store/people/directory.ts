/** What a chat's directory tells of its members, matched with people: reachability, zone, and who is who by e-mail. */
import { sql, type Transaction } from 'kysely';
import { homeZones, type Member } from '../../people/member.ts';
import type { Platform } from '../../ports.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

type Trx = Transaction<Tables>;

/** A lane whose directory is read. */
type Where = { readonly id: number; readonly platform: Platform; readonly workspaceId: string };

export type Applied = {
  /** People who are new in this chat, or reached otherwise than before. */
  readonly changed: readonly number[];
  readonly matched: number;
};

/**
 * Applies what was told of some members. Members who are nobody on the roster leave no trace; people are matched by an
 * e-mail address that is theirs alone, and only where the roster names no identity on this platform.
 */
export const applyMembers = async (
  trx: Trx,
  lane: Where,
  members: readonly Member[],
): Promise<Applied> => {
  if (members.length === 0) return { changed: [], matched: 0 };
  const told = sql`jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
    AS told ("userId" text, email text, zone text, status text)`;
  const matched = await matchByEmail(trx, lane, told);
  const moved = await followZones(trx, lane, told);
  const reached = await noteReachable(trx, lane, told);
  return { changed: [...new Set([...matched, ...moved, ...reached])], matched: matched.length };
};

type Told = ReturnType<typeof sql>;

const isTold = ({ platform, workspaceId }: Where) =>
  sql`i.platform = ${platform} AND i.workspace_id = ${workspaceId} AND i.user_id = told."userId"`;

const matchByEmail = async (trx: Trx, lane: Where, told: Told): Promise<readonly number[]> => {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, preferred)
    SELECT ${lane.platform}, ${lane.workspaceId}, told."userId", p.id, ${lane.id},
      NOT EXISTS (SELECT FROM identities other WHERE other.person_id = p.id AND other.preferred)
    FROM ${told} JOIN people p ON lower(p.email) = lower(told.email) AND p.status = 'active'
    WHERE told.status = 'staff'
      AND NOT EXISTS (SELECT FROM people twin
        WHERE lower(twin.email) = lower(p.email) AND twin.status = 'active' AND twin.id <> p.id)
      AND NOT EXISTS (SELECT FROM identities own
        WHERE own.person_id = p.id AND own.platform = ${lane.platform})
    ON CONFLICT DO NOTHING
    RETURNING person_id AS id`.execute(trx);
  return rows.map(({ id }) => id);
};

/** The chat's zone is kept as it was told, and moves the person when it is new; see `homeZones` for the first one. */
const followZones = async (trx: Trx, lane: Where, told: Told): Promise<readonly number[]> => {
  const { rows } = await sql<{ id: number }>`
    WITH fresh AS (SELECT i.user_id, i.person_id, i.zone AS before, told.zone
      FROM identities i JOIN ${told} ON ${isTold(lane)}
      WHERE told.status <> 'gone' AND told.zone IS NOT NULL AND i.zone IS DISTINCT FROM told.zone),
    kept AS (UPDATE identities i SET zone = fresh.zone FROM fresh
      WHERE i.platform = ${lane.platform} AND i.workspace_id = ${lane.workspaceId}
        AND i.user_id = fresh.user_id)
    UPDATE people p SET time_zone = fresh.zone,
      roster_zone = coalesce(p.roster_zone, p.time_zone)
    FROM fresh WHERE p.id = fresh.person_id AND p.time_zone <> fresh.zone
      AND (fresh.before IS NOT NULL OR fresh.zone = ANY(${[...homeZones]}::text[]))
    RETURNING p.id`.execute(trx);
  return rows.map(({ id }) => id);
};

const noteReachable = async (trx: Trx, lane: Where, told: Told): Promise<readonly number[]> => {
  const { rows } = await sql<{ id: number }>`
    UPDATE identities i
    SET unreachable_reason = CASE WHEN told.status = 'gone' THEN ${deactivated} END
    FROM ${told} WHERE ${isTold(lane)}
      AND (told.status = 'gone') = (i.unreachable_reason IS DISTINCT FROM ${deactivated})
    RETURNING i.person_id AS id`.execute(trx);
  return rows.map(({ id }) => id);
};

/** Why a person whose account was closed is not reached; the directory alone sets it and takes it back. */
const deactivated = 'deactivated';

/**
 * The lanes a member's event concerns: the one of its workspace, and in an organisation those in which the person is
 * known, for there one user id is one person everywhere.
 */
export const lanesOfMember = async (
  db: Database,
  of: { readonly platform: Platform; readonly workspaceId: string; readonly userId: string },
): Promise<readonly Where[]> => {
  const { rows } = await sql<Where>`
    SELECT l.id, l.platform, l.workspace_id AS "workspaceId" FROM lanes l
    WHERE l.platform = ${of.platform} AND (l.workspace_id = ${of.workspaceId}
      OR l.workspace_id IN (${knownIn(of)}))
    ORDER BY l.id`.execute(db);
  return rows;
};

/** The workspace in which a person is known, for an event that came by way of another one of the organisation. */
export const homeWorkspace = async (
  db: Database,
  of: { readonly platform: Platform; readonly workspaceId: string; readonly userId: string },
): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`SELECT id FROM (${knownIn(of)}) AS known (id)
    ORDER BY id <> ${of.workspaceId}, id LIMIT 1`.execute(db);
  return rows[0]?.id ?? null;
};

const knownIn = (of: {
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly userId: string;
}) => sql`SELECT i.workspace_id FROM identities i
  WHERE i.platform = ${of.platform} AND i.user_id = ${of.userId}
    AND (i.workspace_id = ${of.workspaceId} OR i.workspace_id IN (
      SELECT theirs.workspace_id FROM installed_workspaces theirs
      LEFT JOIN installed_workspaces mine ON mine.workspace_id = ${of.workspaceId}
      WHERE theirs.team_id = '' AND theirs.enterprise_id IN (${of.workspaceId}, mine.enterprise_id)))`;

/** How far a directory has been read. */
export type Reading = Where & {
  readonly cursor: string | null;
  readonly nextAt: Date;
  readonly endedAt: Date | null;
  readonly emails: boolean | null;
  readonly refused: string | null;
  readonly members: number;
  readonly matched: number;
  readonly guests: number;
  readonly gone: number;
};

/** Every lane of these platforms that does not stand still, with how far its directory has been read. */
export const listReadings = async (
  db: Database,
  of: readonly Platform[],
): Promise<readonly Reading[]> => {
  const { rows } = await sql<Reading>`SELECT l.id, l.platform, l.workspace_id AS "workspaceId",
      r.cursor, coalesce(r.next_at, to_timestamp(0)) AS "nextAt", r.ended_at AS "endedAt",
      r.emails, r.refused, coalesce(r.members, 0) AS members, coalesce(r.matched, 0) AS matched,
      coalesce(r.guests, 0) AS guests, coalesce(r.gone, 0) AS gone
    FROM lanes l LEFT JOIN directory_reads r ON r.lane_id = l.id
    WHERE l.platform = ANY(${[...of]}::text[]) AND l.paused_reason IS NULL
    ORDER BY l.id`.execute(db);
  return rows;
};

/** Keeps how far a directory has been read. */
export const saveReading = async (db: Database, reading: Reading): Promise<void> => {
  const { cursor, emails, refused, members, matched, guests, gone } = reading;
  const told = {
    ...{ cursor, emails, refused, members, matched, guests, gone },
    next_at: reading.nextAt,
    ended_at: reading.endedAt,
  };
  await db
    .insertInto('directory_reads')
    .values({ lane_id: reading.id, ...told })
    .onConflict((conflict) => conflict.column('lane_id').doUpdateSet(told))
    .execute();
};

/** Directories are read again soon: the roster changed. One that is being read goes on where it stands. */
export const requestReadings = async (trx: Trx, now: Date): Promise<void> => {
  await trx
    .updateTable('directory_reads')
    .set({ next_at: now })
    .where('cursor', 'is', null)
    .execute();
};
