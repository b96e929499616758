/** Decreed calendars, one row a year; an operator's file replaces the year at once. */
import { sql, type Transaction } from 'kysely';
import { type WorkCalendar, workCalendar } from '../calendar/work-calendar.ts';
import { readStoredCalendar, type YearCalendar } from '../calendar/year-calendar.ts';
import { recordAudit } from './audit.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** The calendar parsed last, by what was stored: every run asks for it, decrees change a few times a year. */
let latest: { readonly digest: string; readonly calendar: WorkCalendar } | null = null;

/** Every stored year as one calendar. */
export const loadCalendar = async (db: Database): Promise<WorkCalendar> => {
  const stored = await sql<{ digest: string | null }>`
    SELECT md5(string_agg(body::text, ';' ORDER BY year)) AS digest FROM calendars`.execute(db);
  const digest = stored.rows[0]?.digest ?? '';
  if (latest?.digest === digest) return latest.calendar;
  const rows = await db.selectFrom('calendars').select('body').orderBy('year').execute();
  const calendar = workCalendar(rows.map((row) => readStoredCalendar(row.body)));
  latest = { digest, calendar };
  return calendar;
};

/** Stores an operator's calendar, replacing that year's, and notes it in the audit log. */
export const setCalendar = async (
  trx: Transaction<Tables>,
  calendar: YearCalendar,
  now: Date,
): Promise<void> => {
  const body = JSON.stringify(calendar);
  await trx
    .insertInto('calendars')
    .values({ year: calendar.year, body, set_at: now })
    .onConflict((conflict) => conflict.column('year').doUpdateSet({ body, set_at: now }))
    .execute();
  const { year, decree, decreed } = calendar;
  const detail = { year, decree, decreed, holidays: calendar.holidays.length };
  await recordAudit(trx, { at: now, actor: 'operator', act: 'calendar.set', detail });
};

/** Stores the shipped calendars of years that have none yet; an operator's own file always stands. */
export const keepCalendars = async (
  db: Database,
  calendars: readonly YearCalendar[],
  now: Date,
): Promise<void> => {
  if (calendars.length === 0) return;
  await db
    .insertInto('calendars')
    .values(
      calendars.map((calendar) => ({
        year: calendar.year,
        body: JSON.stringify(calendar),
        set_at: now,
      })),
    )
    .onConflict((conflict) => conflict.column('year').doNothing())
    .execute();
};
