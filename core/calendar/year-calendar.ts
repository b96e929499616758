/** One year of decreed days off as an operator enters it: `content/calendar/<year>.yaml`. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { ContentFile } from '../content/schema.ts';
import { ContentError, type Fault } from '../errors.ts';
import { isDate } from './zone.ts';

const date = z.string().refine(isDate, 'not a date of the form YYYY-MM-DD');

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
      if (!holiday.date.startsWith(`${calendar.year}-`)) refuse(path, 'date outside the year');
      if (seen.has(holiday.date)) refuse(path, 'date listed twice');
      if (calendar.decreed && holiday.estimated)
        refuse(['holidays', index, 'estimated'], 'a decreed calendar has no estimated day');
      seen.add(holiday.date);
    }
    const { ramadan } = calendar;
    if (ramadan !== null && ramadan.from > ramadan.to)
      refuse(['ramadan', 'to'], 'Ramadan ends before it begins');
  });

export type Holiday = Readonly<z.infer<typeof holidaySchema>>;
export type YearCalendar = Readonly<z.infer<typeof calendarSchema>>;

/** Reads one calendar file; throws a ContentError with every fault and its line. */
export const parseCalendar = (file: ContentFile): YearCalendar => {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new ContentError(
      document.errors.map((error) => ({
        file: file.path,
        line: lines.linePos(error.pos[0]).line,
        what: error.message.split('\n')[0] ?? 'not YAML',
      })),
    );
  const parsed = calendarSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  throw new ContentError(
    parsed.error.issues.map((issue): Fault => {
      const value = document.getIn(issue.path);
      const scalar = ['string', 'number', 'boolean'].includes(typeof value);
      return {
        file: file.path,
        line: lineOf(issue.path),
        what: [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': '),
        ...(scalar ? { found: String(value) } : {}),
      };
    }),
  );
};

/** A calendar that was stored as JSON after `parseCalendar`; throws a ZodError when it was not. */
export const readStoredCalendar = (body: unknown): YearCalendar => calendarSchema.parse(body);
