/** The promises of work time over random people, zones (with and without daylight saving) and days off. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayOff,
  type WorkCalendar,
  workCalendar,
} from '../../../../core/calendar/work-calendar.ts';
import {
  leavesRoom,
  nextWindow,
  ordinaryMinute,
  type Rhythm,
  sendTime,
} from '../../../../core/calendar/work-time.ts';
import {
  addDays,
  instantAt,
  localDate,
  localMinute,
  weekday,
} from '../../../../core/calendar/zone.ts';

const zones = [
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Jayapura',
  'Europe/Amsterdam',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
];

const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const rhythmArb: fc.Arbitrary<Rhythm> = fc.record({
  zone: fc.constantFrom(...zones),
  pattern: fc.constantFrom('five-day', 'six-day'),
  quietFrom: fc.option(minuteOfDay),
  quietTo: fc.option(minuteOfDay),
});
const dateArb = fc.integer({ min: 0, max: 2 * 365 }).map((days) => addDays('2026-01-01', days));
const instantArb = fc
  .tuple(dateArb, fc.integer({ min: 0, max: 86_399_999 }))
  .map(([date, millisecond]) => new Date(Date.parse(date) + millisecond));

/** Two years with up to a third of their days off and a Ramadan anywhere. */
const calendarArb: fc.Arbitrary<WorkCalendar> = fc
  .record({ off: fc.uniqueArray(dateArb, { maxLength: 240 }), ramadan: fc.option(dateArb) })
  .map(({ off, ramadan }) =>
    workCalendar(
      [2026, 2027].map((year) => ({
        year,
        decree: 'contoh',
        decreed: true,
        holidays: off
          .filter((date) => date.startsWith(String(year)))
          .map((date) => ({ date, name: 'Libur', kind: 'national', estimated: false })),
        ramadan:
          ramadan?.startsWith(String(year)) === true
            ? { from: ramadan, to: addDays(ramadan, 29) }
            : null,
      })),
    ),
  );

/** The rules once more, minute by minute and without spans. */
const allowed = (calendar: WorkCalendar, rhythm: Rhythm, instant: Date): boolean => {
  const date = localDate(rhythm.zone, instant);
  const minute = localMinute(rhythm.zone, instant);
  if (dayOff(calendar, rhythm.pattern, date) !== null) return false;
  const ramadan = isKnownRamadan(calendar, date);
  const opens = Math.max(ramadan ? 480 : 450, weekday(date) === 1 ? 495 : 0);
  const closes = rhythm.pattern === 'six-day' ? [870, 840] : [930, 900];
  if (minute < opens || minute >= (closes[ramadan ? 1 : 0] ?? 0)) return false;
  if (weekday(date) === 5 && minute >= 690 && minute < 780) return false;
  return !leavesRoom(rhythm) || !isQuiet(rhythm, minute);
};

const isKnownRamadan = ({ years }: WorkCalendar, date: string): boolean =>
  [...years.values()].some(
    ({ ramadan }) => ramadan !== null && ramadan.from <= date && date <= ramadan.to,
  );

const isQuiet = ({ quietFrom: from, quietTo: to }: Rhythm, minute: number): boolean => {
  if (from === null || to === null || from === to) return false;
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
};

