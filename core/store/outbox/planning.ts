/** Planning the crowd in one statement a slot: times come from TypeScript, people from here. */
import { type RawBuilder, sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { PlannedTime } from '../../delivery/planner.ts';
import { type Stream, type StreamRule, streams } from '../../delivery/streams.ts';
import { type Database, isDuplicate } from '../database.ts';
import type { Span, Steps } from './crowd.ts';
import { comesElsewhere } from './outbox.ts';
import { lookAnew } from './partitions.ts';

/** Who a slot is for. */
export type Audience =
  | { readonly kind: 'unwelcomed' }
  | { readonly kind: 'welcomed' }
  | { readonly kind: 'leaders' }
  /** Who saw an item while it stood on other sources, and not since. */
  | { readonly kind: 'saw-earlier'; readonly item: string; readonly version: string }
  | { readonly kind: 'wave'; readonly wave: string };

export type SlotPlan = {
  readonly stream: Stream;
  readonly slot: LocalDate;
  readonly item: string;
  readonly audience: Audience;
  readonly times: readonly PlannedTime[];
  /** The end of a message that outlives its day (a pulse ends with its wave). */
  readonly openUntil: Date | null;
  /** One person only, after a changed preference; null = everybody. */
  readonly only: number | null;
  /** One step of a large crowd; without it everybody. */
  readonly span?: Span | undefined;
  readonly now: Date;
};

/** Steps that are planned at once. */
const sideBySide = 2;

/** So many new rows change what the server has to know of a slot; those of fewer people are quickly compared, all with all. */
const manyRows = 1_000;

/** Plans a slot step by step and returns how many rows that added. A step that fails does not keep the others from standing. */
export const planCrowd = async (db: Database, plan: SlotPlan, steps: Steps): Promise<number> => {
  const rest = steps.values();
  let added = 0;
  const inTurn = async (): Promise<void> => {
    for (const span of rest) {
      const rows = await planSlot(db, { ...plan, span });
      added += rows;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: sideBySide }, inTurn));
  if (added >= manyRows) await lookAnew(db, plan.slot);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return added;
};

/**
 * Adds the rows of a slot that are missing and returns how many: planning twice adds nothing.
 * The month's partition must exist.
 * Attention is taken in the same statement; who has none left gets an expired row with its reason.
 */
export const planSlot = async (db: Database, plan: SlotPlan): Promise<number> => {
  if (plan.times.length === 0) return 0;
  if (plan.span === undefined) return addRows(db, plan, 'row by row');
  // A step of a large crowd: as a rule everybody's attention is free, and then it is not asked for row by row.
  return inStep(db, plan, (trx) => addRows(trx, plan, 'as if free')).catch((error: unknown) => {
    if (isDuplicate(error)) return inStep(db, plan, (trx) => addRows(trx, plan, 'row by row'));
    throw error;
  });
};

/**
 * Does a step's work. Of a partition that was just filled the server knows next to nothing: it takes a hundred thousand
 * rows for one, and a loop over a loop would run for minutes.
 */
export const inStep = <T>(
  db: Database,
  { span }: SlotPlan,
  work: (db: Database) => Promise<T>,
): Promise<T> =>
  span === undefined
    ? work(db)
    : db.transaction().execute(async (trx) => {
        await sql`SET LOCAL enable_nestloop = off`.execute(trx);
        return work(trx);
      });

type Adding = 'row by row' | 'as if free';

/**
 * Adds the missing rows, asking row by row whose attention is used and who has a row by now; or as if nobody's were, and
 * then fails as a whole where somebody's is.
 */
