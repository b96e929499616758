/** Lanes: exclusivity is a row lease with a fencing token, pace is GCRA state in the same row. */
import { sql, type Transaction } from 'kysely';
import { reserve, roomUntil } from '../delivery/pacing.ts';
import type { Address, Findings, Platform } from '../ports.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export type Lease = {
  readonly lane: number;
  readonly fence: number;
  readonly holder: string;
  /** From then on another holder may have the lane. */
  readonly until: Date;
  /** Whether the lane was found to show one message however often its key is posted. */
  readonly deduplicates: boolean;
};

/** Longest lease in milliseconds; a run ends well before. */
const leaseMilliseconds = 60_000;

/** Takes the lane for one run, or null when another holder's lease still stands. */
export const leaseLane = async (
  db: Database,
  lane: number,
  taker: { readonly holder: string; readonly now: Date },
): Promise<Lease | null> => {
  const until = new Date(taker.now.getTime() + leaseMilliseconds);
  const row = await db
    .updateTable('lanes')
    .set({ holder: taker.holder, leased_until: until, fence: sql`fence + 1` })
    .where('id', '=', lane)
    .where((where) =>
      where.or([where('leased_until', 'is', null), where('leased_until', '<=', taker.now)]),
    )
    .where('paused_reason', 'is', null)
    .returning([
      'fence',
      sql<boolean>`client_msg_id IS NOT DISTINCT FROM 'deduplicates'`.as('deduplicates'),
    ])
    .executeTakeFirst();
  return row === undefined ? null : { lane, holder: taker.holder, until, ...row };
};

/** Gives the lane back; a lease already lost to a newer holder is left alone. */
export const releaseLane = async (db: Database, lease: Lease): Promise<void> => {
  await db
    .updateTable('lanes')
    .set({ holder: null, leased_until: null })
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .execute();
};

/** Lanes with something due at `now` that are neither paused nor leased. */
export const lanesWithWork = async (db: Database, now: Date): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom('lanes')
    .select('id')
    .where('paused_reason', 'is', null)
    .where((where) =>
      where.or([where('leased_until', 'is', null), where('leased_until', '<=', now)]),
    )
    .where((where) =>
      where.exists(
        where
          .selectFrom('outbox')
          .select('outbox.person_id')
          .whereRef('outbox.lane_id', '=', 'lanes.id')
          .where('outbox.state', 'in', ['planned', 'retry'])
          .where('outbox.due', '<=', now),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
};

/** Reserves send instants for at most `most` messages before `until`, under the lease. */
export const reservePace = async (
  trx: Transaction<Tables>,
  lease: Lease,
  wish: { readonly most: number; readonly now: Date; readonly until: Date },
): Promise<{
  readonly room: number;
  readonly take: (count: number) => Promise<readonly Date[]>;
} | null> => {
  const row = await trx
    .selectFrom('lanes')
    .select(['rate', 'burst', 'next_arrival'])
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  const room = Math.min(wish.most, roomUntil(row, row.next_arrival, wish));
  return {
    room,
    take: async (count) => {
      const { at, nextArrival } = reserve(row, row.next_arrival, { now: wish.now, count });
      await trx
        .updateTable('lanes')
        .set({ next_arrival: nextArrival })
        .where('id', '=', lease.lane)
        .execute();
      return at;
    },
  };
};

/** The platform asked for silence until `until`: no burst, which would let some go earlier. */
export const holdLane = async (db: Database, lease: Lease, until: Date): Promise<void> => {
  await db
    .updateTable('lanes')
    .set({
      next_arrival: sql`greatest(next_arrival,
        ${until}::timestamptz + (burst - 1) / rate * interval '1 second')`,
    })
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .execute();
};

/** Stops a whole lane (revoked token, missing scope): no person is blamed for it. */
export const pauseLane = async (db: Database, lease: Lease, reason: string): Promise<void> => {
  await db
    .updateTable('lanes')
    .set({ paused_reason: reason })
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .execute();
};

/** A lane and what is known of it. */
export type Lane = Findings & {
  readonly id: number;
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly pausedReason: string | null;
  /** When the findings were last changed; null = never. */
  readonly foundAt: Date | null;
};

/** Every lane with its findings, by id. */
export const listLanes = async (db: Database): Promise<readonly Lane[]> => {
  const { rows } = await sql<Lane>`SELECT id, platform, workspace_id AS "workspaceId",
    paused_reason AS "pausedReason", client_msg_id AS "clientMsgId", history, found_at AS "foundAt"
    FROM lanes ORDER BY id`.execute(db);
  return rows;
};

/** Stores what was found out about a lane; a field left out stays as it was. */
export const saveFindings = async (
  db: Database,
  lane: number,
  found: Partial<Findings> & { readonly now: Date },
): Promise<void> => {
  const { clientMsgId, history, now } = found;
  await sql`UPDATE lanes SET found_at = ${now},
    client_msg_id = CASE WHEN ${clientMsgId === undefined} THEN client_msg_id ELSE ${clientMsgId ?? null}::text END,
    history = CASE WHEN ${history === undefined} THEN history ELSE ${history ?? null}::boolean END
    WHERE id = ${lane}`.execute(db);
};

/** Lets a paused lane send again. */
export const resumeLane = async (db: Database, lane: number): Promise<void> => {
  await db.updateTable('lanes').set({ paused_reason: null }).where('id', '=', lane).execute();
};

/** Where the people with these chat user ids or pseudonymous employee keys are reached, on every lane. */
export const listAddresses = async (
  db: Database,
  of: { readonly userIds: readonly string[]; readonly employeeKeys: readonly string[] },
): Promise<readonly Address[]> => {
  const { rows } = await sql<Address>`
    SELECT i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
      i.service_url AS "serviceUrl"
    FROM identities i JOIN people p ON p.id = i.person_id
    WHERE i.user_id = ANY(${of.userIds}::text[]) OR p.employee_key = ANY(${of.employeeKeys}::text[])
    ORDER BY i.platform, i.workspace_id, i.user_id`.execute(db);
  return rows;
};
