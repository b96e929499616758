/** A made-up crowd over the three zones of Indonesia, welcomed and reached on one lane. */
import { sql } from 'kysely';
import { readCalendar } from '../core/calendar/year-calendar.ts';
import type { Platform } from '../core/ports.ts';
import { keepCalendars } from '../core/store/calendars.ts';
import type { Database } from '../core/store/database.ts';
import { readContent } from '../functions/app/files.ts';
import { planningTime } from './lesson-day.ts';
import { settleDown } from './server.ts';

type Lane = { readonly platform: Platform; readonly rate: number; readonly burst: number };

export const workspaceId = 'T0BENCH001';

/** Puts `people` in, a third in each zone, and returns the id of their lane. */
export const seedCrowd = async (db: Database, people: number, lane: Lane): Promise<number> => {
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await keepCalendars(db, calendars, planningTime);
  const made = await sql<{ id: number }>`
    INSERT INTO lanes (platform, workspace_id, rate, burst)
    VALUES (${lane.platform}, ${workspaceId}, ${lane.rate}, ${lane.burst})
    RETURNING id`.execute(db);
  const id = made.rows[0]?.id ?? 0;
  await sql`INSERT INTO units (code, name, level_label, valid_from)
    SELECT 'U' || n, 'Unit Contoh ' || n, 'Unit', date '2026-01-01' FROM generate_series(1, 500) n`.execute(
    db,
  );
  await sql`INSERT INTO people (employee_key, name, unit_id, time_zone)
    SELECT md5(n::text) || md5((-n)::text), 'Pegawai Contoh ' || n, 1 + n % 500,
      (ARRAY['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'])[1 + n % 3]
    FROM generate_series(1, ${people}::int) n`.execute(db);
  await sql`INSERT INTO preferences (person_id, welcomed_at)
    SELECT id, ${planningTime} FROM people`.execute(db);
  await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, conversation)
    SELECT ${lane.platform}, ${workspaceId}, 'U' || lpad(id::text, 9, '0'), id, ${id},
      'D' || lpad(id::text, 9, '0')
    FROM people`.execute(db);
  await settleDown(db);
  return id;
};
