import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSilence,
  leastShare,
  type PaceState,
  reserve,
  roomUntil,
} from '../../../core/delivery/pacing.ts';

const pace = fc.record({
  rate: fc.double({ min: 0.2, max: 50, noNaN: true }),
  burst: fc.integer({ min: 1, max: 60 }),
});
const start = new Date('2026-12-07T01:30:00Z');
const unused: PaceState = { nextArrival: null, slow: null };

type Lane = { readonly rate: number; readonly burst: number };

/** Instants of one reservation after another, each asked for when the last message of the one before has gone. */
const sendAll = (lane: Lane, counts: readonly number[]): readonly number[] => {
  let state: PaceState = unused;
  const sent: number[] = [];
  for (const count of counts) {
    const now = new Date(sent.at(-1) ?? start.getTime());
    const reserved = reserve(lane, state, { now, count });
    state = { nextArrival: reserved.nextArrival, slow: null };
    sent.push(...reserved.at.map((instant) => instant.getTime()));
  }
  return sent;
};

/** Milliseconds by which instants may be off, each being a whole millisecond; the shortest interval is 20. */
const rounding = 5;

/** Every span that begins at `from` holds at most the burst and what the rate adds. */
const expectAllowed = (lane: Lane, from: number, later: readonly number[]): void => {
  const most = (at: number): number => lane.burst + (lane.rate * (at - from + rounding)) / 1000;
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
});

/** A lane's history: quiet milliseconds, then so many messages, the last of them refused with a silence of so many seconds. */
const history = fc.array(
  fc.record({
    quiet: fc.integer({ min: 0, max: 20_000 }),
    count: fc.integer({ min: 1, max: 30 }),
    silence: fc.option(fc.integer({ min: 0, max: 20 })),
  }),
  { maxLength: 12 },
);

type Episode = { readonly quiet: number; readonly count: number; readonly silence: number | null };

/** Plays a history through: the send instants, and the state at its end. */
const play = (lane: Lane, episodes: readonly Episode[]) => {
  let state: PaceState = unused;
  const sent: number[] = [];
  for (const { quiet, count, silence } of episodes) {
    const now = new Date((sent.at(-1) ?? start.getTime()) + quiet);
    const { at, nextArrival } = reserve(lane, state, { now, count });
    sent.push(...at.map((instant) => instant.getTime()));
    state = { ...state, nextArrival };
    const last = at.at(-1) ?? now;
    if (silence !== null) {
      const until = new Date(last.getTime() + silence * 1000);
      state = afterSilence(lane, state, { sent: last, until });
    }
  }
  return { sent, state };
};

const fewMessages: Episode[] = [
  { quiet: 0, count: 13, silence: 0 },
  { quiet: 0, count: 14, silence: null },
];

describe('whatever the platform refuses', () => {
  it('a lane never goes faster than was allowed, over any span', () => {
    fc.assert(
      fc.property(pace, history, (lane, episodes) => {
        const { sent } = play(lane, episodes);
        for (const [first, from] of sent.entries()) expectAllowed(lane, from, sent.slice(first));
      }),
      // More was caught up on than a stretch of few messages had left unused.
      { examples: [[{ rate: 0.33334189203832504, burst: 3 }, fewMessages]] },
    );
  });

  it('a lane goes at a half, a quarter, … a sixteenth, and no more slowly', () => {
    fc.assert(
      fc.property(pace, history, (lane, episodes) => {
        const { slow } = play(lane, episodes).state;
        expect([1, 1 / 2, 1 / 4, 1 / 8, leastShare]).toContain(slow?.share ?? 1);
      }),
    );
  });

  it('refusals of one moment are one step, in whatever order they are heard', () => {
    const moment = fc.array(fc.double({ min: -3, max: -0.001, noNaN: true }), { maxLength: 16 });
    fc.assert(
      fc.property(pace, history, moment, (lane, episodes, ago) => {
        const { state, sent } = play(lane, episodes);
        const last = new Date(sent.at(-1) ?? start.getTime());
        const until = new Date(last.getTime() + 3_000);
        const once = afterSilence(lane, state, { sent: last, until });
        const often = ago.reduce<PaceState>((after, seconds) => {
          const earlier = new Date(until.getTime() + seconds * 1000);
          return afterSilence(lane, after, { sent: earlier, until });
        }, once);
        expect(often).toEqual(once);
      }),
    );
  });

  it('a lane is as before 576 seconds, 118 bursts and half a minute after the last silence', () => {
    fc.assert(
      fc.property(pace, history, (lane, episodes) => {
        const { state, sent } = play(lane, episodes);
        const silent = Math.max(sent.at(-1) ?? 0, state.slow?.from.getTime() ?? 0);
        const now = new Date(silent + 606_000 + (118_000 * lane.burst) / lane.rate);
        const request = { now, count: 2 * lane.burst };
        expect(reserve(lane, state, request)).toEqual(reserve(lane, unused, request));
      }),
    );
  });
});
