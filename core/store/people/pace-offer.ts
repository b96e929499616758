/** A slower pace is offered once to whoever let five tips in a row go by without any sign. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Tips in a row without an answer, a "Saya coba" or a postponement, after which a slower pace is offered. */
const silentTips = 5;

/** Marks who is to be offered a slower pace with the next tip; returns how many. */
export const markSilent = async (db: Database): Promise<number> => {
  const result = await sql`
    UPDATE preferences f SET pace_offer = 'due'
    FROM (SELECT p.person_id, l.tips, l.signs FROM preferences p
      CROSS JOIN LATERAL (
        SELECT count(*) AS tips, count(g.person_id) + count(o.person_id) AS signs
        FROM (SELECT item FROM outbox WHERE person_id = p.person_id AND stream = 'lesson'
          AND state = 'sent' ORDER BY slot DESC LIMIT ${silentTips}) AS last
        LEFT JOIN progress g ON g.person_id = p.person_id AND g.item = last.item
        LEFT JOIN outbox o ON o.person_id = p.person_id AND o.stream = 'lesson-later'
          AND o.item = last.item
      ) AS l
      WHERE p.pace_offer IS NULL AND p.per_week > 1 AND p.stopped_at IS NULL) AS s
    WHERE f.person_id = s.person_id AND s.tips = ${silentTips} AND s.signs = 0`.execute(db);
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
