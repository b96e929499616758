/** A slower pace is offered once to whoever let five tips in a row go by without any sign. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Tips in a row without an answer, a "Saya coba" or a postponement, after which a slower pace is offered. */
const silentTips = 5;

/** The last tips that reached a person `p`, newest day first, as `tips` and `items` of a FROM. */
const lastTips = sql`LATERAL (SELECT count(*) AS tips, array_agg(item) AS items
    FROM (SELECT item FROM outbox WHERE person_id = p.person_id AND stream = 'lesson'
      AND state = 'sent' ORDER BY slot DESC LIMIT ${silentTips}) AS newest) AS last`;

/** Who `p` gave no sign at any of `last.items` and could be slower still. */
const silent = sql`p.per_week > 1
  AND NOT EXISTS (SELECT 1 FROM progress g
    WHERE g.person_id = p.person_id AND g.item = ANY(last.items))
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.person_id
    AND o.stream = 'lesson-later' AND o.item = ANY(last.items))`;

/** No tip to `p` is in doubt: one that is may have carried the offer. */
const nothingInDoubt = sql`NOT EXISTS (SELECT 1 FROM outbox d WHERE d.person_id = p.person_id
  AND d.stream = 'lesson' AND d.state IN ('sending', 'unknown'))`;

/** Marks who is to be offered a slower pace with the next tip; returns how many. */
export const markSilent = async (db: Database): Promise<number> => {
  // The last tips are looked up person by person, newest day first; all the signs there are, once.
  const result = await sql`
    UPDATE preferences f SET pace_offer = 'due'
    FROM preferences p CROSS JOIN ${lastTips}
    WHERE f.person_id = p.person_id AND last.tips = ${silentTips}
      AND p.pace_offer IS NULL AND p.stopped_at IS NULL AND ${silent} AND ${nothingInDoubt}`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0);
};

/** Notes that the offer, where it was due, has reached these people, or may have. */
export const noteOffered = (db: Database, people: readonly number[]): Promise<void> =>
  setOffer(db, people, 'made');

/**
 * To whom of these people, to whom it is due, the offer goes with the tip that they get now; it is taken back from who
 * gave a sign since.
 */
export const confirmOffers = async (
  db: Database,
  people: readonly number[],
): Promise<ReadonlySet<number>> => {
  if (people.length === 0) return new Set();
  const { rows } = await sql<{ id: number; silent: boolean }>`
    SELECT p.person_id AS id, coalesce(${silent}, true) AS silent
    FROM preferences p CROSS JOIN ${lastTips}
    WHERE p.person_id = ANY(${people}::int[]) AND p.pace_offer = 'due' AND ${nothingInDoubt}`.execute(
    db,
  );
  const of = (isSilent: boolean) =>
    rows.filter((row) => row.silent === isSilent).map(({ id }) => id);
  await setOffer(db, of(false), null);
  return new Set(of(true));
};

const setOffer = async (
  db: Database,
  people: readonly number[],
  offer: 'made' | null,
): Promise<void> => {
  if (people.length === 0) return;
  await db
    .updateTable('preferences')
    .set({ pace_offer: offer })
    .where('person_id', 'in', people)
    .where('pace_offer', '=', 'due')
    .execute();
};
