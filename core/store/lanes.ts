/** Lanes: exclusivity is a row lease with a fencing token, pace is GCRA state in the same row. */
import { sql, type Transaction } from 'kysely';
import { reserve, roomUntil } from '../delivery/pacing.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export type Lease = { readonly lane: number; readonly fence: number; readonly holder: string };

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
    .returning('fence')
    .executeTakeFirst();
  return row === undefined ? null : { lane, fence: row.fence, holder: taker.holder };
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
