/** Planned rows that a change has overtaken: a holiday, a zone, leave, a pause, a preference, or other content. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { type AttentionClass, type Stream, streams } from '../../delivery/streams.ts';
import type { Database } from '../database.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { comesElsewhere } from './outbox.ts';
import { audienceOf, inStep, type SlotPlan, within } from './planning.ts';

/** Asks for a fresh look at everything that waits: the next tick plans anew. */
export const requestPlan = async (db: Database): Promise<void> => {
  await db.deleteFrom('job_runs').where('name', '=', 'plan').execute();
};

const contentSetting = 'content-version';

/** Notes the content that a process was started with; another one than before asks for a fresh look. */
export const noteContent = async (db: Database, version: string): Promise<void> => {
  if ((await readSetting(db, contentSetting)) === version) return;
  await writeSetting(db, contentSetting, version);
  await requestPlan(db);
};

/** Reasons that the planner itself gives; a row skipped for another one stays as it is. */
const plannersReasons = sql`('leave', 'paused', 'stopped', 'no-chat')`;

/**
 * Holds the waiting rows of a slot against what is true now and returns how many changed: another time, another lane,
 * a reason to skip, or none any more. Rows that are due, were tried, or moved to another day are the sender's.
 */
export const refreshSlot = async (db: Database, plan: SlotPlan): Promise<number> => {
  if (plan.times.length === 0) return 0;
  return inStep(db, plan, (trx) => refreshRows(trx, plan));
};

const refreshRows = async (db: Database, plan: SlotPlan): Promise<number> => {
  const rule = streams[plan.stream];
  const result = await sql`
    WITH ${audienceOf(plan, 'everybody')},
    fresh AS (
      SELECT a.*, o.state AS was, o.reason AS why FROM audience a
      JOIN outbox o ON o.person_id = a.person_id AND o.stream = ${plan.stream}
        AND o.slot = ${plan.slot}::date AND o.item = ${plan.item} AND ${within('o.person_id', plan)}
      WHERE o.attempt = 0 AND o.due > ${plan.now}
        AND (o.state = 'planned' OR NOT ${comesElsewhere(plan.stream)})
        AND (o.moved_reason IS NULL OR o.due < a.expires)
        AND (o.state = 'planned' OR o.state = 'unreachable'
          OR (o.state = 'skipped' AND o.reason IN ${plannersReasons}))
    ),
    budget AS (
      INSERT INTO attention (person_id, local_day, class)
      SELECT person_id, ${plan.slot}::date, ${rule.class} FROM fresh
      WHERE was <> 'planned' AND skip IS NULL AND unreachable_reason IS NULL
      ON CONFLICT DO NOTHING RETURNING person_id
    ),
    freed AS (
      DELETE FROM attention a USING fresh f
      WHERE f.was = 'planned' AND (f.skip IS NOT NULL OR f.unreachable_reason IS NOT NULL)
        AND a.person_id = f.person_id AND a.local_day = ${plan.slot}::date AND a.class = ${rule.class}
        AND ${within('a.person_id', plan)}
    ),
    ends AS (
      SELECT f.person_id, f.lane_id, f.due, f.expires, f.moved,
        CASE WHEN f.skip IS NOT NULL THEN 'skipped'
          WHEN f.unreachable_reason IS NOT NULL THEN 'unreachable'
          WHEN f.was <> 'planned' AND b.person_id IS NULL THEN 'expired'
          ELSE 'planned' END::nudge_state AS state,
        CASE WHEN f.skip IS NOT NULL THEN f.skip
          WHEN f.unreachable_reason IS NOT NULL THEN f.unreachable_reason
          WHEN f.was <> 'planned' AND b.person_id IS NULL THEN 'attention-budget' END AS reason
      FROM fresh f LEFT JOIN budget b ON b.person_id = f.person_id
    )
    UPDATE outbox o SET state = e.state, reason = e.reason, due = e.due, expires = e.expires,
      moved_reason = e.moved, lane_id = e.lane_id, changed_at = ${plan.now}
    FROM ends e
    WHERE o.person_id = e.person_id AND o.stream = ${plan.stream} AND o.slot = ${plan.slot}::date
      AND ${within('o.person_id', plan)}
      AND o.attempt = 0 AND o.state IN ('planned', 'unreachable', 'skipped')
      AND (o.state, o.reason, o.due, o.expires, o.moved_reason, o.lane_id)
        IS DISTINCT FROM (e.state, e.reason, e.due, e.expires, e.moved, e.lane_id)`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** Streams whose item the programme gives to a date. */
const dated = ['lesson', 'leader', 'correction'] as const satisfies readonly Stream[];

/**
 * Takes back the waiting rows of `from` and later whose item the programme no longer gives to their date, and their
 * attention; returns how many messages of people are free again.
 */
export const dropStale = async (
  db: Database,
  wish: {
    readonly from: LocalDate;
    readonly present: readonly Pick<SlotPlan, 'stream' | 'slot' | 'item'>[];
    readonly only: number | null;
    readonly now: Date;
  },
): Promise<number> => {
  const { from, present, only, now } = wish;
  const kept = present.map(({ slot, stream, item }) => `${slot} ${stream} ${item}`);
  const classes: readonly AttentionClass[] = dated.map((stream) => streams[stream].class);
  const result = await sql`
    WITH gone AS (
      DELETE FROM outbox o WHERE o.slot >= ${from}::date AND o.stream = ANY(${[...dated]}::text[])
        AND o.attempt = 0 AND o.moved_reason IS DISTINCT FROM 'resent' AND o.due > ${now} AND (${only}::int IS NULL OR o.person_id = ${only})
        AND (o.state = 'planned' OR o.state = 'unreachable'
          OR (o.state = 'skipped' AND o.reason IN ${plannersReasons}))
        AND NOT (o.slot || ' ' || o.stream || ' ' || o.item) = ANY(${kept}::text[])
      RETURNING o.person_id, o.stream, coalesce(o.held_day, o.slot) AS held_day, o.state)
    DELETE FROM attention a
    USING gone, unnest(${[...dated]}::text[], ${[...classes]}::text[]) AS c (stream, class)
    WHERE gone.state = 'planned' AND c.stream = gone.stream AND a.class = c.class
      AND a.person_id = gone.person_id AND a.local_day = gone.held_day`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};
