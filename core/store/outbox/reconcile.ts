/** Messages in doubt: which they are, which may be looked up now, and what each becomes. */
import { type RawBuilder, sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { catalogueItem, recallPattern } from '../../delivery/amendment.ts';
import { mostTries, repeatedStreams } from '../../delivery/doubt.ts';
import { arrivalAfter, type Pace, reserve, roomUntil } from '../../delivery/pacing.ts';
import type { Address, Found } from '../../ports.ts';
import type { Database } from '../database.ts';
import { noteOffered } from '../people/pace-offer.ts';
import type { Seen } from './outbox.ts';
import { recordReached, recordSeen } from './sent.ts';

/** Before this nobody asks: what is accepted late is in the conversation by then. */
export const quiet = sql`interval '60 seconds'`;

/** A doubt that could not be looked into for so long is ended by the stream's policy. */
const longest = sql`interval '24 hours'`;

/**
 * Ends the intents whose lease is over. A message may have left, so it is in doubt; a recall changes in place and is
 * tried again; a reminder's row tells nothing of its person. Returns how many rows there were.
 */
export const endInterrupted = async (db: Database, now: Date): Promise<number> => {
  const at = sql`${now}::timestamptz`;
  const reminder = sql`o.stream = 'pulse-reminder'`;
  const recall = sql`o.stream LIKE ${recallPattern}`;
  const result = await sql`
    UPDATE outbox o SET
      state = CASE WHEN ${reminder} THEN 'settled' WHEN ${recall} THEN 'retry'
        ELSE 'unknown' END::nudge_state,
      reason = CASE WHEN ${reminder} THEN 'reminder' ELSE 'interrupted' END,
      attempt = CASE WHEN ${reminder} THEN 0 ELSE o.attempt END,
      key = CASE WHEN ${reminder} THEN NULL ELSE o.key END,
      due = CASE WHEN ${recall} THEN ${at} ELSE o.due END,
      changed_at = ${at}
    FROM lanes l
    WHERE l.id = o.lane_id AND o.state = 'sending' AND o.changed_at <= ${at} - ${quiet}
      AND (l.fence IS DISTINCT FROM o.fence OR l.leased_until IS NULL OR l.leased_until <= ${at})`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0);
};

/** A message in doubt that is looked up now. */
export type Doubt = {
  readonly personId: number;
  readonly stream: string;
  readonly slot: LocalDate;
  readonly item: string;
  readonly key: string;
  /** It was not sent before. */
  readonly since: Date;
  readonly address: Address;
};

type DoubtRow = Omit<Doubt, 'address'> & Address;

const keyList = (rows: readonly Pick<Doubt, 'personId' | 'stream' | 'slot'>[]) => sql`
  unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.stream)}::text[],
    ${rows.map((row) => row.slot)}::date[]) AS n (person_id, stream, slot)`;

/** Takes the next doubts of a lane that its pace allows, whoever was asked about longest ago first; two never take one. */
export const takeDoubts = async (
  db: Database,
  lane: number,
  wish: { readonly now: Date; readonly pace: Pace; readonly most: number },
): Promise<readonly Doubt[]> =>
  db.transaction().execute(async (trx) => {
    const { now, pace } = wish;
    const { rows: lanes } = await sql<{ next: Date | null }>`
      SELECT next_look_up AS next FROM lanes WHERE id = ${lane} FOR UPDATE`.execute(trx);
    const next = lanes[0]?.next ?? null;
    const state = { nextArrival: next, slow: null };
    const room = roomUntil(pace, state, { now, until: now, most: wish.most });
    if (room === 0) return [];
    const { rows } = await sql<DoubtRow>`
      SELECT o.person_id AS "personId", o.stream, o.slot, o.item, o.key, o.due AS since,
        i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
        i.service_url AS "serviceUrl"
      FROM outbox o
      JOIN LATERAL (SELECT * FROM identities WHERE person_id = o.person_id AND lane_id = o.lane_id
        ORDER BY preferred DESC, user_id LIMIT 1) i ON true
      WHERE o.lane_id = ${lane} AND o.state = 'unknown' AND o.key IS NOT NULL
        AND greatest(o.changed_at, o.asked_at) <= ${now}::timestamptz - ${quiet}
      ORDER BY o.asked_at NULLS FIRST, o.changed_at, o.person_id, o.stream, o.slot
      LIMIT ${room}`.execute(trx);
    if (rows.length === 0) return [];
    await sql`UPDATE outbox o SET asked_at = ${now} FROM ${keyList(rows)}
      WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot`.execute(trx);
    const { nextArrival } = reserve(pace, state, { now, count: rows.length });
    await sql`UPDATE lanes SET next_look_up = ${nextArrival} WHERE id = ${lane}`.execute(trx);
    return rows.map(toDoubt);
  });

const toDoubt = ({
  platform,
  workspaceId,
  userId,
  conversation,
  serviceUrl,
  ...row
}: DoubtRow): Doubt => ({
  ...row,
  address: { platform, workspaceId, userId, conversation, serviceUrl },
});

/** The workspace asked for silence until `until`: no look-up goes earlier. */
export const holdLookUps = async (
  db: Database,
  lane: number,
  hold: { readonly until: Date; readonly pace: Pace },
): Promise<void> => {
  const { until, pace } = hold;
  const next = arrivalAfter(pace, until);
  await sql`UPDATE lanes SET next_look_up = greatest(next_look_up, ${next}::timestamptz)
    WHERE id = ${lane}`.execute(db);
};

