/** People on a few lanes with one lesson due, planned as the planner does it. */
import { sql } from 'kysely';
import { keepCalendars } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { migrate } from '../../../core/store/migrate.ts';
import { ensurePartitions } from '../../../core/store/outbox/partitions.ts';
import { readMigrations } from '../../../functions/app/files.ts';
import { readCalendars } from '../../simulation/agency/content.ts';
import { startsAt } from './clock.ts';

type Wish = { readonly people: number; readonly lanes: number; readonly rate: number };

/** Fills an empty database: `people` on `lanes`, a lesson for each, due now and open until the evening. */
export const seedLessons = async (db: Database, { people, lanes, rate }: Wish): Promise<void> => {
  const now = new Date(startsAt);
  await migrate(db, await readMigrations('migrations'), now);
  await keepCalendars(db, await readCalendars(), now);
  await sql`INSERT INTO units (id, code, name, level_label, valid_from)
    VALUES (1, 'U1', 'Unit Contoh', 'Unit', '2026-01-01')`.execute(db);
  await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
    SELECT n, 'slack', 'T' || n, ${rate}, 10 FROM generate_series(1, ${lanes}::int) n`.execute(db);
  await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
    SELECT n, 'key-' || n, 'Pegawai Contoh ' || n, 1, 'Asia/Jakarta'
    FROM generate_series(1, ${people}::int) n`.execute(db);
  await sql`INSERT INTO preferences (person_id, welcomed_at) SELECT id, ${now} FROM people`.execute(
    db,
  );
  await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
    SELECT 'slack', 'T' || (1 + id % ${lanes}::int), 'U' || id, id, 1 + id % ${lanes}::int
    FROM people`.execute(db);
  await ensurePartitions(db, ['2026-10-26']);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
    SELECT id, 'lesson', '2026-10-26', 'l01', 1 + id % ${lanes}::int, 4, ${now},
      '2026-10-26T08:30:00Z', 'planned', ${now} FROM people`.execute(db);
};
