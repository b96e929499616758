/** The outbox: claimed under a lease, committed as an intent before any byte leaves, settled with a reason. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../clock.ts';
import { recallPattern } from '../delivery/amendment.ts';
import type { ClaimedPerson } from '../delivery/recheck.ts';
import type { Language } from '../language.ts';
import type { Address, Platform } from '../ports.ts';
import type { Database } from './database.ts';
import type { Lease } from './lanes.ts';
import type { NudgeState, Tables } from './schema.ts';

/** A nudge's own name: one person, one stream, one local date. */
export type NudgeKey = {
  readonly personId: number;
  readonly stream: string;
  readonly slot: LocalDate;
};

export type Claimed = NudgeKey & {
  readonly item: string;
  readonly due: Date;
  readonly expires: Date;
  readonly attempt: number;
  readonly key: string | null;
  readonly language: Language;
  readonly unitId: number;
  /** A slower pace is offered with this tip. */
  readonly offerPace: boolean;
  readonly address: Address;
  readonly person: ClaimedPerson;
};

type ClaimRow = Omit<Claimed, 'address' | 'person'> &
  ClaimedPerson & {
    platform: Platform;
    workspaceId: string;
    userId: string;
    conversation: string | null;
    serviceUrl: string | null;
  };

/** A recall replaces a message where that was sent; any other goes where the person is now. */
const recalls = sql`o.stream LIKE ${recallPattern}`;

/**
 * Due rows follow a person whose chat changed since the plan; who has no chat left, or none where a recalled message
 * stands, is skipped with that reason.
 */
export const followChat = async (db: Database, now: Date): Promise<void> => {
  const waiting = sql`o.state IN ('planned', 'retry') AND o.due <= ${now}`;
  await sql`UPDATE outbox o SET lane_id = i.lane_id, changed_at = ${now} FROM identities i
    WHERE ${waiting} AND i.person_id = o.person_id AND i.preferred
      AND o.lane_id <> i.lane_id AND NOT ${recalls}`.execute(db);
  await sql`UPDATE outbox o SET state = 'skipped', reason = 'no-chat', changed_at = ${now}
    WHERE ${waiting} AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.person_id = o.person_id
      AND CASE WHEN ${recalls} THEN i.lane_id = o.lane_id ELSE i.preferred END)`.execute(db);
};

/** The next due rows of a lane, highest class first, locked for this transaction. */
export const claimDue = async (
  trx: Transaction<Tables>,
  lease: Lease,
  wish: { readonly now: Date; readonly most: number },
): Promise<readonly Claimed[]> => {
  // The rows first and alone: with the people in the same step the server would join a whole crowd to find a few.
  const rows = await sql<ClaimRow>`
    WITH o AS MATERIALIZED (
      SELECT person_id, stream, slot, item, due, expires, attempt, key, lane_id, priority FROM outbox
      WHERE lane_id = ${lease.lane} AND state IN ('planned', 'retry') AND due <= ${wish.now}
      ORDER BY priority, due
      LIMIT ${wish.most}
      FOR UPDATE SKIP LOCKED)
    SELECT o.person_id AS "personId", o.stream, o.slot, o.item, o.due, o.expires, o.attempt, o.key,
      coalesce(f.language, 'id') AS language, p.unit_id AS "unitId",
      f.pace_offer IS NOT DISTINCT FROM 'due' AS "offerPace",
      i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
      i.service_url AS "serviceUrl", i.unreachable_reason AS "unreachableReason",
      p.status, p.time_zone AS zone, p.work_pattern AS pattern,
      f.quiet_from AS "quietFrom", f.quiet_to AS "quietTo",
      p.leave_from AS "leaveFrom", p.leave_to AS "leaveTo",
      f.paused_until AS "pausedUntil", (f.stopped_at IS NOT NULL) AS stopped
    FROM o
    JOIN people p ON p.id = o.person_id
    LEFT JOIN preferences f ON f.person_id = p.id
    JOIN identities i ON i.person_id = p.id AND (i.preferred OR ${recalls}) AND i.lane_id = o.lane_id
    ORDER BY o.priority, o.due, o.person_id`.execute(trx);
  return rows.rows.map(toClaimed);
};

const toClaimed = (row: ClaimRow): Claimed => ({
  personId: row.personId,
  stream: row.stream,
  slot: row.slot,
  item: row.item,
  due: row.due,
  expires: row.expires,
  attempt: row.attempt,
  key: row.key,
  language: row.language,
  unitId: row.unitId,
  offerPace: row.offerPace,
  address: {
    platform: row.platform,
    workspaceId: row.workspaceId,
    userId: row.userId,
    conversation: row.conversation,
    serviceUrl: row.serviceUrl,
  },
  person: {
    status: row.status,
    zone: row.zone,
    pattern: row.pattern,
    quietFrom: row.quietFrom,
    quietTo: row.quietTo,
    leaveFrom: row.leaveFrom,
    leaveTo: row.leaveTo,
    pausedUntil: row.pausedUntil,
    stopped: row.stopped,
    unreachableReason: row.unreachableReason,
  },
});

/**
 * Writes the intents: state `sending`, one more attempt, the key stored with the first and never changed; with them how
 * far the lane's pace is used.
 */
