/** Recalled items, the messages to replace, and the items whose readers are owed a correction. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { recallStream, takenBack } from '../../delivery/amendment.ts';
import type { Database } from '../database.ts';

/** Streams whose messages show an item of the catalogue. */
const shown = sql`('lesson', 'lesson-later', 'leader', 'correction')`;

/** The items that are recalled now. */
export const loadRecalls = async (db: Database): Promise<ReadonlySet<string>> => {
  const rows = await db.selectFrom('recalls').select('item').execute();
  return new Set(rows.map(({ item }) => item));
};

/** Whether an item was ever planned for anybody, or stands recalled: also one that the catalogue no longer has. */
export const wasPlanned = async (db: Database, item: string): Promise<boolean> => {
  const { rows } = await sql<{ planned: boolean }>`
    SELECT EXISTS (SELECT FROM recalls WHERE item = ${item}) OR EXISTS (SELECT FROM outbox
      WHERE stream IN ${shown} AND split_part(item, '@', 1) = ${item}) AS planned`.execute(db);
  return rows[0]?.planned === true;
};

/** Notes a recall; false when the item was recalled already. */
export const addRecall = async (
  db: Database,
  recall: { readonly item: string; readonly reason: string; readonly at: Date },
): Promise<boolean> => {
  const result = await db
    .insertInto('recalls')
    .values(recall)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
};

/** Takes a recall back: unsent messages go again; what was replaced stays replaced. False when there was none. */
export const removeRecall = async (db: Database, item: string): Promise<boolean> => {
  const result = await db.deleteFrom('recalls').where('item', '=', item).executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
};

/**
 * Plans the replacement of a recalled item's messages, at once, and returns how many were added: one a person and slot,
 * for who has them in two chats the other one's with the next slot. A row that has gone goes again where the item came
 * once more after it. The month's partition of `slot` must exist.
 */
export const planRecall = async (
  db: Database,
  plan: {
    readonly item: string;
    readonly slot: LocalDate;
    readonly expires: Date;
    readonly now: Date;
  },
): Promise<number> => {
  const stream = recallStream(plan.item);
  const result = await sql`
    INSERT INTO outbox AS r (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
    SELECT DISTINCT ON (o.person_id) o.person_id, ${stream}, ${plan.slot}::date, ${plan.item},
      o.lane_id, 1, ${plan.now}::timestamptz, ${plan.expires}::timestamptz, 'planned',
      ${plan.now}::timestamptz
    FROM outbox o
    WHERE o.stream IN ${shown} AND o.state = 'sent' AND o.ref IS NOT NULL
      AND split_part(o.item, '@', 1) = ${plan.item}
      AND NOT EXISTS (SELECT 1 FROM outbox r WHERE r.person_id = o.person_id
        AND r.stream = ${stream} AND r.lane_id = o.lane_id AND r.changed_at >= o.changed_at
        AND r.reason IS DISTINCT FROM ${takenBack})
    ORDER BY o.person_id, o.changed_at DESC
    ON CONFLICT (slot, stream, person_id) DO UPDATE SET state = 'planned', reason = NULL,
      lane_id = excluded.lane_id, due = excluded.due, expires = excluded.expires,
      changed_at = excluded.changed_at
    WHERE (r.state = 'skipped' AND r.reason = ${takenBack})
      OR (r.state = 'sent' AND r.lane_id = excluded.lane_id)`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** A message that shows an item in somebody's chat. */
export type Original = {
  readonly personId: number;
  readonly item: string;
  readonly conversation: string;
  readonly ref: string;
};

/** The messages of these people on this lane that show an item, oldest first; `item` is the catalogue's. */
export const listOriginals = async (
  db: Database,
  wanted: {
    readonly lane: number;
    readonly people: readonly number[];
    readonly items: readonly string[];
  },
): Promise<readonly Original[]> => {
  if (wanted.people.length === 0) return [];
  const { rows } = await sql<Original>`
    SELECT person_id AS "personId", split_part(item, '@', 1) AS item, conversation, ref FROM outbox
    WHERE person_id = ANY(${wanted.people}::int[]) AND stream IN ${shown} AND state = 'sent'
      AND lane_id = ${wanted.lane} AND split_part(item, '@', 1) = ANY(${wanted.items}::text[])
      AND ref IS NOT NULL AND conversation IS NOT NULL
    ORDER BY slot`.execute(db);
  return rows;
};

/** Of the items with their present versions, those that somebody saw in an earlier one only. */
export const listOutdated = async (
  db: Database,
  items: ReadonlyMap<string, string>,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ item: string }>`
    SELECT c.item FROM unnest(${[...items.keys()]}::text[], ${[...items.values()]}::text[])
      AS c (item, version)
    WHERE EXISTS (SELECT 1 FROM seen s WHERE s.item = c.item AND s.version <> '' AND s.version < c.version)
      OR EXISTS (SELECT 1 FROM seen s WHERE s.item = c.item AND s.version > c.version)`.execute(db);
  return rows.map(({ item }) => item);
};
