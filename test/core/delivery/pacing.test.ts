import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reserve, retryMinutes, roomUntil } from '../../../core/delivery/pacing.ts';

const pace = fc.record({
  rate: fc.double({ min: 0.2, max: 50, noNaN: true }),
  burst: fc.integer({ min: 1, max: 60 }),
});
const start = new Date('2026-12-07T01:30:00Z');

type Lane = { readonly rate: number; readonly burst: number };

/** Instants of one reservation after another, each asked for when the last message of the one before has gone. */
const sendAll = (lane: Lane, counts: readonly number[]): readonly number[] => {
  let arrival: Date | null = null;
  const sent: number[] = [];
  for (const count of counts) {
    const now = new Date(sent.at(-1) ?? start.getTime());
    const reserved: ReturnType<typeof reserve> = reserve(lane, arrival, { now, count });
    arrival = reserved.nextArrival;
    sent.push(...reserved.at.map((instant) => instant.getTime()));
  }
  return sent;
};

/** Every span that begins at `from` holds at most the burst and what the rate adds. */
const expectAllowed = (lane: Lane, from: number, later: readonly number[]): void => {
  for (const [index, at] of later.entries()) {
    const seconds = (at - from) / 1000;
    // Instants are rounded up to whole milliseconds.
    expect(index + 1).toBeLessThanOrEqual(lane.burst + lane.rate * (seconds + 0.002) + 1e-6);
  }
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
    const { at } = reserve({ rate: 2, burst: 3 }, null, { now: start, count: 5 });
    expect(at.map((instant) => instant.getTime() - start.getTime())).toEqual([0, 0, 0, 500, 1000]);
  });

  it('promises exactly the room that a reservation then needs', () => {
    fc.assert(
      fc.property(pace, fc.integer({ min: 1, max: 45_000 }), (lane, span) => {
        const until = new Date(start.getTime() + span);
        const room = roomUntil(lane, null, { now: start, until });
        const { at } = reserve(lane, null, { now: start, count: room + 1 });
        expect((at[room - 1] ?? start).getTime()).toBeLessThanOrEqual(until.getTime() + 1);
        expect((at[room] ?? until).getTime()).toBeGreaterThanOrEqual(until.getTime());
      }),
    );
  });

  it('waits 1, 2, 4, … and at most 60 minutes before the next try', () => {
    expect([1, 2, 3, 6, 7, 30].map(retryMinutes)).toEqual([1, 2, 4, 32, 60, 60]);
  });
});
