/** `langkah calendar set FILE`. */
import { missingYear } from '../../../core/calendar/work-calendar.ts';
import { readCalendar } from '../../../core/calendar/year-calendar.ts';
import { loadCalendar, setCalendar } from '../../../core/store/calendars.ts';
import { requestPlan } from '../../../core/store/outbox/replanning.ts';
import type { Shell } from './shell.ts';
import { withStore } from './store.ts';
import { readText } from './text-file.ts';

const warnings: Readonly<Record<ReturnType<typeof missingYear>[number], string>> = {
  'this-year-missing': "warning: this year's calendar is missing",
  'this-year-estimated': "warning: this year's calendar is an estimate, not decreed",
  'next-year-missing': "warning: next year's calendar is missing",
  'next-year-estimated': "warning: next year's calendar is an estimate, not decreed",
};

/** Checks the file and replaces that year; nothing is written when it has a fault. */
export const setCalendarFrom = async (
  shell: Shell,
  file: string,
  options: { readonly database?: string },
): Promise<void> => {
  const calendar = readCalendar(await readText(file));
  await withStore(shell.env, options.database, async (db) => {
    const now = shell.now();
    await db.transaction().execute(async (trx) => {
      await setCalendar(trx, calendar, now);
      await requestPlan(trx);
    });
    const kind = calendar.decreed ? 'decreed' : 'not decreed';
    shell.print(`${calendar.year}: ${calendar.holidays.length} days off, ${kind}; stored`);
    for (const warning of missingYear(await loadCalendar(db), now)) shell.print(warnings[warning]);
  });
};
