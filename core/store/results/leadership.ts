/** Leaders and what they undertook. */
import type { Database } from '../database.ts';

/** The leader of a unit, or null; the lowest id where there are several. */
export const leaderOf = async (db: Database, unit: number): Promise<number | null> => {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('unit_id', '=', unit)
    .where('status', '=', 'active')
    .where((where) => where('roles', '@>', where.val(['leader'])))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
};

/** How a leader stands to a prompt. */
export const findCommitment = async (
  db: Database,
  leader: number,
  prompt: string,
): Promise<'new' | 'committed' | 'done'> => {
  const row = await db
    .selectFrom('commitments')
    .select('done_at')
    .where('person_id', '=', leader)
    .where('prompt', '=', prompt)
    .executeTakeFirst();
  if (row === undefined) return 'new';
  return row.done_at === null ? 'committed' : 'done';
};
