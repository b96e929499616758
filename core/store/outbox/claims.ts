/** Claims: due rows locked under a lease and committed as intents before any byte leaves. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { recallPattern } from '../../delivery/amendment.ts';
import { weekBegins } from '../../delivery/planner.ts';
import type { ClaimedPerson } from '../../delivery/recheck.ts';
import type { Language } from '../../language.ts';
import type { Address, Platform } from '../../ports.ts';
import { arrayText } from '../arrays.ts';
import type { Tables } from '../schema.ts';
import { type Lease, quarterHour } from './lanes.ts';
import { bySlot, type NudgeKey } from './outbox.ts';
import { perhapsSent } from './sent.ts';

export type Claimed = NudgeKey & {
  readonly item: string;
  readonly due: Date;
  readonly expires: Date;
  /** The local day whose attention it holds. */
  readonly heldDay: LocalDate;
  readonly attempt: number;
  readonly key: string | null;
  readonly language: Language;
  readonly unitId: number;
  /** A slower pace is to be offered with this tip. */
  readonly offerPace: boolean;
  /** Whether it is one of a week's few tips. */
  readonly counted: boolean;
  readonly address: Address;
  readonly person: ClaimedPerson;
  /** Where the row lies while the claim holds its lock. */
  readonly place: string;
};

/** `due` and `expires` in seconds since 1970. */
type ClaimRow = Omit<Claimed, 'address' | 'person' | 'due' | 'expires'> &
  ClaimedPerson &
  Address & { platform: Platform; due: number; expires: number; priority: number };

/**
 * Whose turn it is among messages due in one quarter-hour: runs that were planned one after the other share the lane. Eight
 * neighbours have one turn, so that a batch does not read a page for every row.
 */
const turn = sql`hashint4(person_id >> 3) & 63`;

/**
 * Whether the week's tips are counted. Who asks for five on five working days cannot get more: a second tip on one day has
 * no attention. A change in the middle of the week can bring the others too many.
 */
const isCounted = sql`o.stream = 'lesson'
  AND (p.work_pattern <> 'five-day' OR coalesce(f.per_week, 5) < 5)`;

const weekIsFull = (now: Date) => sql`
  CASE WHEN ${isCounted} THEN
    (SELECT count(*) FROM outbox w WHERE w.person_id = o.person_id AND w.stream = 'lesson'
      AND w.state IN ${perhapsSent} AND w.due >= ${weekBegins(now)}
      AND w.slot >= ${weekBegins(now)}::date - 7)
    >= coalesce(f.per_week, 5) ELSE false END`;

/** The next due rows of a lane, highest class first, locked for this transaction. */
export const claimDue = async (
  trx: Transaction<Tables>,
  lease: Lease,
  wish: { readonly now: Date; readonly most: number },
): Promise<readonly Claimed[]> => {
  // The rows first and alone, then each row's own person: joined freely, the server would read a whole crowd to find a few.
  const { rows } = await sql<ClaimRow>`
    WITH o AS MATERIALIZED (
      SELECT person_id, stream, slot, item, due, expires, held_day, attempt, key, priority, ctid
      FROM outbox
      WHERE lane_id = ${lease.lane} AND state IN ('planned', 'retry') AND due <= ${wish.now}
        AND ${quarterHour} <= ${wish.now}
      ORDER BY priority, ${quarterHour}, ${turn}
      LIMIT ${wish.most}
      FOR UPDATE SKIP LOCKED)
    SELECT o.person_id AS "personId", o.stream, o.slot, o.item, coalesce(o.held_day, o.slot) AS "heldDay",
      date_part('epoch', o.due) AS due, date_part('epoch', o.expires) AS expires, o.attempt, o.key, o.priority, o.ctid::text AS place,
      coalesce(f.language, 'id') AS language, p.unit_id AS "unitId",
      (o.stream = 'lesson' AND f.pace_offer IS NOT DISTINCT FROM 'due') AS "offerPace",
      i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
      i.service_url AS "serviceUrl", i.unreachable_reason AS "unreachableReason",
      p.status, p.time_zone AS zone, p.work_pattern AS pattern,
      f.quiet_from AS "quietFrom", f.quiet_to AS "quietTo",
      p.leave_from AS "leaveFrom", p.leave_to AS "leaveTo",
      f.paused_until AS "pausedUntil", (f.stopped_at IS NOT NULL) AS stopped,
      ${isCounted} AS counted, ${weekIsFull(wish.now)} AS "weekIsFull"
    FROM o
    CROSS JOIN LATERAL (SELECT * FROM people WHERE id = o.person_id LIMIT 1) p
    LEFT JOIN LATERAL (SELECT * FROM preferences WHERE person_id = o.person_id LIMIT 1) f ON true
    CROSS JOIN LATERAL (SELECT * FROM identities WHERE person_id = o.person_id
      AND lane_id = ${lease.lane} AND (preferred OR o.stream LIKE ${recallPattern}) LIMIT 1) i`.execute(
    trx,
  );
  // Put in order here: the server would hold every row back until it has the last.
  rows.sort((a, b) => a.priority - b.priority || a.due - b.due || a.personId - b.personId);
  return rows.map(toClaimed);
};

