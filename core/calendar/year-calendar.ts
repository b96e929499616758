/** One year of decreed days off as an operator enters it: `content/calendar/<year>.yaml`. */
import * as z from 'zod';
import type { ContentFile } from '../content/schema.ts';
import { shapeOf } from '../content/shape.ts';
import { readYaml } from '../content/yaml-file.ts';
import { ContentError, type Fault } from '../errors.ts';
import { isDate } from './zone.ts';

const date = z.string().refine(isDate, 'a date YYYY-MM-DD that exists');

const holidaySchema = z.strictObject({
  date,
  name: z.string().trim().min(1),
  /** national = libur nasional; cuti-bersama = collective leave. Nothing is sent on either. */
  kind: z.enum(['national', 'cuti-bersama']),
  /** Computed, not decreed: may still move. */
  estimated: z.boolean().default(false),
});

const calendarSchema = z
  .strictObject({
    year: z.number().int().min(2000).max(2200),
    /** The decree's numbers, or why there is none yet. */
    decree: z.string().trim().min(1),
    decreed: z.boolean(),
    holidays: z.array(holidaySchema).min(1),
    /** First and last day, both inclusive; null when unknown. */
    ramadan: z.strictObject({ from: date, to: date }).nullable(),
  })
  .superRefine((calendar, context) => {
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const seen = new Set<string>();
    for (const [index, holiday] of calendar.holidays.entries()) {
      const path = ['holidays', index, 'date'];
      if (!holiday.date.startsWith(`${calendar.year}-`)) refuse(path, 'a day of the year above');
      if (seen.has(holiday.date)) refuse(path, 'each date once');
      if (calendar.decreed && holiday.estimated)
        refuse(['holidays', index, 'estimated'], 'no estimated day in a decreed calendar');
      seen.add(holiday.date);
    }
    const { ramadan } = calendar;
    if (ramadan !== null && ramadan.from > ramadan.to)
      refuse(['ramadan', 'to'], 'a day not before Ramadan begins');
  });

export type Holiday = Readonly<z.infer<typeof holidaySchema>>;
export type YearCalendar = Readonly<z.infer<typeof calendarSchema>>;

/** Reads one calendar of `content/`; throws a ContentError with every fault and its line. */
export const parseCalendar = ({ path, text }: ContentFile): YearCalendar =>
  readCalendar({ file: `content/${path}`, text });

/** The same for a file from anywhere; `file` is how faults name it. */
export const readCalendar = (source: {
  readonly file: string;
  readonly text: string;
}): YearCalendar => {
  const { file, text } = source;
  const read = readYaml({ path: file, text });
  const named = (faults: readonly Fault[]): ContentError =>
    new ContentError(faults.map((fault) => ({ ...fault, file })));
  if (read.faults.length > 0) throw named(read.faults);
  const shape = shapeOf(read, calendarSchema);
  if ('faults' in shape) throw named(shape.faults);
  return shape.value;
};

/** A calendar that was stored as JSON after `parseCalendar`; throws a ZodError when it was not. */
export const readStoredCalendar = (body: unknown): YearCalendar => calendarSchema.parse(body);
