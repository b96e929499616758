/** Lanes: exclusivity is a row lease with a fencing token, pace is GCRA state in the same row. */
import { sql } from 'kysely';
import {
  afterSilence,
  type Pace,
  type PaceState,
  type Slow,
  withMargin,
} from '../../delivery/pacing.ts';
import type { Address, Findings, Platform } from '../../ports.ts';
import type { Database } from '../database.ts';

/** A lane's pace, and how far it has been used. */
type LanePace = Pace & PaceState;

export type Lease = {
  readonly lane: number;
  readonly fence: number;
  readonly holder: string;
  /** From then on another holder may have the lane. */
  readonly until: Date;
  /** Whether the lane was found to show one message however often its key is posted. */
  readonly deduplicates: boolean;
  /** The pace to keep, as it stood when the lease was taken or last renewed. */
  readonly pace: LanePace;
};

/**
 * How long a lease lasts, in milliseconds. Its holder renews it with every batch, so a lane whose holder died rests for
 * as little as a burst makes up for, and one that froze finds its lane in other hands.
 */
const leaseMilliseconds = 2_200;

const leaseEnd = (now: Date): Date => new Date(now.getTime() + leaseMilliseconds);

/** A lane's pace as its row keeps it: the slow stretch in three columns, all of them null or none. */
const paced = [
  'rate',
  'burst',
  'next_arrival as nextArrival',
  'slow_from as from',
  'slow_until as until',
  'slow_share as share',
] as const;

type Paced = Pick<LanePace, 'rate' | 'burst' | 'nextArrival'> & {
  readonly [Column in keyof Slow]: Slow[Column] | null;
};

const toPace = ({ rate, burst, nextArrival, from, until, share }: Paced): LanePace => {
  const slow = from === null || until === null || share === null ? null : { from, until, share };
  return withMargin({ rate, burst, nextArrival, slow });
};

/** What a lease reads of its lane. */
const leased = [
  'fence',
  ...paced,
  sql<boolean>`client_msg_id IS NOT DISTINCT FROM 'deduplicates'`.as('deduplicates'),
] as const;

/** Takes the lane for one run, or null when another holder's lease still stands. */
export const leaseLane = async (
  db: Database,
  lane: number,
  taker: { readonly holder: string; readonly now: Date },
): Promise<Lease | null> => {
  const until = leaseEnd(taker.now);
  const row = await db
    .updateTable('lanes')
    .set({ holder: taker.holder, leased_until: until, fence: sql`fence + 1` })
    .where('id', '=', lane)
    .where((where) =>
      where.or([where('leased_until', 'is', null), where('leased_until', '<=', taker.now)]),
    )
    .where('paused_reason', 'is', null)
    .returning(leased)
    .executeTakeFirst();
  return row === undefined ? null : toLease(row, { lane, holder: taker.holder, until });
};

/** The same lease from `now` on, its row locked until the transaction ends; null when a newer holder has the lane. */
export const renewLease = async (db: Database, lease: Lease, now: Date): Promise<Lease | null> => {
  const until = leaseEnd(now);
  const row = await db
    .updateTable('lanes')
    .set({ leased_until: until })
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .returning(leased)
    .executeTakeFirst();
  return row === undefined ? null : toLease(row, { ...lease, until });
};

const toLease = (
  { fence, deduplicates, ...row }: Paced & Pick<Lease, 'fence' | 'deduplicates'>,
  { lane, holder, until }: Pick<Lease, 'lane' | 'holder' | 'until'>,
): Lease => ({ lane, holder, until, fence, deduplicates, pace: toPace(row) });

/** Gives the lane back; a lease already lost to a newer holder is left alone. */
export const releaseLane = async (db: Database, lease: Lease): Promise<void> => {
  await db
    .updateTable('lanes')
    .set({ holder: null, leased_until: null })
    .where('id', '=', lease.lane)
    .where('fence', '=', lease.fence)
    .execute();
};

/** The quarter-hour in which a row is due, as the index of waiting rows has it before their turn. */
export const quarterHour = sql`date_bin('15 minutes', due, 'epoch'::timestamptz)`;

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
          .where('outbox.due', '<=', now)
          .where(quarterHour, '<=', now),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
};

/**
 * The platform refused a message reserved for `sent` and asked for silence until `until`. What that says of the pace is
 * judged by the lane's row as it stands, locked: a lease's copy may be older than the last refusal.
 */
export const holdLane = (
  db: Database,
  lease: Lease,
  refusal: { readonly sent: Date; readonly until: Date },
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('lanes')
      .select(paced)
      .where('id', '=', lease.lane)
      .where('fence', '=', lease.fence)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return;
    const pace = toPace(row);
    const { nextArrival, slow } = afterSilence(pace, pace, refusal);
    await trx
      .updateTable('lanes')
      .set({
        next_arrival: nextArrival,
        slow_from: slow.from,
        slow_until: slow.until,
        slow_share: slow.share,
      })
      .where('id', '=', lease.lane)
      .execute();
  });

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
  /** The end of the last silence that the platform asked for; null = there was none. */
  readonly heldUntil: Date | null;
  /** When the findings were last changed; null = never. */
  readonly foundAt: Date | null;
};

/** Every lane with its findings, by id. */
export const listLanes = async (db: Database): Promise<readonly Lane[]> => {
  const { rows } = await sql<Lane>`SELECT id, platform, workspace_id AS "workspaceId",
    paused_reason AS "pausedReason", slow_from AS "heldUntil", client_msg_id AS "clientMsgId", history, found_at AS "foundAt"
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

/** Ends a lane's silence at `now`: it begins slowly, as it would have at the end. */
export const endSilence = async (db: Database, lane: number, now: Date): Promise<void> => {
  const at = sql<Date>`${now}::timestamptz`;
  await db
    .updateTable('lanes')
    .set({ next_arrival: at, slow_from: at, slow_until: sql`slow_until - (slow_from - ${at})` })
    .where('id', '=', lane)
    .where('slow_from', '>', now)
    .execute();
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
