import { describe, expect, it } from 'vitest';
import {
  afterSilence,
  type PaceState,
  reserve,
  retryMinutes,
  withMargin,
} from '../../../core/delivery/pacing.ts';

const start = new Date('2026-12-07T01:30:00Z');
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const unused: PaceState = { nextArrival: null, slow: null };

type Lane = { readonly rate: number; readonly burst: number };

describe('pace of a lane', () => {
  it('sends the burst at once after a quiet time and the rest at the rate', () => {
    const { at } = reserve({ rate: 2, burst: 3 }, unused, { now: start, count: 5 });
    expect(at.map((instant) => instant.getTime() - start.getTime())).toEqual([0, 0, 0, 500, 1000]);
  });

  it('keeps two of a large burst back, for requests overtake one another on their way', () => {
    expect(withMargin({ rate: 10, burst: 20 })).toEqual({ rate: 10, burst: 18 });
    expect(withMargin({ rate: 1, burst: 1 })).toEqual({ rate: 1, burst: 1 });
  });

  it('waits 1, 2, 4, … and at most 60 minutes before the next try', () => {
    expect([1, 2, 3, 6, 7, 30].map(retryMinutes)).toEqual([1, 2, 4, 32, 60, 60]);
  });
});

/** A lane as the bench has it: a burst goes in two seconds. */
const ten: Lane = { rate: 10, burst: 20 };
const seconds = (from: Date, to: Date | undefined) =>
  ((to ?? from).getTime() - from.getTime()) / 1000;

/** The state after each of these refusals, told in seconds from the start: of a message of then, with a silence until then. */
const refuse = (
  refusals: readonly (readonly [sent: number, until: number])[],
  lane: Lane = ten,
): PaceState =>
  refusals.reduce<PaceState>(
    (state, [sent, until]) =>
      afterSilence(lane, state, { sent: later(sent * 1000), until: later(until * 1000) }),
    unused,
  );

/** The share of the rate at which a state goes at `from`, in seconds from the start. */
const shareAt = (state: PaceState, from: number): number => {
  const request = { now: later(from * 1000), count: 2 };
  const { at } = reserve(ten, { ...state, nextArrival: null }, request);
  return 1 / ten.rate / seconds(at[0] ?? start, at[1]);
};

/** What a slow stretch is: its share, and its length in seconds. */
const stretch = ({ slow }: PaceState) =>
  slow === null ? null : { share: slow.share, lasts: seconds(slow.from, slow.until) };

describe('pace of a lane whose platform refused', () => {
  it('begins after the silence with one message, at half the rate for seven seconds', () => {
    const state = refuse([[0, 30]], { rate: 2, burst: 3 });
    const { at } = reserve({ rate: 2, burst: 3 }, state, { now: start, count: 10 });
    expect(at.map((instant) => seconds(start, instant))).toEqual([
      30, 31, 32, 33, 34, 35, 36, 37, 37.5, 38,
    ]);
  });

  it('goes by half once more for every refusal of what went slowly, down to a sixteenth', () => {
    const cascade: [number, number][] = [0, 1, 2, 3, 4, 5].map((at) => [at, at + 1]);
    const shares = cascade.map((_, index) => stretch(refuse(cascade.slice(0, index + 1)))?.share);
    expect(shares).toEqual([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16, 1 / 16]);
    expect(shareAt(refuse(cascade.slice(0, 2)), 2)).toBeCloseTo(1 / 4);
  });

  it('takes the refusals of all that was under way at once for one', () => {
    const one = refuse([[0, 2]]);
    expect(
      refuse([
        [0, 2],
        [0.1, 2],
        [0.2, 1.5],
        [1.9, 2],
      ]),
    ).toEqual(one);
    expect(
      stretch(
        refuse([
          [0, 2],
          [0.2, 5],
        ]),
      ),
    ).toEqual(stretch(one));
    expect(
      refuse([
        [0, 2],
        [0.2, 5],
      ]).slow?.from,
    ).toEqual(later(5_000));
  });

  it('is slow half as long again each time it tries in vain, for at most 72 seconds at half the rate', () => {
    let state = refuse([[0, 1]]);
    const lasted: (number | undefined)[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      lasted.push(stretch(state)?.lasts);
      const sent = new Date((state.slow?.until ?? start).getTime() + 1_000);
      state = afterSilence(ten, state, { sent, until: new Date(sent.getTime() + 1_000) });
    }
    expect(lasted.slice(0, 3)).toEqual([7, 10.5, 15.75]);
    expect(stretch(state)).toEqual({ share: 1 / 2, lasts: 72 });
  });

  it('comes back to the rate by doubling, each time as long as it takes to spend eight bursts', () => {
    const state = refuse([
      [0, 1],
      [2, 3],
    ]);
    expect(stretch(state)).toEqual({ share: 1 / 4, lasts: 14 });
    expect([3, 16, 18, 48, 50].map((at) => shareAt(state, at).toFixed(2))).toEqual([
      '0.25',
      '0.25',
      '0.50',
      '0.50',
      '1.00',
    ]);
  });

  it('catches up a little faster on what it left unused, once the rate is known to be allowed', () => {
    const state = refuse([[0, 1]]);
    expect([8, 11, 12.1, 17, 18.5].map((at) => shareAt(state, at).toFixed(2))).toEqual([
      '1.00',
      '1.00',
      '1.25',
      '1.25',
      '1.00',
    ]);
  });

  it('refused while it catches up, goes on at the rate; refused there, more slowly than before', () => {
    const state = refuse([
      [0, 1],
      [13, 14],
    ]);
    expect(shareAt(state, 14)).toBeCloseTo(1);
    expect(
      stretch(
        refuse([
          [0, 1],
          [13, 14],
          [15, 16],
        ]),
      ),
    ).toEqual({ share: 1 / 2, lasts: 10.5 });
  });

  it('forgets a slow stretch half a minute after it is back at the rate', () => {
    expect(
      stretch(
        refuse([
          [0, 1],
          [37, 38],
        ]),
      )?.lasts,
    ).toBe(10.5);
    expect(
      stretch(
        refuse([
          [0, 1],
          [39, 40],
        ]),
      )?.lasts,
    ).toBe(7);
  });

  it('has no burst for who was quiet meanwhile', () => {
    const { at } = reserve(ten, refuse([[0, 1]]), { now: later(5_000), count: 3 });
    expect(at.map((instant) => seconds(start, instant))).toEqual([5, 5.2, 5.4]);
  });
});
