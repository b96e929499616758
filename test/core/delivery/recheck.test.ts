import { describe, expect, it } from 'vitest';
import { type ClaimedPerson, recheck } from '../../../core/delivery/recheck.ts';
import { calendarOf } from '../calendar/holidays.ts';

const calendar = calendarOf([]);
/** Monday 26 October 2026, 10.00 WIB. */
const now = new Date('2026-10-26T03:00:00Z');
const expires = new Date('2026-10-26T09:00:00Z');

const look = (change: Partial<ClaimedPerson>, nudge: { readonly expires: Date } = { expires }) => {
  const person: ClaimedPerson = {
    status: 'active',
    zone: 'Asia/Jakarta',
    pattern: 'five-day',
    quietFrom: null,
    quietTo: null,
    leaveFrom: null,
    leaveTo: null,
    pausedUntil: null,
    stopped: false,
    unreachableReason: null,
    weekIsFull: false,
    ...change,
  };
  return recheck(calendar, person, { ...nudge, now });
};

describe('the last look', () => {
  it('lets a message go in its window to whom nothing keeps from it', () => {
    expect(look({})).toEqual({ act: 'send' });
  });

  it.each([
    [{ leaveFrom: '2026-10-26', leaveTo: '2026-10-26' }, 'leave'],
    [{ leaveFrom: '2026-10-19', leaveTo: '2026-10-26' }, 'leave'],
    [{ leaveFrom: '2026-10-26', leaveTo: '2026-10-30' }, 'leave'],
    [{ pausedUntil: '2026-10-26' }, 'paused'],
  ])('keeps the first and the last day of an absence free: %j', (absence, reason) => {
    expect(look(absence)).toEqual({ act: 'skip', reason });
  });

  it.each([
    { leaveFrom: '2026-10-19', leaveTo: '2026-10-25' },
    { leaveFrom: '2026-10-27', leaveTo: '2026-10-30' },
    { pausedUntil: '2026-10-25' },
  ])('sends on the days before and after: %j', (absence) => {
    expect(look(absence)).toEqual({ act: 'send' });
  });

  it('ends a message whose time is over, also while the person is at work', () => {
    expect(look({}, { expires: now })).toEqual({ act: 'expire', reason: 'window-over' });
  });
});
