/** The outbox: every row ends with a reason, or goes back to waiting with one. */
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { recallPattern } from '../../delivery/amendment.ts';
import { isStream, streams } from '../../delivery/streams.ts';
import { arrayText } from '../arrays.ts';
import type { Database } from '../database.ts';
import type { NudgeState, Tables } from '../schema.ts';
import type { Lease } from './lanes.ts';

/** A nudge's own name: one person, one stream, one local date. */
export type NudgeKey = {
  readonly personId: number;
  readonly stream: string;
  readonly slot: LocalDate;
};

/** Rows by their date. */
export const bySlot = <Row extends Pick<NudgeKey, 'slot'>>(
  rows: readonly Row[],
): ReadonlyMap<LocalDate, readonly Row[]> => {
  const slots = new Map<LocalDate, Row[]>();
  for (const row of rows) {
    const known = slots.get(row.slot);
    if (known === undefined) slots.set(row.slot, [row]);
    else known.push(row);
  }
  return slots;
};

/** How a row `o` ends: not sent any more is no end of one of which an earlier try may have arrived. */
export const ending = (state: RawBuilder<unknown>) => sql`CASE WHEN o.in_doubt
  AND ${state} IN ('skipped', 'expired', 'unreachable') THEN 'unconfirmed' ELSE ${state} END`;

/** A row `o` of the outbox, as SQL that tells whose it is, of which item and for which day. */
const rowItself = { person: sql`o.person_id`, item: sql`o.item`, slot: sql`o.slot` };

/**
 * Whether a stream's message comes once and a row of it waits, or has arrived or may have, on another day than that of
 * the row `o`, or than that told.
 */
export const comesElsewhere = (stream: string, { person, item, slot } = rowItself) =>
  isStream(stream) && streams[stream].once
    ? sql`EXISTS (SELECT 1 FROM outbox other WHERE other.person_id = ${person}
        AND other.stream = ${stream} AND other.item = ${item} AND other.slot <> ${slot}
        AND other.state NOT IN ('skipped', 'unreachable', 'expired'))`
    : sql`false`;

export const skipped = sql`'skipped'::nudge_state`;

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
  await sql`UPDATE outbox o SET state = ${ending(skipped)}, reason = 'no-chat', changed_at = ${now}
    WHERE ${waiting} AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.person_id = o.person_id
      AND CASE WHEN ${recalls} THEN i.lane_id = o.lane_id ELSE i.preferred END)`.execute(db);
};

/**
 * Ends what waits on a lane that is paused or told to wait, once its window is over: nobody claims it there, and it would
 * be told as pending for ever.
 */
export const endOverdue = async (db: Database, now: Date): Promise<void> => {
  await sql`UPDATE outbox o SET state = ${ending(sql`'expired'::nudge_state`)}, reason = 'window-over',
      changed_at = ${now}
    FROM lanes l WHERE l.id = o.lane_id AND (l.paused_reason IS NOT NULL OR l.slow_from > ${now})
      AND o.state IN ('planned', 'retry') AND o.due <= ${now} AND o.expires <= ${now}`.execute(db);
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
  let settled = 0;
  for (const [slot, rows] of bySlot(settlements.rows))
    settled += await settleSlot(db, lease, { slot, rows, now: settlements.now });
  return settled;
};

