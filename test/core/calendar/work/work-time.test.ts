import { describe, expect, it } from 'vitest';
import {
  leavesRoom,
  moveReasons,
  nextWindow,
  ordinaryMinute,
  type Rhythm,
  sendTime,
} from '../../../../core/calendar/work-time.ts';
import { instantAt, isDate, localDate, localMinute } from '../../../../core/calendar/zone.ts';
import { isZone } from '../../../../core/calendar/zone-name.ts';
import { parseCatalogue } from '../../../../core/content/parse.ts';
import { readContent } from '../../../../functions/app/files.ts';
import { shippedCalendar } from '../shipped.ts';

const jakarta: Rhythm = {
  zone: 'Asia/Jakarta',
  pattern: 'five-day',
  quietFrom: null,
  quietTo: null,
};
const at = (hour: number, minute = 0) => hour * 60 + minute;

describe('the send time of a slot', async () => {
  const calendar = await shippedCalendar();
  const time = (date: string, minute: number, rhythm: Rhythm = jakarta) => {
    const found = sendTime(calendar, rhythm, { date, minute });
    return found === null ? null : [found.due.toISOString(), found.moved];
  };

  it('is the wished minute in the zone of the reader', () => {
    expect(time('2026-11-25', at(8, 30))).toEqual(['2026-11-25T01:30:00.000Z', null]);
    const jayapura = { ...jakarta, zone: 'Asia/Jayapura' };
    expect(time('2026-11-25', at(8, 30), jayapura)).toEqual(['2026-11-24T23:30:00.000Z', null]);
    const makassar = { ...jakarta, zone: 'Asia/Makassar' };
    expect(time('2026-11-25', at(8, 30), makassar)).toEqual(['2026-11-25T00:30:00.000Z', null]);
  });

  it('moves out of the Friday rest', () => {
    expect(time('2026-11-27', at(11, 30))).toEqual(['2026-11-27T06:00:00.000Z', 'friday-rest']);
    expect(time('2026-11-27', at(13))).toEqual(['2026-11-27T06:00:00.000Z', null]);
  });

  it('waits for work to begin, on Monday for the assembly to end', () => {
    expect(time('2026-11-25', at(6))).toEqual(['2026-11-25T00:30:00.000Z', 'before-work']);
    expect(time('2026-11-30', at(8))).toEqual(['2026-11-30T01:15:00.000Z', 'monday-assembly']);
  });

  it('is none on a day off, and none is after 15:30', () => {
    expect(time('2026-11-28', at(8, 30))).toBeNull();
    expect(time('2026-03-17', at(8, 30))).toBeNull();
    expect(time('2026-11-25', at(15, 29))).toEqual(['2026-11-25T08:29:00.000Z', null]);
    expect(time('2026-11-25', at(15, 30))).toEqual(['2026-11-25T08:15:00.000Z', 'after-work']);
  });

  it('is 09:00 in Ramadan unless the person chose another minute', () => {
    const date = '2026-02-20';
    expect(time(date, at(8, 30))).toEqual(['2026-02-20T02:00:00.000Z', 'ramadan']);
    const chosen = { date, minute: at(8, 30), chosen: true };
    expect(sendTime(calendar, jakarta, chosen)?.moved).toBeNull();
    expect(sendTime(calendar, jakarta, { ...chosen, minute: at(7, 30) })).toMatchObject({
      due: instantAt('Asia/Jakarta', date, at(8)),
      moved: 'ramadan',
    });
    expect(time('2026-02-18', at(8, 30))?.[1]).toBeNull();
  });

  it.each([
    ['a time of one’s own', true],
    ['a programme time', false],
  ])('comes in the last quarter-hour of the day for %s after its end', (_, chosen) => {
    const late = (date: string, minute: number, rhythm: Rhythm = jakarta) => {
      const found = sendTime(calendar, rhythm, { date, minute, chosen });
      return found && [localMinute('Asia/Jakarta', found.due), found.moved];
    };
    expect(late('2026-11-25', at(15, 15))).toEqual([at(15, 15), null]);
    for (const minute of [at(15, 30), at(16), at(23, 45)])
      expect(late('2026-11-25', minute)).toEqual([at(15, 15), 'after-work']);
    expect(late('2026-02-20', at(15))).toEqual([at(14, 45), 'ramadan']);
    const six = { ...jakarta, pattern: 'six-day' };
    expect(late('2026-11-25', at(15), six)).toEqual([at(14, 15), 'after-work']);
    expect(late('2026-02-20', at(14), six)).toEqual([at(13, 45), 'ramadan']);
    const quiet = { ...jakarta, quietFrom: at(14), quietTo: at(9) };
    expect(late('2026-11-25', at(14), quiet)).toEqual([at(13, 45), 'quiet-hours']);
    const brief = { ...jakarta, quietFrom: at(8), quietTo: at(15, 20) };
    expect(late('2026-11-25', at(17), brief)).toEqual([at(15, 20), 'after-work']);
    expect(late('2026-11-28', at(15))).toBeNull();
    expect(late('2026-11-25', at(5))).toEqual([at(7, 30), 'before-work']);
  });

  it('is told for an ordinary working day, whatever time was asked for', () => {
    const six = { ...jakarta, pattern: 'six-day' };
    expect([at(6), at(9), at(15), at(20)].map((wish) => ordinaryMinute(jakarta, wish))).toEqual([
      at(7, 30),
      at(9),
      at(15),
      at(15, 15),
    ]);
    expect(ordinaryMinute(six, at(15))).toBe(at(14, 15));
    expect(ordinaryMinute({ ...jakarta, quietFrom: at(10), quietTo: at(11) }, at(10))).toBe(at(11));
  });

  it('keeps quiet hours, past midnight too, and the day ends with them', () => {
    const quiet = { ...jakarta, quietFrom: at(14), quietTo: at(9) };
    expect(time('2026-11-25', at(8, 30), quiet)).toEqual([
      '2026-11-25T02:00:00.000Z',
      'quiet-hours',
    ]);
    const found = sendTime(calendar, quiet, { date: '2026-11-25', minute: at(8, 30) });
    expect(found?.expires.toISOString()).toBe('2026-11-25T07:00:00.000Z');
    expect(time('2026-11-25', at(14), quiet)).toEqual(['2026-11-25T06:45:00.000Z', 'quiet-hours']);
  });

  it('takes no notice of quiet hours that leave no working minute', () => {
    const never = { ...jakarta, quietFrom: at(6), quietTo: at(20) };
    expect(leavesRoom(never)).toBe(false);
    expect(leavesRoom({ ...never, quietTo: at(15) })).toBe(true);
    expect(time('2026-11-25', at(8, 30), never)).toEqual(['2026-11-25T01:30:00.000Z', null]);
  });
});