describe('next window', () => {
  it('is inside a window, never early, tells a reason exactly when it moved, and stays put when asked again', () => {
    fc.assert(
      fc.property(calendarArb, rhythmArb, instantArb, (calendar, rhythm, from) => {
        const { at, moved } = nextWindow(calendar, rhythm, from);
        expect(allowed(calendar, rhythm, at)).toBe(true);
        expect(at >= from).toBe(true);
        expect(moved === null).toBe(at.getTime() === from.getTime());
        expect(allowed(calendar, rhythm, from)).toBe(moved === null);
        expect(nextWindow(calendar, rhythm, at)).toEqual({ at, moved: null });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the order of two moments and skips no allowed one between', () => {
    fc.assert(
      fc.property(
        calendarArb,
        rhythmArb,
        fc.tuple(instantArb, fc.integer({ min: 0, max: 5_000 })),
        (calendar, rhythm, [from, minutes]) => {
          const later = new Date(from.getTime() + minutes * 60_000);
          const first = nextWindow(calendar, rhythm, from).at;
          expect(first <= nextWindow(calendar, rhythm, later).at).toBe(true);
          if (later < first) expect(allowed(calendar, rhythm, later)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('send time', () => {
  it('falls on its own date inside a window, ends after it begins, and is moved once', () => {
    fc.assert(
      fc.property(
        calendarArb,
        rhythmArb,
        fc.tuple(dateArb, minuteOfDay, fc.boolean()),
        (calendar, rhythm, [date, minute, chosen]) => {
          const time = sendTime(calendar, rhythm, { date, minute, chosen });
          if (time === null) return;
          expect(allowed(calendar, rhythm, time.due)).toBe(true);
          expect(localDate(rhythm.zone, time.due)).toBe(date);
          expect(time.due < time.expires).toBe(true);
          const landed = localMinute(rhythm.zone, time.due);
          const beyond = instantAt(rhythm.zone, date, minute) >= time.expires;
          expect(landed >= minute).toBe(!beyond);
          expect(time.moved === null).toBe(landed === minute);
          const again = sendTime(calendar, rhythm, { date, minute: landed, chosen });
          expect(again).toEqual({ ...time, moved: null });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is there on every day that has any, inside the window, whatever was wished for', () => {
    fc.assert(
      fc.property(
        calendarArb,
        rhythmArb,
        fc.tuple(dateArb, minuteOfDay, fc.boolean()),
        (calendar, rhythm, [date, minute, chosen]) => {
          fc.pre(chosen || !isKnownRamadan(calendar, date));
          const first = nextWindow(calendar, rhythm, instantAt(rhythm.zone, date, 0)).at;
          const wished = sendTime(calendar, rhythm, { date, minute, chosen });
          expect(wished !== null).toBe(localDate(rhythm.zone, first) === date);
          if (wished === null) return;
          expect(allowed(calendar, rhythm, wished.due)).toBe(true);
          expect(wished.expires > wished.due).toBe(true);
          const rest = nextWindow(calendar, rhythm, instantAt(rhythm.zone, date, minute)).at;
          if (localDate(rhythm.zone, rest) === date) {
            expect(wished.due).toEqual(rest);
            return;
          }
          // Beyond the day's end: a quarter-hour is left, or all that the last window has.
          const before = new Date(wished.due.getTime() - 60_000);
          const room = (wished.expires.getTime() - wished.due.getTime()) / 60_000;
          expect(room < 30 && (room >= 15 || !allowed(calendar, rhythm, before))).toBe(true);
          expect(wished.moved).not.toBeNull();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is on an ordinary day what was told of a time of one’s own', () => {
    fc.assert(
      fc.property(rhythmArb, dateArb, minuteOfDay, (rhythm, any, minute) => {
        const date = addDays(any, 2 - weekday(any));
        const time = sendTime(workCalendar([]), rhythm, { date, minute, chosen: true });
        const told = instantAt(rhythm.zone, date, ordinaryMinute(rhythm, minute));
        expect(time?.due).toEqual(told);
      }),
      { numRuns: 300 },
    );
  });

  it('fires once for every working day over a year, whatever the clocks do', () => {
    fc.assert(
      fc.property(calendarArb, rhythmArb, minuteOfDay, (calendar, rhythm, minute) => {
        const dates = Array.from({ length: 366 }, (_, index) => addDays('2026-06-01', index));
        const fired = dates.flatMap((date) => {
          const time = sendTime(calendar, rhythm, { date, minute });
          return time === null ? [] : [{ date, due: time.due }];
        });
        expect(fired.map(({ due }) => localDate(rhythm.zone, due))).toEqual(
          fired.map(({ date }) => date),
        );
        for (const [index, { due }] of fired.entries())
          if (index > 0) expect(due > (fired[index - 1]?.due ?? due)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