/** One date at a time: the server then looks into no other part of the outbox. */
const settleSlot = async (
  db: Database,
  lease: Lease,
  { slot, rows, now }: Of<Settlement>,
): Promise<number> => {
  const { ends, endOf } = sharedEnds(rows);
  const result = await sql`
    WITH n AS (SELECT person_id, ref, conversation,
      (${arrayText(ends.map((end) => end.stream))}::text[])[which] AS stream,
      (${arrayText(ends.map((end) => end.state))}::nudge_state[])[which] AS state,
      (${arrayText(ends.map((end) => end.reason))}::text[])[which] AS reason,
      (${arrayText(ends.map((end) => end.due?.toISOString() ?? null))}::timestamptz[])[which] AS due,
      (${arrayText(ends.map((end) => end.seen?.item ?? null))}::text[])[which] AS item,
      (${arrayText(ends.map((end) => end.seen?.version ?? null))}::text[])[which] AS version
      FROM unnest(${arrayText(rows.map((row) => row.personId))}::int[], ${arrayText(endOf)}::int[],
        ${arrayText(rows.map((row) => row.ref))}::text[],
        ${arrayText(rows.map((row) => row.conversation))}::text[])
        AS m (person_id, which, ref, conversation)),
    seen_now AS (INSERT INTO seen (person_id, item, version, at)
      SELECT person_id, item, version, ${now} FROM n WHERE item IS NOT NULL ON CONFLICT DO NOTHING)
    UPDATE outbox o SET state = ${ending(sql`n.state`)},
      fence = CASE WHEN n.state <> 'sent' THEN o.fence END,
      expires = CASE WHEN n.state <> 'sent' THEN o.expires END,
      reason = n.reason, due = coalesce(n.due, o.due),
      ref = coalesce(n.ref, o.ref), conversation = coalesce(n.conversation, o.conversation),
      changed_at = ${now}
    FROM n
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = ${slot}::date
      AND (o.fence IS NULL OR o.fence <= ${lease.fence})
      AND (o.state IN ('planned', 'retry', 'sending', 'unknown')
        OR (o.state = 'unconfirmed' AND o.fence = ${lease.fence}))`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** Rows of one date. */
type Of<Row> = { readonly slot: LocalDate; readonly rows: readonly Row[]; readonly now: Date };

/** What many rows share is told once: the ends there are, and each row's place among them, from 1. */
const sharedEnds = (
  rows: readonly Settlement[],
): { readonly ends: readonly Settlement[]; readonly endOf: readonly number[] } => {
  const ends: Settlement[] = [];
  const endOf: number[] = [];
  let last = 0;
  for (const row of rows) {
    const known = ends[last];
    // Most rows end as the one before.
    if (known === undefined || !endsAlike(known, row)) {
      last = ends.findIndex((end) => endsAlike(end, row));
      if (last < 0) last = ends.push(row) - 1;
    }
    endOf.push(last + 1);
  }
  return { ends, endOf };
};

const endsAlike = (one: Settlement, other: Settlement): boolean =>
  one.stream === other.stream &&
  one.state === other.state &&
  one.reason === other.reason &&
  sameTime(one.due, other.due) &&
  (one.seen === other.seen ||
    (one.seen?.item === other.seen?.item && one.seen?.version === other.seen?.version));

const sameTime = (one: Date | null, other: Date | null): boolean =>
  one === other || one?.getTime() === other?.getTime();

/** Why rows wait, and until when; without a time in their place. */
export type Again = Pick<Settlement, 'reason' | 'due'>;

/**
 * A reminder's row tells nothing of who got it: one state for sent and not needed, no trace of the attempt. Those told
 * together end together, or go again together; `at` is no finer than the day.
 */
export const settleReminders = async (
  db: Database,
  lease: Lease,
  given: { readonly at: Date; readonly rows: readonly NudgeKey[]; readonly again: Again | null },
): Promise<void> => {
  const { at, again } = given;
  // In an order that no answer of a chat has made: the rows are written behind one another.
  const rows = [...given.rows].sort((a, b) => a.personId - b.personId);
  const end =
    again === null
      ? sql`state = 'settled', reason = 'reminder', attempt = 0, key = NULL`
      : sql`state = 'retry', reason = ${again.reason}, due = coalesce(${again.due}, o.due)`;
  await sql`
    UPDATE outbox o SET ${end}, ref = NULL, conversation = NULL, changed_at = ${at}
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
      ${rows.map((row) => row.slot)}::date[]) AS n (person_id, stream, slot)
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot
      AND o.state = 'sending' AND o.fence = ${lease.fence}`.execute(db);
};

/**
 * Moves waiting rows to their next window, on the local day `day`; whose new day has no attention left expires. The first
 * reason is kept.
 */
export const moveNudges = async (
  trx: Transaction<Tables>,
  moves: {
    readonly now: Date;
    readonly class: string;
    readonly rows: readonly (NudgeKey & {
      at: Date;
      day: LocalDate;
      /** The day whose attention the row holds. */
      heldDay: LocalDate;
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
      ${rows.map((row) => row.heldDay)}::date[])
      AS m (person_id, stream, slot, at, day, reason, held)),
    budget AS (
      INSERT INTO attention (person_id, local_day, class)
      SELECT person_id, day, ${moves.class} FROM n WHERE day <> held
      ON CONFLICT DO NOTHING RETURNING person_id, local_day)
    UPDATE outbox o SET
      state = CASE WHEN n.day = n.held OR b.person_id IS NOT NULL THEN o.state
        ELSE ${ending(sql`'expired'::nudge_state`)} END,
      reason = CASE WHEN n.day = n.held OR b.person_id IS NOT NULL THEN o.reason
        ELSE 'attention-budget' END,
      held_day = CASE WHEN b.person_id IS NULL THEN o.held_day ELSE nullif(n.day, o.slot) END,
      due = n.at, moved_reason = coalesce(o.moved_reason, n.reason), changed_at = ${now}
    FROM n LEFT JOIN budget b ON b.person_id = n.person_id AND b.local_day = n.day
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot`.execute(trx);
};
