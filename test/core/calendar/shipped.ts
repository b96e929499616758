/** The calendar as shipped, for tests that speak of real dates. */
import { type WorkCalendar, workCalendar } from '../../../core/calendar/work-calendar.ts';
import { parseCalendar } from '../../../core/calendar/year-calendar.ts';
import { readContent } from '../../../functions/app/files.ts';

export const shippedCalendar = async (): Promise<WorkCalendar> => {
  const files = await readContent();
  const years = files.filter((file) => file.path.startsWith('calendar/'));
  return workCalendar(years.map(parseCalendar));
};
