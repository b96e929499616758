import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { instantAt, localDate, localMinute } from '../../../../core/calendar/zone.ts';

const zones = [
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Jayapura',
  'Europe/Amsterdam',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const zone = fc.constantFrom(...zones);
const instant = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
});
/** The first change of clocks after an instant, give or take a little, or the instant where no change is left. */
const besideChange = fc
  .tuple(zone, instant, fc.integer({ min: -5_400_000, max: 5_400_000 }))
  .map(([name, at, shift]): [string, Date] => {
    const next = zoned(name, at).getTimeZoneTransition('next');
    return [name, new Date((next?.epochMilliseconds ?? at.getTime()) + shift)];
  });
const asked = fc.array(fc.oneof(fc.tuple(zone, instant), besideChange), {
  minLength: 1,
  maxLength: 12,
});

const zoned = (name: string, at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(name);

describe('the clocks of a zone', () => {
  test('show what Temporal says, in whatever order instants are asked', () => {
    fc.assert(
      fc.property(asked, (questions) => {
        for (const [name, at] of questions) {
          const truth = zoned(name, at);
          expect(localDate(name, at)).toBe(truth.toPlainDate().toString());
          expect(localMinute(name, at)).toBe(truth.hour * 60 + truth.minute);
        }
      }),
    );
  });

  test('show a wall time first at the instant Temporal says, whatever was asked before', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 0, max: 1439 }), (questions, minute) => {
        for (const [name, at] of questions) {
          const date = localDate(name, at);
          const wanted = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute });
          const earliest = wanted.toZonedDateTime(name, { disambiguation: 'earlier' });
          if (!earliest.toPlainDateTime().equals(wanted)) continue;
          expect(instantAt(name, date, minute).getTime()).toBe(earliest.epochMilliseconds);
        }
      }),
    );
  });
});
