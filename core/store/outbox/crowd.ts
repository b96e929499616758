/** The crowd as the planner takes it: in steps, and by the rhythms that people have in common. */
import { sql } from 'kysely';
import type { CrowdRhythm } from '../../delivery/planner.ts';
import { type Stream, streams } from '../../delivery/streams.ts';
import type { Database } from '../database.ts';

/** People whose id lies above `after`, up to `upTo`. */
export type Span = { readonly after: number; readonly upTo: number };

export type Steps = readonly (Span | undefined)[];

/** One step without bounds. */
export const wholeCrowd: Steps = [undefined];

/** People of one step: a statement over so many ends well within ten seconds, and what it planned stands. */
const stepSize = 100_000;

/** The steps over everybody on the roster; a planner that dies between two goes on with the rest at its next run. */
export const crowdSteps = async (db: Database): Promise<Steps> => {
  const row = await db
    .selectFrom('people')
    .select((select) => select.fn.max('id').as('last'))
    .executeTakeFirst();
  const steps = Math.ceil((row?.last ?? 0) / stepSize);
  // A crowd of one step is planned without bounds: the server misjudges them and then joins it row by row.
  if (steps <= 1) return wholeCrowd;
  return Array.from({ length: steps }, (_, step) => ({
    after: step * stepSize,
    upTo: (step + 1) * stepSize,
  }));
};

/** The distinct rhythms of active people: what the planner has to compute times for. */
export const listRhythms = async (
  db: Database,
  stream: Stream,
): Promise<readonly CrowdRhythm[]> => {
  const { personalTime, personalFrequency } = streams[stream];
  const rows = await sql<{
    zone: string;
    pattern: string;
    quietFrom: number | null;
    quietTo: number | null;
    minute: number | null;
    perWeek: number | null;
  }>`
    SELECT DISTINCT p.time_zone AS zone, p.work_pattern AS pattern,
      f.quiet_from AS "quietFrom", f.quiet_to AS "quietTo",
      CASE WHEN ${personalTime} THEN f.send_minute END AS minute,
      CASE WHEN ${personalFrequency} THEN coalesce(f.per_week, 5) END AS "perWeek"
    FROM people p LEFT JOIN preferences f ON f.person_id = p.id
    WHERE p.status = 'active'`.execute(db);
  return rows.rows;
};
