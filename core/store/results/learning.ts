/** Weekly adoption: counts per unit go in, a release with bands comes out; people's own marks stay theirs. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { LearningCount, LearningRelease } from '../../results/learning.ts';
import type { Database } from '../database.ts';

/** Per unit with everything below it: its people, those whom a lesson reached between two slots, and those who reacted to one. */
export const countLearning = async (
  db: Database,
  week: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly LearningCount[]> => {
  const rows = await sql<LearningCount>`
    WITH RECURSIVE chain (unit_id, ancestor) AS (
      SELECT id, id FROM units
      UNION ALL
      SELECT c.unit_id, u.parent_id FROM chain c
      JOIN units u ON u.id = c.ancestor WHERE u.parent_id IS NOT NULL
    ), reached AS (
      SELECT o.person_id, bool_or(g.person_id IS NOT NULL) AS engaged
      FROM outbox o
      LEFT JOIN progress g ON g.person_id = o.person_id AND g.item = o.item
      WHERE o.stream = 'lesson' AND o.state = 'sent'
        AND o.slot BETWEEN ${week.from}::date AND ${week.to}::date
      GROUP BY o.person_id
    )
    SELECT u.id AS unit, u.parent_id AS parent, count(p.id)::int AS people,
      count(r.person_id)::int AS reached, count(*) FILTER (WHERE r.engaged)::int AS engaged
    FROM units u
    JOIN chain c ON c.ancestor = u.id
    LEFT JOIN people p ON p.unit_id = c.unit_id AND p.status = 'active'
    LEFT JOIN reached r ON r.person_id = p.id
    GROUP BY u.id, u.parent_id ORDER BY u.id`.execute(db);
  return rows.rows;
};

/** Stores a week's release; a week already published stays as it is. */
export const storeLearning = async (
  db: Database,
  release: LearningRelease,
  now: Date,
): Promise<void> => {
  await sql`INSERT INTO learning_releases (week, body, published_at)
    VALUES (${release.week}::date, ${JSON.stringify(release)}::jsonb, ${now})
    ON CONFLICT DO NOTHING`.execute(db);
};

/** The newest weekly release, or null before the first. */
export const latestLearning = async (db: Database): Promise<LearningRelease | null> => {
  const row = await db
    .selectFrom('learning_releases')
    .select('body')
    .orderBy('week', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : (row.body as LearningRelease);
};