export const commitIntents = async (
  trx: Transaction<Tables>,
  lease: Lease,
  intents: {
    readonly now: Date;
    readonly rows: readonly (NudgeKey & { readonly key: string })[];
    readonly nextArrival: Date;
  },
): Promise<void> => {
  const { rows, now, nextArrival } = intents;
  if (rows.length === 0) return;
  await sql`
    WITH pace AS (UPDATE lanes SET next_arrival = ${nextArrival} WHERE id = ${lease.lane})
    UPDATE outbox o SET state = 'sending', attempt = o.attempt + 1, key = coalesce(o.key, n.key),
      fence = ${lease.fence}, changed_at = ${now}
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
      ${rows.map((row) => row.slot)}::date[], ${rows.map((row) => row.key)}::uuid[])
      AS n (person_id, stream, slot, key)
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot`.execute(trx);
};

/** What a row becomes; `due` only where it goes back to waiting. */
export type Settlement = NudgeKey & {
  readonly state: NudgeState;
  readonly reason: string | null;
  readonly due: Date | null;
  readonly ref: string | null;
  readonly conversation: string | null;
  /** What the person has seen with it. */
  readonly seen?: Seen | undefined;
};

/** An item of the catalogue, and on which sources it stood; '' for one that cites none. */
export type Seen = { readonly item: string; readonly version: string };

/**
 * Settles rows that this lease claimed. A row taken over by a newer fence is left alone.
 * Returns how many rows were settled.
 */
export const settle = async (
  db: Database,
  lease: Lease,
  settlements: { readonly now: Date; readonly rows: readonly Settlement[] },
): Promise<number> => {
  const { rows, now } = settlements;
  if (rows.length === 0) return 0;
  const result = await sql`
    WITH n AS (SELECT * FROM unnest(
      ${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
      ${rows.map((row) => row.slot)}::date[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => row.due)}::timestamptz[],
      ${rows.map((row) => row.ref)}::text[], ${rows.map((row) => row.conversation)}::text[],
      ${rows.map((row) => row.seen?.item)}::text[], ${rows.map((row) => row.seen?.version)}::text[])
      AS m (person_id, stream, slot, state, reason, due, ref, conversation, item, version)),
    seen_now AS (INSERT INTO seen (person_id, item, version, at)
      SELECT person_id, item, version, ${now} FROM n WHERE item IS NOT NULL ON CONFLICT DO NOTHING)
    UPDATE outbox o SET state = CASE WHEN o.in_doubt
        AND n.state IN ('skipped', 'expired', 'unreachable') THEN 'unconfirmed' ELSE n.state::nudge_state END,
      fence = CASE WHEN n.state <> 'sent' THEN o.fence END,
      reason = n.reason, due = coalesce(n.due, o.due),
      ref = coalesce(n.ref, o.ref), conversation = coalesce(n.conversation, o.conversation),
      changed_at = ${now}
    FROM n
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot
      AND (o.fence IS NULL OR o.fence <= ${lease.fence})
      AND (o.state IN ('planned', 'retry', 'sending', 'unknown')
        OR (o.state = 'unconfirmed' AND o.fence = ${lease.fence}))`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** A reminder's row tells nothing of who got it: one state for sent and not needed, no trace of the attempt. */
export const settleReminders = async (
  db: Database,
  lease: Lease,
  { now, rows }: { readonly now: Date; readonly rows: readonly NudgeKey[] },
): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    UPDATE outbox o SET state = 'settled', reason = 'reminder', attempt = 0, key = NULL, ref = NULL,
      conversation = NULL, changed_at = ${now}
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
      ${rows.map((row) => row.slot)}::date[]) AS n (person_id, stream, slot)
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot
      AND o.state = 'sending' AND o.fence = ${lease.fence}`.execute(db);
};

/**
 * Moves waiting rows to their next window, `day`, from the local day they wait on, `from`; whose new day has no
 * attention left expires. The first reason is kept.
 */
export const moveNudges = async (
  trx: Transaction<Tables>,
  moves: {
    readonly now: Date;
    readonly class: string;
    readonly rows: readonly (NudgeKey & {
      at: Date;
      from: LocalDate;
      day: LocalDate;
      reason: string;
    })[];
  },
): Promise<void> => {
  const { rows, now } = moves;
  if (rows.length === 0) return;
  await sql`
    WITH n AS (SELECT * FROM unnest(
      ${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
      ${rows.map((row) => row.slot)}::date[], ${rows.map((row) => row.at)}::timestamptz[],
      ${rows.map((row) => row.day)}::date[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.from)}::date[])
      AS m (person_id, stream, slot, at, day, reason, held)),
    budget AS (
      INSERT INTO attention (person_id, local_day, class)
      SELECT person_id, day, ${moves.class} FROM n WHERE day <> held
      ON CONFLICT DO NOTHING RETURNING person_id, local_day)
    UPDATE outbox o SET
      state = CASE WHEN n.day = n.held OR b.person_id IS NOT NULL THEN o.state ELSE 'expired' END,
      reason = CASE WHEN n.day = n.held OR b.person_id IS NOT NULL THEN o.reason
        ELSE 'attention-budget' END,
      due = n.at, moved_reason = coalesce(o.moved_reason, n.reason), changed_at = ${now}
    FROM n LEFT JOIN budget b ON b.person_id = n.person_id AND b.local_day = n.day
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot`.execute(trx);
};
