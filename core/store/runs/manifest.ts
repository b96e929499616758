/** How the outbox stands: what waits, what is in doubt, and the manifest that adds up to the audience. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import type { Database } from '../database.ts';

/**
 * How the rows of these slots stand, one statement and so one instant: the counts of a stream and slot add up to its
 * audience. Survey reminders are waiting or settled and nothing else: any finer count could tell who was silent.
 */
export const manifest = async (
  db: Database,
  slot: { readonly from: LocalDate; readonly to: LocalDate; readonly stream?: string | undefined },
): Promise<readonly ManifestRow[]> => {
  const { from, to, stream = null } = slot;
  const reminder = sql`stream = 'pulse-reminder'`;
  const { rows } = await sql<ManifestRow>`
    SELECT stream, slot, state, reason, count(*)::int AS count,
      (sum(count(*)) OVER (PARTITION BY stream, slot))::int AS audience
    FROM (
      SELECT stream, slot, CASE WHEN NOT ${reminder} THEN state::text
          WHEN state IN ('planned', 'retry', 'sending', 'unknown') THEN 'planned'
          ELSE 'settled' END AS state,
        CASE WHEN NOT ${reminder} THEN reason END AS reason
      FROM outbox WHERE slot BETWEEN ${from}::date AND ${to}::date
        AND (${stream}::text IS NULL OR stream = ${stream})) AS told
    GROUP BY stream, slot, state, reason
    ORDER BY slot, stream, state, reason`.execute(db);
  return rows;
};
