import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSilence,
  type PaceState,
  reserve,
  retryMinutes,
  roomUntil,
  withMargin,
} from '../../../core/delivery/pacing.ts';

const pace = fc.record({
  rate: fc.double({ min: 0.2, max: 50, noNaN: true }),
  burst: fc.integer({ min: 1, max: 60 }),
});
const start = new Date('2026-12-07T01:30:00Z');
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const unused: PaceState = { nextArrival: null, slowUntil: null };

type Lane = { readonly rate: number; readonly burst: number };

/** Instants of one reservation after another, each asked for when the last message of the one before has gone. */
const sendAll = (lane: Lane, counts: readonly number[]): readonly number[] => {
  let state: PaceState = unused;
  const sent: number[] = [];
  for (const count of counts) {
    const now = new Date(sent.at(-1) ?? start.getTime());
    const reserved = reserve(lane, state, { now, count });
    state = { nextArrival: reserved.nextArrival, slowUntil: null };
    sent.push(...reserved.at.map((instant) => instant.getTime()));
  }
  return sent;
};

/** Every span that begins at `from` holds at most the burst and what the rate adds. */
const expectAllowed = (lane: Lane, from: number, later: readonly number[]): void => {
  // Instants are rounded up to whole milliseconds.
  const most = (at: number): number => lane.burst + lane.rate * ((at - from) / 1000 + 0.002) + 1e-6;
  expect(later.filter((at, index) => index + 1 > most(at))).toEqual([]);
};

describe('pace of a lane', () => {
  it('never lets more than the burst and the rate through in any span', () => {
    fc.assert(
      fc.property(
        pace,
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }),
        (lane, counts) => {
          const sent = sendAll(lane, counts);
          for (const [first, from] of sent.entries()) expectAllowed(lane, from, sent.slice(first));
        },
      ),
    );
  });

  it('sends the burst at once after a quiet time and the rest at the rate', () => {
    const { at } = reserve({ rate: 2, burst: 3 }, unused, { now: start, count: 5 });
    expect(at.map((instant) => instant.getTime() - start.getTime())).toEqual([0, 0, 0, 500, 1000]);
  });

  it('keeps two of a large burst back, for requests overtake one another on their way', () => {
    expect(withMargin({ rate: 10, burst: 20 })).toEqual({ rate: 10, burst: 18 });
    expect(withMargin({ rate: 1, burst: 1 })).toEqual({ rate: 1, burst: 1 });
  });

  it('begins after a silence with one message, at half the rate for four seconds', () => {
    const lane = { rate: 2, burst: 3 };
    const state = afterSilence(lane, unused, later(30_000));
    const { at } = reserve(lane, state, { now: start, count: 8 });
    const seconds = at.map((instant) => (instant.getTime() - start.getTime()) / 1000);
    expect(seconds).toEqual([30, 31, 32, 33, 34, 34.5, 35, 35.5]);
  });

  it.each([
    [-1, 4_000],
    [6_000, 30_000],
    [30_000, 4_000],
  ])('told of silence until %i ms after a slow stretch is slow for %i ms', (after, slow) => {
    const lane = { rate: 2, burst: 3 };
    const { slowUntil } = afterSilence(lane, { slowUntil: later(0) }, later(after));
    expect(slowUntil).toEqual(later(after + slow));
  });

  it('promises exactly the room that a reservation then needs', () => {
    fc.assert(
      fc.property(pace, fc.integer({ min: 1, max: 45_000 }), (lane, span) => {
        const until = new Date(start.getTime() + span);
        const room = roomUntil(lane, unused, { now: start, until, most: 10_000 });
        const { at } = reserve(lane, unused, { now: start, count: room + 1 });
        expect((at[room - 1] ?? start).getTime()).toBeLessThanOrEqual(until.getTime() + 1);
        expect((at[room] ?? until).getTime()).toBeGreaterThanOrEqual(until.getTime());
      }),
    );
  });

  it('waits 1, 2, 4, … and at most 60 minutes before the next try', () => {
    expect([1, 2, 3, 6, 7, 30].map(retryMinutes)).toEqual([1, 2, 4, 32, 60, 60]);
  });
});