const addRows = async (db: Database, plan: SlotPlan, how: Adding): Promise<number> => {
  const asked = how === 'row by row';
  const used = asked ? sql`a.person_id NOT IN (SELECT person_id FROM budget)` : sql`false`;
  const result = await sql`
    WITH ${audienceOf(plan, 'missing')},
    budget AS (
      INSERT INTO attention (person_id, local_day, class)
      SELECT person_id, ${plan.slot}::date, ${streams[plan.stream].class} FROM audience
      WHERE skip IS NULL AND unreachable_reason IS NULL
      ${asked ? sql`ON CONFLICT DO NOTHING RETURNING person_id` : sql``}
    )
    ${rowsOf(plan, used)}
    ${asked ? sql`ON CONFLICT DO NOTHING` : sql``}`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** The audience's rows of a slot; `used` says whose attention is. */
const rowsOf = (plan: SlotPlan, used: RawBuilder<unknown>) => sql`
    INSERT INTO outbox (due, expires, changed_at, person_id, slot, lane_id, state, priority, stream,
      item, reason, moved_reason)
    SELECT a.due, a.expires,
      CASE WHEN e.state <> 'planned' THEN ${plan.now}::timestamptz END,
      a.person_id, ${plan.slot}::date, a.lane_id, e.state::nudge_state,
      ${streams[plan.stream].priority}, ${plan.stream}, ${plan.item},
      CASE e.state WHEN 'skipped' THEN a.skip WHEN 'unreachable' THEN a.unreachable_reason
        WHEN 'expired' THEN 'attention-budget' END, a.moved
    FROM audience a CROSS JOIN LATERAL (
      SELECT CASE WHEN a.skip IS NOT NULL THEN 'skipped'
        WHEN a.unreachable_reason IS NOT NULL THEN 'unreachable'
        WHEN ${used} THEN 'expired' ELSE 'planned' END AS state) e`;

/**
 * The tables `times` and `audience` of a slot: who it is for, when and on which lane, or why not; those who have no row
 * of it yet, or everybody.
 */
export const audienceOf = (plan: SlotPlan, whom: 'missing' | 'everybody') => {
  const rule = streams[plan.stream];
  const expires = plan.openUntil === null ? sql`t.expires` : sql`${plan.openUntil}::timestamptz`;
  return sql`times AS (${timesTable(plan.times)}),
    audience AS MATERIALIZED (
      SELECT p.id AS person_id, i.lane_id, t.due, ${expires} AS expires, t.moved,
        i.unreachable_reason,
        CASE
          WHEN i.lane_id IS NULL THEN 'no-chat'
          WHEN f.stopped_at IS NOT NULL THEN 'stopped'
          WHEN p.leave_from <= ${plan.slot}::date AND ${plan.slot}::date <= p.leave_to THEN 'leave'
          WHEN ${plan.slot}::date <= f.paused_until THEN 'paused'
        END AS skip
      FROM people p
      LEFT JOIN preferences f ON f.person_id = p.id AND ${within('f.person_id', plan)}
      LEFT JOIN identities i ON i.person_id = p.id AND i.preferred AND ${within('i.person_id', plan)}
      JOIN times t ON t.rhythm = ${rhythmOf(rule)}
      WHERE p.status = 'active' AND (${plan.only}::int IS NULL OR p.id = ${plan.only})
        AND ${within('p.id', plan)}
        AND ${audienceFilter(plan)}
        ${whom === 'missing' ? withoutRow(plan) : sql``}
    )`;
};

/** The ids of a step, said of every table: the server then reads each of them once, side by side. */
export const within = (column: string, { span }: SlotPlan) =>
  span === undefined
    ? sql`true`
    : sql`${sql.ref(column)} > ${span.after} AND ${sql.ref(column)} <= ${span.upTo}`;

/** A rhythm as one text: one comparison is joined by hash, however many rhythms there are. */
const rhythmOf = ({ personalTime, personalFrequency }: StreamRule) => sql`concat_ws('/',
  p.time_zone, p.work_pattern, coalesce(f.quiet_from, -1), coalesce(f.quiet_to, -1),
  ${personalTime ? sql`coalesce(f.send_minute, -1)` : sql`-1`},
  ${personalFrequency ? sql`coalesce(f.per_week, 5)` : sql`-1`})`;

const nameOf = ({ zone, pattern, quietFrom, quietTo, minute, perWeek }: PlannedTime): string =>
  [zone, pattern, quietFrom ?? -1, quietTo ?? -1, minute ?? -1, perWeek ?? -1].join('/');

const timesTable = (times: readonly PlannedTime[]) => sql`
  SELECT * FROM unnest(
    ${times.map(nameOf)}::text[], ${times.map((time) => time.due)}::timestamptz[],
    ${times.map((time) => time.expires)}::timestamptz[],
    ${times.map((time) => time.moved)}::text[]
  ) AS t (rhythm, due, expires, moved)`;

const withoutRow = (plan: SlotPlan) => {
  const day = sql`${plan.slot}::date`;
  const message = { person: sql`p.id`, item: sql`${plan.item}`, slot: day };
  return sql`AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id
      AND o.stream = ${plan.stream} AND o.slot = ${day}
      AND ${within('o.person_id', plan)})
    AND NOT ${comesElsewhere(plan.stream, message)}`;
};

const audienceFilter = ({ audience }: SlotPlan) => {
  switch (audience.kind) {
    case 'unwelcomed':
      // Who was away or out of reach is welcomed on a later day; who stopped is left alone.
      return sql`f.welcomed_at IS NULL AND f.stopped_at IS NULL`;
    case 'welcomed':
      return sql`f.welcomed_at IS NOT NULL`;
    case 'leaders':
      return sql`p.roles @> '{leader}'`;
    case 'saw-earlier':
      // Who is out of reach or stopped is owed nothing until they are back.
      return sql`f.stopped_at IS NULL AND i.unreachable_reason IS NULL AND i.lane_id IS NOT NULL
        AND EXISTS (SELECT 1 FROM seen s WHERE s.person_id = p.id AND s.item = ${audience.item}
          AND s.version NOT IN ('', ${audience.version}))
        AND NOT EXISTS (SELECT 1 FROM seen s WHERE s.person_id = p.id AND s.item = ${audience.item}
          AND s.version = ${audience.version})`;
    case 'wave':
      return sql`EXISTS (SELECT 1 FROM wave_members m
        WHERE m.wave_id = ${audience.wave} AND m.person_id = p.id)`;
  }
};
