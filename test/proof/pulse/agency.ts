/** Five directorates of four units each and everybody on one Slack, put into an empty local store. */
import { sql } from 'kysely';
import { readCalendar } from '../../../core/calendar/year-calendar.ts';
import { keepCalendars } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { migrate } from '../../../core/store/migrate.ts';
import { readContent } from '../../../functions/app/files.ts';
import { slackWorkspace } from '../../../functions/local/story/agency.ts';
import { localMigrations } from '../../../functions/local/story/begin.ts';

const started = new Date('2026-10-01T00:00:00Z');

/** Chat user of the person with this id. */
export const userOf = (id: number): string => `U0BUKTI${String(id).padStart(4, '0')}`;

/** Migrates and puts `people` in, all welcomed, a fifth in each directorate. */
export const seedAgency = async (db: Database, people: number): Promise<void> => {
  await migrate(db, await localMigrations(), started);
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await db.transaction().execute((trx) => keepCalendars(trx, calendars, started));
  await sql`INSERT INTO units (id, code, name, level_label, valid_from, parent_id)
    SELECT 1, 'K', 'Kementerian Contoh', 'Kementerian', date '2026-01-01', NULL::int
    UNION ALL SELECT 1 + n, 'D' || n, 'Biro ' || n, 'Biro', '2026-01-01', 1 FROM generate_series(1, 5) n
    UNION ALL SELECT 6 + n, 'U' || n, 'Bagian ' || n, 'Bagian', '2026-01-01', 2 + n % 5
    FROM generate_series(1, 20) n`.execute(db);
  await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
    VALUES (1, 'slack', ${slackWorkspace}, 1000, 1000)`.execute(db);
  await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone, grade_band)
    SELECT n, md5(n::text) || md5((-n)::text), 'Pegawai ' || n, 7 + n % 20, 'Asia/Jakarta',
      (ARRAY['staff', 'manager'])[1 + (n % 7 = 0)::int]
    FROM generate_series(1, ${people}::int) n`.execute(db);
  await sql`INSERT INTO preferences (person_id, welcomed_at)
    SELECT id, ${started} FROM people`.execute(db);
  await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
    SELECT 'slack', ${slackWorkspace}, 'U0BUKTI' || lpad(id::text, 4, '0'), id, 1 FROM people`.execute(
    db,
  );
};