type Answers = readonly (readonly [Doubt, Found])[];

/** Settles what the look-ups of a batch told; rows that somebody else settled meanwhile are left alone. */
export const settleDoubts = async (
  db: Database,
  answers: Answers,
  at: { readonly now: Date; readonly version: (item: string) => string },
): Promise<void> => {
  const of = (state: Found['state']) =>
    answers.flatMap(([doubt, found]) => (found.state === state ? [doubt] : []));
  await db.transaction().execute(async (trx) => {
    await settleFound(trx, answers, at);
    const absent = of('absent');
    if (absent.length > 0)
      await sql`UPDATE outbox o SET state = 'retry', reason = 'not-arrived', due = ${at.now},
          changed_at = ${at.now}
        WHERE o.state = 'unknown' AND ${isOneOf(absent)}`.execute(trx);
    const hidden = of('out-of-sight');
    if (hidden.length > 0) await byPolicy(trx, at.now, isOneOf(hidden));
  });
};

const isOneOf = (rows: readonly Doubt[]) =>
  sql`(o.person_id, o.stream, o.slot) IN (SELECT * FROM ${keyList(rows)})`;

const settleFound = async (
  trx: Database,
  answers: Answers,
  at: { readonly now: Date; readonly version: (item: string) => string },
): Promise<void> => {
  const found = answers.flatMap(([doubt, answer]) =>
    answer.state === 'found'
      ? [{ ...doubt, ...answer, state: 'sent' as const, reason: 'found', due: null }]
      : [],
  );
  if (found.length === 0) return;
  const { rows } = await sql<{ name: string }>`
    UPDATE outbox o SET state = 'sent', reason = 'found', fence = NULL, expires = NULL, ref = n.ref,
      conversation = n.conversation, changed_at = ${at.now}
    FROM unnest(${found.map((row) => row.personId)}::int[], ${found.map((row) => row.stream)}::text[],
      ${found.map((row) => row.slot)}::date[], ${found.map((row) => row.ref)}::text[],
      ${found.map((row) => row.conversation)}::text[]) AS n (person_id, stream, slot, ref, conversation)
    WHERE o.person_id = n.person_id AND o.stream = n.stream AND o.slot = n.slot
      AND o.state = 'unknown'
    RETURNING concat_ws('/', o.person_id, o.stream, o.slot) AS name`.execute(trx);
  const settled = new Set(rows.map(({ name }) => name));
  const sent = found.filter(({ personId, stream, slot }) =>
    settled.has(`${personId}/${stream}/${slot}`),
  );
  const seen = ({ item }: Doubt): Seen => {
    const shown = catalogueItem(item);
    return { item: shown, version: at.version(shown) };
  };
  await recordSeen(
    trx,
    sent.map((row) => ({ personId: row.personId, seen: seen(row) })),
    at.now,
  );
  await recordReached(trx, sent, at.now);
  await noteOffered(trx, peopleWithTips(sent));
};

/** Whom a tip has reached, or may have: it carried the offer of a slower pace where that was due. */
const peopleWithTips = (rows: readonly Pick<Doubt, 'personId' | 'stream'>[]): readonly number[] =>
  rows.filter(({ stream }) => stream === 'lesson').map(({ personId }) => personId);

/**
 * Ends by policy what cannot be looked up: on lanes other than `lookable`, of people who are gone from the lane, and
 * what nobody could look into for a day. The reason of the doubt is kept.
 */
export const endUnseen = async (
  db: Database,
  { now, lookable }: { readonly now: Date; readonly lookable: readonly number[] },
): Promise<Ended> =>
  byPolicy(
    db,
    now,
    sql`o.changed_at <= ${now}::timestamptz - ${quiet} AND (
      o.lane_id IS NULL OR o.key IS NULL OR o.lane_id <> ALL(${lookable}::int[])
      OR o.changed_at <= ${now}::timestamptz - ${longest} OR NOT ${onLane})`,
  );

/** How many messages in doubt were given up, and how many go again. */
export type Ended = { readonly unconfirmed: number; readonly repeated: number };

const onLane = sql`EXISTS (SELECT 1 FROM identities i
  WHERE i.person_id = o.person_id AND i.lane_id = o.lane_id)`;

const byPolicy = async (db: Database, now: Date, where: RawBuilder<unknown>): Promise<Ended> => {
  const next = sql`(${now}::timestamptz
    + least(60, 2 ^ greatest(0, o.attempt - 1)) * interval '1 minute')`;
  const again = sql`(o.stream = ANY(${repeatedStreams}::text[]) AND o.attempt < ${mostTries}
    AND o.expires > ${next} AND ${onLane})`;
  const { rows } = await sql<{ state: string; count: number; tips: number[] }>`
    WITH ended AS (
      UPDATE outbox o SET
        state = CASE WHEN ${again} THEN 'retry' ELSE 'unconfirmed' END::nudge_state,
        due = CASE WHEN ${again} THEN ${next} ELSE o.due END,
        in_doubt = true, changed_at = ${now}
      WHERE o.state = 'unknown' AND ${where}
      RETURNING o.state, o.stream, o.person_id)
    SELECT state, count(*)::int AS count,
      coalesce(array_agg(person_id) FILTER (WHERE stream = 'lesson'), '{}') AS tips
    FROM ended GROUP BY state`.execute(db);
  await noteOffered(
    db,
    rows.flatMap(({ tips }) => tips),
  );
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return { unconfirmed: of('unconfirmed'), repeated: of('retry') };
};
