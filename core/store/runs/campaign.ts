/** Stopping a run, one item of it or one person's message, and letting it go again. */
import { sql, type Transaction } from 'kysely';
import { dayBegins } from '../../calendar/zone.ts';
import type { LocalDate } from '../../clock.ts';
import { type Campaign, type Cancelled, cancelledBy } from '../../delivery/cancellation.ts';
import { recordAudit } from '../audit.ts';
import type { Database } from '../database.ts';
import { comesElsewhere, ending, skipped } from '../outbox/outbox.ts';
import type { Tables } from '../schema.ts';

/** A row of the outbox, `o`, that a standing cancellation covers. */
export const covered = sql`EXISTS (SELECT 1 FROM cancellations c
  WHERE c.stream = o.stream AND c.slot = o.slot AND c.item IN ('', o.item, split_part(o.item, '@', 1))
    AND c.person_id IN (0, o.person_id))`;

/** A row of the outbox, `o`, that the operator means. */
const meant = ({ stream, slot, item, personId }: Campaign) => sql`
  o.stream = ${stream} AND o.slot = ${slot}::date
  AND (${item}::text IS NULL OR ${item} IN (o.item, split_part(o.item, '@', 1)))
  AND (${personId}::int IS NULL OR o.person_id = ${personId})`;

/** Operators' acts on messages follow one another. */
export const lockCampaigns = async (trx: Transaction<Tables>): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('campaigns', 0))`.execute(trx);
};

/** Every cancellation that stands, oldest first. */
export const listCancellations = async (
  db: Database,
): Promise<readonly (Campaign & { readonly reason: string })[]> => {
  const { rows } = await sql<Campaign & { reason: string }>`
    SELECT stream, slot, nullif(item, '') AS item, nullif(person_id, 0) AS "personId", reason
    FROM cancellations ORDER BY at, stream, slot, item, person_id`.execute(db);
  return rows;
};

/**
 * What may not go, for the sender's last look. Asked after the rows are locked: a cancellation committed before then is
 * seen, one that comes later finds their intents in flight.
 */
export const loadCancelled = async (db: Database): Promise<Cancelled> =>
  cancelledBy(await listCancellations(db));

type Act = { readonly campaign: Campaign; readonly reason: string; readonly now: Date };

/**
 * Keeps a run from being sent from this moment on, then skips what waits; `first` is false when it was stopped already.
 * The cancellation is committed first: skipping a large crowd takes seconds, and the sender's last look heeds it at once.
 */
export const cancelCampaign = async (
  db: Database,
  { campaign, reason, now }: Act,
): Promise<{ readonly first: boolean; readonly stopped: number }> => {
  const first = await db.transaction().execute(async (trx) => {
    await lockCampaigns(trx);
    const { stream, slot, item, personId } = campaign;
    const noted = await sql`INSERT INTO cancellations (stream, slot, item, person_id, reason, at)
      VALUES (${stream}, ${slot}::date, ${item ?? ''}, ${personId ?? 0}, ${reason}, ${now})
      ON CONFLICT DO NOTHING`.execute(trx);
    if (Number(noted.numAffectedRows ?? 0) === 0) return false;
    const { waiting, inFlight } = await readStanding(trx, campaign);
    const detail = { ...told(campaign), reason, waiting, inFlight };
    await recordAudit(trx, { at: now, actor: 'operator', act: 'delivery.cancelled', detail });
    return true;
  });
  return { first, stopped: await stopWaiting(db, campaign, now) };
};

/**
 * Skips the waiting rows of a standing cancellation in one statement and returns how many. Rows somebody holds at this
 * moment are passed over, so that no sender's outcome waits for an operator: they end in flight or at the last look.
 */
export const stopWaiting = async (db: Database, campaign: Campaign, now: Date): Promise<number> =>
  db.transaction().execute(async (trx) => {
    await lockCampaigns(trx);
    const result = await sql`
      WITH waiting AS (
        SELECT o.person_id, o.stream, o.slot FROM outbox o
        WHERE ${meant(campaign)} AND o.state IN ('planned', 'retry') AND ${covered}
        FOR UPDATE SKIP LOCKED)
      UPDATE outbox o SET state = ${ending(skipped)}, reason = 'cancelled', changed_at = ${now}
      FROM waiting w WHERE o.person_id = w.person_id AND o.stream = w.stream AND o.slot = w.slot
        AND o.slot = ${campaign.slot}::date`.execute(trx);
    return Number(result.numAffectedRows ?? 0);
  });

/** How what an operator means stands, counted in one instant. */
export type Standing = {
  readonly waiting: number;
  readonly inFlight: number;
  /** Sent, unconfirmed, or a survey reminder that is over: beyond recall. */
  readonly gone: number;
  readonly inDoubt: number;
  readonly cancelled: number;
  readonly rows: number;
};

/** Counts the rows of a campaign by what an operator who cancels wants to know. */
export const readStanding = async (db: Database, campaign: Campaign): Promise<Standing> => {
  const { rows } = await sql<Standing>`
    SELECT count(*) FILTER (WHERE o.state IN ('planned', 'retry'))::int AS waiting,
      count(*) FILTER (WHERE o.state = 'sending')::int AS "inFlight",
      count(*) FILTER (WHERE o.state IN ('sent', 'unconfirmed', 'settled'))::int AS gone,
      count(*) FILTER (WHERE o.state = 'unknown')::int AS "inDoubt",
      count(*) FILTER (WHERE o.state = 'skipped' AND o.reason = 'cancelled')::int AS cancelled,
      count(*)::int AS rows
    FROM outbox o WHERE ${meant(campaign)}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a count without groups found no row');
  return row;
};

