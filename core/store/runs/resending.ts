/** Sending a run once more, to those it did not reach. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { CrowdRhythm } from '../../delivery/planner.ts';
import type { Place } from '../../delivery/resend.ts';
import { type Stream, streams } from '../../delivery/streams.ts';
import { recordAudit } from '../audit.ts';
import type { Database } from '../database.ts';
import { comesElsewhere } from '../outbox/outbox.ts';
import { covered, lockCampaigns } from './campaign.ts';

/** A run to send once more; `unconfirmed` takes in those of whom nobody knows whether it arrived. */
export type ResendWish = {
  readonly stream: Exclude<Stream, 'pulse-reminder'>;
  readonly slot: LocalDate;
  readonly unconfirmed: boolean;
};

/** People of a run in a state that a resend is for; `hindrance` says why they get nothing all the same, or null. */
export type Unreached = {
  readonly state: 'expired' | 'unreachable' | 'skipped' | 'unconfirmed';
  readonly reason: string | null;
  readonly hindrance:
    | 'wave-closed'
    | 'cancelled'
    | 'left'
    | 'stopped'
    | 'no-chat'
    | 'reached'
    | null;
  readonly count: number;
};

/** Counts those whom the run did not reach. */
export const countUnreached = async (
  db: Database,
  wish: ResendWish & { readonly now: Date },
): Promise<readonly Unreached[]> => {
  const { rows } = await sql<Unreached>`
    SELECT o.state, o.reason, ${hindrance(wish)} AS hindrance, count(*)::int AS count
    ${unreached(wish)} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(db);
  return rows;
};

/** The rhythms of those who would get it: what windows are computed for. */
export const listUnreachedRhythms = async (
  db: Database,
  wish: ResendWish & { readonly now: Date },
): Promise<readonly CrowdRhythm[]> => {
  const { rows } = await sql<CrowdRhythm>`
    SELECT DISTINCT p.time_zone AS zone, p.work_pattern AS pattern, f.quiet_from AS "quietFrom",
      f.quiet_to AS "quietTo", ${ownMinute(wish)} AS minute, NULL::int AS "perWeek"
    ${unreached(wish)} AND ${hindrance(wish)} IS NULL`.execute(db);
  return rows;
};

const ownMinute = ({ stream }: ResendWish) =>
  streams[stream].personalTime ? sql`f.send_minute` : sql`NULL::int`;

/** FROM and WHERE of those a run did not reach. */
const unreached = ({ stream, slot, unconfirmed }: ResendWish) => sql`
  FROM outbox o JOIN people p ON p.id = o.person_id LEFT JOIN preferences f ON f.person_id = p.id
  LEFT JOIN identities i ON i.person_id = p.id AND i.preferred
  LEFT JOIN waves w ON o.stream = 'pulse' AND w.id = o.item
  WHERE o.stream = ${stream} AND o.slot = ${slot}::date
    AND (o.state IN ('expired', 'unreachable') OR (o.state = 'skipped' AND o.reason = 'cancelled')
      OR (${unconfirmed} AND o.state = 'unconfirmed'))`;

/** A message that comes once may have reached, or be about to reach, the person on another day. */
const hindrance = ({ stream, now }: ResendWish & { readonly now: Date }) => {
  const reached = sql`(o.stream = 'welcome' AND f.welcomed_at IS NOT NULL)
    OR ${comesElsewhere(stream)}`;
  return sql`CASE
    WHEN o.stream = 'pulse' AND (w.status IS DISTINCT FROM 'open' OR w.closes_at <= ${now})
      THEN 'wave-closed'
    WHEN ${covered} THEN 'cancelled'
    WHEN p.status <> 'active' THEN 'left'
    WHEN f.stopped_at IS NOT NULL THEN 'stopped'
    WHEN i.lane_id IS NULL THEN 'no-chat'
    WHEN ${reached} THEN 'reached' END`;
};

/** What goes again: how many of a state, and between which instants. */
export type Resent = {
  readonly state: Unreached['state'];
  readonly count: number;
  readonly first: Date;
  readonly last: Date;
};

/**
 * Puts those whom the run did not reach back to waiting, each in the first of the person's windows whose day has
 * attention left or holds this message already, and opens chats that had refused for one more try. Who has no such day
 * stays as they are. The key stays, so that a chat that knows it shows no second copy.
 */
export const resend = async (
  db: Database,
  wish: ResendWish & { readonly places: readonly Place[]; readonly now: Date },
): Promise<readonly Resent[]> =>
  db.transaction().execute(async (trx) => {
    await lockCampaigns(trx);
    const { stream, slot, now } = wish;
    const { rows } = await sql<Resent>`
      WITH ${chosen(wish)}, ${placed(wish)},
      budget AS (
        INSERT INTO attention (person_id, local_day, class)
        SELECT person_id, day, ${streams[stream].class} FROM placed WHERE NOT held
        ON CONFLICT DO NOTHING RETURNING person_id),
      again AS (
        UPDATE outbox o SET state = 'planned', reason = NULL, lane_id = n.lane_id, due = n.due,
          expires = n.expires, moved_reason = 'resent', held_day = nullif(n.day, o.slot), changed_at = ${now}
        FROM placed n WHERE o.person_id = n.person_id AND o.stream = ${stream}
          AND o.slot = ${slot}::date AND (n.held OR n.person_id IN (SELECT person_id FROM budget))
        RETURNING o.person_id, n.was, o.due),
      opened AS (
        UPDATE identities i SET unreachable_reason = NULL FROM again
        WHERE i.person_id = again.person_id AND i.preferred)
      SELECT was AS state, count(*)::int AS count, min(due) AS first, max(due) AS last
      FROM again GROUP BY was ORDER BY was::text`.execute(trx);
    const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    const detail = { stream, slot, ...counts };
    if (rows.length > 0)
      await recordAudit(trx, { at: now, actor: 'operator', act: 'delivery.resent', detail });
    return rows;
  });

/** Who gets it, with all that decides about the day. A message that waited holds the attention of the day it waited on. */
const chosen = (wish: ResendWish & { readonly now: Date }) => sql`
  chosen AS MATERIALIZED (
    SELECT o.person_id, o.state AS was, o.expires, i.lane_id, p.time_zone, p.work_pattern,
      f.quiet_from, f.quiet_to, ${ownMinute(wish)} AS minute, p.leave_from, p.leave_to,
      f.paused_until, w.closes_at, coalesce(o.held_day, o.slot) AS held_day,
      coalesce(o.reason <> 'attention-budget'
        AND (o.attempt > 0 OR o.reason IN ('cancelled', 'window-over')), false) AS holds
    ${unreached(wish)} AND ${hindrance(wish)} IS NULL FOR UPDATE OF o SKIP LOCKED)`;

/** The first place of each; a survey's ends with its wave, a welcome's keeps its longer end. */
const placed = ({ stream, places }: ResendWish & { readonly places: readonly Place[] }) => sql`
  placed AS (
    SELECT DISTINCT ON (c.person_id) c.person_id, c.was, c.lane_id, t.day, t.due, h.held,
      coalesce(c.closes_at, greatest(c.expires, t.expires)) AS expires
    FROM chosen c JOIN (SELECT * FROM unnest(
        ${places.map(({ zone }) => zone)}::text[], ${places.map(({ pattern }) => pattern)}::text[],
        ${places.map(({ quietFrom }) => quietFrom)}::int[],
        ${places.map(({ quietTo }) => quietTo)}::int[], ${places.map((one) => one.minute)}::int[],
        ${places.map(({ day }) => day)}::date[], ${places.map(({ due }) => due)}::timestamptz[],
        ${places.map(({ expires }) => expires)}::timestamptz[])
      AS t (zone, pattern, quiet_from, quiet_to, minute, day, due, expires)) t
      ON t.zone = c.time_zone AND t.pattern = c.work_pattern
      AND t.quiet_from IS NOT DISTINCT FROM c.quiet_from
      AND t.quiet_to IS NOT DISTINCT FROM c.quiet_to AND t.minute IS NOT DISTINCT FROM c.minute
    CROSS JOIN LATERAL (
      SELECT c.holds AND t.day = c.held_day AS held) h
    WHERE (c.closes_at IS NULL OR t.due < c.closes_at)
      AND NOT coalesce(t.day BETWEEN c.leave_from AND c.leave_to, false)
      AND NOT coalesce(t.day <= c.paused_until, false)
      AND (h.held OR NOT EXISTS (SELECT 1 FROM attention a WHERE a.person_id = c.person_id
        AND a.local_day = t.day AND a.class = ${streams[stream].class}))
    ORDER BY c.person_id, t.due)`;
