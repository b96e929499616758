/** Once a day, in bands: who takes part in the open wave, never a live count. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Database } from '../database.ts';

/** Replaces the wave's bands with today's; those of a day stay as its first run wrote them. */
export const writeBands = async (
  db: Database,
  day: { readonly wave: string; readonly date: LocalDate },
  bands: readonly { readonly unit: number; readonly band: string }[],
): Promise<void> => {
  await sql`INSERT INTO participation (wave_id, unit_id, local_day, band)
    SELECT ${day.wave}, unit_id, ${day.date}::date, band
    FROM unnest(${bands.map((row) => row.unit)}::int[], ${bands.map((row) => row.band)}::text[])
      AS n (unit_id, band)
    ON CONFLICT (wave_id, unit_id) DO UPDATE
      SET local_day = excluded.local_day, band = excluded.band
      WHERE participation.local_day < excluded.local_day`.execute(db);
};

/** The bands of a wave as last written. */
export const readBands = async (
  db: Database,
  waveId: string,
): Promise<readonly { unit: number; date: LocalDate; band: string }[]> =>
  db
    .selectFrom('participation')
    .select(['unit_id as unit', 'local_day as date', 'band'])
    .where('wave_id', '=', waveId)
    .orderBy('unit_id')
    .execute();