const toClaimed = (row: ClaimRow): Claimed => ({
  personId: row.personId,
  stream: row.stream,
  slot: row.slot,
  item: row.item,
  due: new Date(Math.round(row.due * 1000)),
  expires: new Date(Math.round(row.expires * 1000)),
  heldDay: row.heldDay,
  attempt: row.attempt,
  key: row.key,
  language: row.language,
  unitId: row.unitId,
  offerPace: row.offerPace,
  counted: row.counted,
  place: row.place,
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
    weekIsFull: row.weekIsFull,
  },
});

/** A claimed row and the key that its message carries. */
type Keyed = Pick<Claimed, 'slot' | 'place'> & { readonly key: string };

/**
 * Writes the intents: state `sending`, one more attempt, the key stored with the first and never changed; with them how
 * far the lane's pace is used. The rows are those that this transaction has claimed.
 */
export const commitIntents = async (
  trx: Transaction<Tables>,
  lease: Lease,
  intents: { readonly now: Date; readonly rows: readonly Keyed[]; readonly nextArrival: Date },
): Promise<void> => {
  const { now, nextArrival } = intents;
  for (const [slot, rows] of bySlot(intents.rows)) {
    // Found by their place, which nobody can change under the lock; a place is one of its date's part of the outbox.
    const written = await sql`
      WITH pace AS (UPDATE lanes SET next_arrival = ${nextArrival} WHERE id = ${lease.lane})
      UPDATE outbox o SET state = 'sending', attempt = o.attempt + 1, key = coalesce(o.key, n.key),
        fence = ${lease.fence}, changed_at = ${now}
      FROM unnest(${arrayText(rows.map((row) => row.place))}::tid[],
        ${arrayText(rows.map((row) => row.key))}::uuid[]) AS n (place, key)
      WHERE o.ctid = n.place AND o.slot = ${slot}::date`.execute(trx);
    // A message whose intent does not stand may not leave.
    if (Number(written.numAffectedRows ?? 0) !== rows.length)
      throw new Error(`${written.numAffectedRows} of ${rows.length} intents were written`);
  }
};

/**
 * Numbers the tips that go among those of their week, each with the lowest number that is free; `day` is the local day
 * whose attention one holds. Throws a unique violation where another lane has just taken that number for the person.
 */
export const numberTips = async (
  trx: Transaction<Tables>,
  tips: readonly { readonly personId: number; readonly day: LocalDate }[],
): Promise<void> => {
  if (tips.length === 0) return;
  const monday = (row: string) =>
    sql.raw(`(${row}.local_day - (extract(isodow FROM ${row}.local_day)::integer - 1))`);
  await sql`
    WITH going AS (
      SELECT a.person_id, a.local_day, row_number()
        OVER (PARTITION BY a.person_id, ${monday('a')} ORDER BY a.local_day) - 1 AS before
      FROM unnest(${arrayText(tips.map(({ personId }) => personId))}::int[],
        ${arrayText(tips.map(({ day }) => day))}::date[]) AS t (person_id, day)
      JOIN attention a ON a.person_id = t.person_id AND a.local_day = t.day AND a.class = 'lesson'
      WHERE a.tip IS NULL)
    UPDATE attention a SET tip = (
      SELECT n FROM generate_series(1, 14) AS n
      WHERE NOT EXISTS (SELECT 1 FROM attention o
        WHERE o.person_id = a.person_id AND ${monday('o')} = ${monday('a')} AND o.tip = n)
      ORDER BY n LIMIT 1 OFFSET going.before)
    FROM going
    WHERE a.person_id = going.person_id AND a.local_day = going.local_day AND a.class = 'lesson'`.execute(
    trx,
  );
};