describe('the next window', async () => {
  const calendar = await shippedCalendar();
  const next = (from: string, rhythm: Rhythm = jakarta) => {
    const { at: instant, moved } = nextWindow(calendar, rhythm, new Date(from));
    return [instant.toISOString(), moved];
  };

  it('is now when now is allowed', () => {
    expect(next('2026-11-25T03:12:34.567Z')).toEqual(['2026-11-25T03:12:34.567Z', null]);
  });

  it('names why it is later', () => {
    expect(next('2026-11-27T05:00:00Z')).toEqual(['2026-11-27T06:00:00.000Z', 'friday-rest']);
    expect(next('2026-11-27T08:30:00Z')).toEqual(['2026-11-30T01:15:00.000Z', 'after-work']);
    expect(next('2026-11-28T03:00:00Z')).toEqual(['2026-11-30T01:15:00.000Z', 'weekend']);
    expect(next('2026-12-25T03:00:00Z')).toEqual(['2026-12-28T01:15:00.000Z', 'holiday']);
    expect(next('2026-03-17T03:00:00Z')).toEqual(['2026-03-25T00:30:00.000Z', 'before-long-leave']);
    expect(next('2026-02-20T00:45:00Z')).toEqual(['2026-02-20T01:00:00.000Z', 'ramadan']);
    expect(next('2026-03-16T08:10:00Z')).toEqual(['2026-03-25T00:30:00.000Z', 'ramadan']);
    const quiet = { ...jakarta, quietFrom: at(10), quietTo: at(11) };
    expect(next('2026-11-25T03:30:00Z', quiet)).toEqual([
      '2026-11-25T04:00:00.000Z',
      'quiet-hours',
    ]);
  });
});

describe('the reasons of a move', () => {
  it('can each be told to people', async () => {
    const { messages } = parseCatalogue(await readContent());
    const untold = moveReasons.filter((reason) => !messages.has(`calendar.moved.${reason}`));
    expect(untold).toEqual([]);
  });
});

describe('zones', () => {
  it('give the end of the gap for a minute the clock skips, and the first of two', () => {
    const zone = 'America/New_York';
    expect(instantAt(zone, '2026-03-08', at(2, 30)).toISOString()).toBe('2026-03-08T07:00:00.000Z');
    expect(instantAt(zone, '2026-11-01', at(1, 30)).toISOString()).toBe('2026-11-01T05:30:00.000Z');
    // Samoa had no 30 December 2011.
    const skipped = instantAt('Pacific/Apia', '2011-12-30', at(9));
    expect(localDate('Pacific/Apia', skipped)).toBe('2011-12-31');
  });

  it('are IANA names that exist', () => {
    expect(['Asia/Jakarta', 'Asia/Pontianak', 'UTC'].every(isZone)).toBe(true);
    expect(['WIB', '+07:00', 'Asia/Bandung', ''].some(isZone)).toBe(false);
    expect(isDate('2026-02-28')).toBe(true);
    expect(['2026-02-29', '2026-2-1', '28/02/2026', ''].some(isDate)).toBe(false);
  });
});
