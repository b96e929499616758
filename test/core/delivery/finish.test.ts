import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aboutTime,
  expectFinish,
  type Finish,
  type Waiting,
} from '../../../core/delivery/finish.ts';

/** The same queue played message by message: at each turn the most important that is due and whose window is open. */
const oneByOne = (waiting: readonly Waiting[], rate: number, now: Date): Finish => {
  const left = waiting.map(({ count }) => count);
  const time = (date: Date): number => date.getTime();
  const end = time(now) + 600_000;
  let finish = time(now);
  for (let at = time(now); at < end; ) {
    const open = waiting
      .map((group, index) => ({ group, index }))
      .filter(
        ({ group, index }) => time(group.due) <= at && at < time(group.expires) && left[index],
      )
      .sort(
        ({ group: a }, { group: b }) =>
          a.priority - b.priority || time(a.due) - time(b.due) || time(a.expires) - time(b.expires),
      );
    const [turn] = open;
    if (turn === undefined) {
      at = Math.min(...waiting.map(({ due }) => time(due)).filter((due) => due > at), end);
      continue;
    }
    left[turn.index] = (left[turn.index] ?? 0) - 1;
    at += 1000 / rate;
    if (turn.group.asked > 0) finish = at;
  }
  const lost = waiting.map(({ asked, count }, index) =>
    Math.ceil((asked * (left[index] ?? 0)) / count),
  );
  const missed = waiting.filter((_, index) => lost[index]).map(({ expires }) => time(expires));
  return {
    at: new Date(finish),
    late: lost.reduce((sum, each) => sum + each, 0),
    missed: missed.length === 0 ? null : new Date(Math.min(...missed)),
  };
};

describe('the expected finish of a lane', () => {
  const now = new Date('2026-10-26T01:00:00Z');
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  const lane = { rate: 10, burst: 20, nextArrival: null };
  const group = (more: Partial<Waiting>): Waiting => ({
    due: now,
    expires: at(480),
    priority: 4,
    count: 600,
    asked: 600,
    ...more,
  });

  it('is what waits divided by the rate, from now or from when it is due', () => {
    expect(expectFinish(lane, [group({})], now)).toEqual({ at: at(1), late: 0, missed: null });
    expect(expectFinish(lane, [group({ due: at(30) })], now).at).toEqual(at(31));
    expect(expectFinish(lane, [], now)).toEqual({ at: now, late: 0, missed: null });
  });

  it('counts what others have before it in the queue, and a lane that was told to wait', () => {
    const others = group({ asked: 0, due: at(-1) });
    expect(expectFinish(lane, [group({}), others], now).at).toEqual(at(2));
    const told = { ...lane, nextArrival: new Date(at(5).getTime() + 1_900) };
    expect(expectFinish(told, [group({})], now).at).toEqual(at(6));
  });

  it('finishes by the more important where two wait for the same minute', () => {
    const pulse = group({ priority: 2, asked: 0 });
    expect(expectFinish(lane, [group({}), pulse], now).at).toEqual(at(2));
    expect(expectFinish(lane, [group({ asked: 0 }), group({ priority: 2 })], now).at).toEqual(
      at(1),
    );
  });

  it('sees more important messages that come due later push a run out of its window', () => {
    const tips = group({ count: 1_200, asked: 1_200, expires: at(3) });
    const pulse = group({ priority: 2, due: at(1), count: 1_200, asked: 0 });
    const told = { at: at(1), late: 600, missed: at(3) };
    expect(expectFinish(lane, [tips, pulse], now)).toEqual(told);
    // Where there is room behind them, the run goes on after them.
    const longer = { ...tips, expires: at(480) };
    expect(expectFinish(lane, [longer, pulse], now)).toEqual({ at: at(4), late: 0, missed: null });
    expect(expectFinish(lane, [longer, { ...pulse, priority: 5 }], now).at).toEqual(at(2));
  });

  it('is that of a sender who takes one message after the other, whatever waits', () => {
    const groups = fc.array(
      fc.record({
        due: fc.integer({ min: -3, max: 12 }).map((each) => new Date(now.getTime() + each * 700)),
        expires: fc
          .integer({ min: 0, max: 20 })
          .map((each) => new Date(now.getTime() + each * 900)),
        priority: fc.integer({ min: 1, max: 3 }),
        count: fc.integer({ min: 1, max: 9 }),
        asked: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(groups, fc.constantFrom(1, 2, 4), (drawn, rate) => {
        const waiting = drawn.map((one) => ({ ...one, asked: Math.min(one.asked, one.count) }));
        const pace = { rate, burst: 1, nextArrival: null };
        expect(expectFinish(pace, waiting, now)).toEqual(oneByOne(waiting, rate, now));
      }),
      { numRuns: 500 },
    );
  });

  it('says how many a window is too short for, and takes no time for them', () => {
    const tight = group({ count: 6_000, asked: 6_000, expires: at(4) });
    const after = group({ due: at(2) });
    expect(expectFinish(lane, [tight, after], now)).toEqual({
      at: at(5),
      late: 3_600,
      missed: at(4),
    });
    const over = group({ expires: at(-1) });
    expect(expectFinish(lane, [over], now)).toEqual({ at: now, late: 600, missed: at(-1) });
  });

  it.each([
    [0, 'about a minute'],
    [14, 'about 14 minutes'],
    [180, 'about 3 hours'],
    [4 * 1440, 'about 4 days'],
  ])('puts %i minutes into words', (minutes, words) => {
    expect(aboutTime(minutes * 60_000)).toBe(words);
  });
});
