/** A slower pace is offered once to whoever let five tips in a row go by without any sign. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Tips in a row without an answer, a "Saya coba" or a postponement, after which a slower pace is offered. */
const silentTips = 5;

/** Marks who is to be offered a slower pace with the next tip; returns how many. */
export const markSilent = async (db: Database): Promise<number> => {
  // The last tips are looked up person by person, newest day first; all the signs there are, once.
  const result = await sql`
    UPDATE preferences f SET pace_offer = 'due'
    FROM preferences p
      CROSS JOIN LATERAL (
        SELECT count(*) AS tips, array_agg(item) AS items
        FROM (SELECT item FROM outbox WHERE person_id = p.person_id AND stream = 'lesson'
          AND state = 'sent' ORDER BY slot DESC LIMIT ${silentTips}) AS newest
      ) AS last
    WHERE f.person_id = p.person_id AND last.tips = ${silentTips}
      AND p.pace_offer IS NULL AND p.per_week > 1 AND p.stopped_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM progress g
        WHERE g.person_id = p.person_id AND g.item = ANY(last.items))
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.person_id
        AND o.stream = 'lesson-later' AND o.item = ANY(last.items))`.execute(db);
  return Number(result.numAffectedRows ?? 0);
};

/** Notes that the offer reached these people. */
export const noteOffered = async (db: Database, people: readonly number[]): Promise<void> => {
  if (people.length === 0) return;
  await db
    .updateTable('preferences')
    .set({ pace_offer: 'made' })
    .where('person_id', 'in', people)
    .execute();
};