/**
 * Takes exactly this cancellation back; null when it does not stand. What it stopped and whose day is not over goes
 * again on the attention it still holds, unless it comes once and was planned anew meanwhile; the rest stays skipped, for
 * a resend on a day of its own.
 */
export const uncancelCampaign = async (
  db: Database,
  { campaign, reason, now }: Act,
): Promise<{ readonly again: number; readonly over: number } | null> =>
  db.transaction().execute(async (trx) => {
    await lockCampaigns(trx);
    const { stream, slot, item, personId } = campaign;
    const taken = await sql`DELETE FROM cancellations WHERE stream = ${stream}
      AND slot = ${slot}::date AND item = ${item ?? ''} AND person_id = ${personId ?? 0}`.execute(
      trx,
    );
    if (Number(taken.numAffectedRows ?? 0) === 0) return null;
    const again = await restart(trx, campaign, now);
    const { cancelled: over } = await readStanding(trx, campaign);
    const detail = { ...told(campaign), reason, again, over };
    await recordAudit(trx, { at: now, actor: 'operator', act: 'delivery.uncancelled', detail });
    return { again, over };
  });

const restart = async (
  trx: Transaction<Tables>,
  campaign: Campaign,
  now: Date,
): Promise<number> => {
  const { rows } = await sql<{ zone: string }>`
    SELECT DISTINCT time_zone AS zone FROM people`.execute(trx);
  const midnights = rows.map(({ zone }) => dayBegins(zone, now));
  const result = await sql`
    UPDATE outbox o SET state = 'planned', reason = NULL, changed_at = ${now}
    FROM people p, unnest(${rows.map(({ zone }) => zone)}::text[], ${midnights}::timestamptz[])
      AS today (zone, midnight)
    WHERE ${meant(campaign)} AND p.id = o.person_id AND today.zone = p.time_zone
      AND o.state IN ('skipped', 'unconfirmed') AND o.reason = 'cancelled' AND o.expires > ${now}
      AND o.due >= today.midnight AND NOT ${covered} AND NOT ${comesElsewhere(campaign.stream)}`.execute(
    trx,
  );
  return Number(result.numAffectedRows ?? 0);
};

/** What the audit log tells of a campaign: that one person was meant, never who. */
const told = ({ stream, slot, item, personId }: Campaign) => ({
  stream,
  slot,
  item,
  onePerson: personId !== null,
});

/** The items of a run, as the outbox names them. */
export const listItems = async (
  db: Database,
  run: { readonly stream: string; readonly slot: LocalDate },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ item: string }>`SELECT DISTINCT item FROM outbox
    WHERE stream = ${run.stream} AND slot = ${run.slot}::date ORDER BY item`.execute(db);
  return rows.map(({ item }) => item);
};
