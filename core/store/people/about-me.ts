/** What a person may ask of themselves: counts, this week's messages, the last tip. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import { recallPattern } from '../../delivery/amendment.ts';
import type { Language } from '../../language.ts';
import type { Database } from '../database.ts';

/** Counts for "data saya": of these lessons those sent, and the self-checks answered. */
export const countMine = async (
  db: Database,
  personId: number,
  lessons: readonly string[],
): Promise<{ readonly seen: number; readonly answered: number }> => {
  const seen = await db
    .selectFrom('seen')
    .select((select) => select.fn.count<number>('item').distinct().as('count'))
    .where('person_id', '=', personId)
    .where('item', 'in', lessons)
    .executeTakeFirstOrThrow();
  const answered = await db
    .selectFrom('progress')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('state', '=', 'answered')
    .executeTakeFirstOrThrow();
  return { seen: seen.count, answered: answered.count };
};

/**
 * What has reached the person since an instant, by stream, and how many tips a week they chose: counted by when it came,
 * which may be long after its slot. Reminders leave no trace.
 */
export const weekOf = async (
  db: Database,
  personId: number,
  since: Date,
): Promise<{
  readonly perWeek: number;
  readonly streams: readonly { readonly stream: string; readonly count: number }[];
}> => {
  const { rows } = await sql<{ stream: string; count: number }>`
    SELECT stream, count(*)::int AS count FROM outbox
    WHERE person_id = ${personId} AND state = 'sent' AND stream NOT LIKE ${recallPattern}
      AND changed_at >= ${since}
    GROUP BY stream ORDER BY stream`.execute(db);
  const chosen = await db
    .selectFrom('preferences')
    .select('per_week')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return { perWeek: chosen?.per_week ?? 5, streams: rows };
};

/** What a Home shows of a person's settings, and what its tip depends on. */
export type OwnSettings = {
  readonly language: Language;
  readonly zone: string;
  /** Minutes after local midnight; null = the programme's usual time. */
  readonly minute: number | null;
  readonly perWeek: number;
  readonly pausedUntil: LocalDate | null;
  readonly stopped: boolean;
  readonly welcomed: boolean;
};

/** A person's own settings as they stand now. */
export const settingsOf = async (db: Database, personId: number): Promise<OwnSettings> => {
  const { rows } = await sql<OwnSettings>`
    SELECT coalesce(f.language, 'id') AS language, p.time_zone AS zone, f.send_minute AS minute,
      coalesce(f.per_week, 5) AS "perWeek", f.paused_until::text AS "pausedUntil",
      f.stopped_at IS NOT NULL AS stopped, f.welcomed_at IS NOT NULL AS welcomed
    FROM people p LEFT JOIN preferences f ON f.person_id = p.id
    WHERE p.id = ${personId}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a person whose Home is open is no longer known');
  return row;
};

/** The last lesson that reached the person, among those named if any are, or null. */
export const latestLesson = async (
  db: Database,
  personId: number,
  among: readonly string[] | null = null,
): Promise<string | null> => {
  const { rows } = await sql<{ item: string }>`
    SELECT item FROM outbox
    WHERE person_id = ${personId} AND stream = 'lesson' AND state = 'sent'
      ${among === null ? sql`` : sql`AND item = ANY(${[...among]}::text[])`}
    ORDER BY slot DESC LIMIT 1`.execute(db);
  return rows[0]?.item ?? null;
};
