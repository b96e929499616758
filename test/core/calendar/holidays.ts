/** A year with these holidays and no other. */
import { type WorkCalendar, workCalendar } from '../../../core/calendar/work-calendar.ts';

export const calendarOf = (holidays: readonly string[]): WorkCalendar =>
  workCalendar([
    {
      year: 2026,
      decree: 'contoh',
      decreed: true,
      holidays: holidays.map((date) => ({
        date,
        name: 'Libur Contoh',
        kind: 'national',
        estimated: false,
      })),
      ramadan: null,
    },
  ]);
