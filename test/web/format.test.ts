import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatDate,
  formatInstant,
  formatInterval,
  formatNumber,
  formatPercent,
  formatWeek,
  weekOf,
} from '../../web/format.ts';

describe('numbers', () => {
  it('follow the language of the reader', () => {
    expect(formatNumber(1234.5, 'id', 1)).toBe('1.234,5');
    expect(formatNumber(1234.5, 'en', 1)).toBe('1,234.5');
    expect(formatInterval({ low: 2.71, high: 3.14 }, 'id')).toBe('2,7–3,1');
    expect(formatPercent(0.708, 'id')).toBe('71%');
    expect(formatChange(-0.16, 'id')).toBe('0,16');
  });
});

describe('dates', () => {
  it('are written as in Indonesian offices, with a dot in times', () => {
    const instant = new Date('2026-11-25T02:30:00Z');
    expect(formatDate('2026-11-25', 'id')).toBe('25 Nov 2026');
    expect(formatInstant(instant, 'id')).toBe('25 Nov 2026, 09.30 WIB');
    expect(formatInstant(instant, 'id', 'Asia/Makassar')).toBe('25 Nov 2026, 10.30 WITA');
    expect(formatInstant(instant, 'en', 'Asia/Jayapura')).toBe('25 Nov 2026, 11:30 WIT');
  });

  it('name a week from Monday to Sunday, over the end of a month too', () => {
    expect(formatWeek('2026-12-09', 'id')).toBe('7–13 Des 2026');
    expect(formatWeek('2026-12-01', 'id')).toBe('30 Nov–6 Des 2026');
  });

  it('give every date a week that begins on Monday and holds the date', () => {
    const dates = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2040-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    void fc.assert(
      fc.property(dates, (at) => {
        const date = at.toISOString().slice(0, 10);
        const { first, last } = weekOf(date);
        expect(new Date(`${first}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(new Date(`${last}T00:00:00Z`).getUTCDay()).toBe(0);
        expect(first <= date && date <= last).toBe(true);
      }),
    );
  });
});
