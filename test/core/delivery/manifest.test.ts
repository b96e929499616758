import { describe, expect, it } from 'vitest';
import { cancelledBy } from '../../../core/delivery/cancellation.ts';
import { aboutTime, expectFinish, type Waiting } from '../../../core/delivery/finish.ts';
import { foldRuns, type ManifestRow, toldByPerson } from '../../../core/delivery/manifest.ts';

const row = (state: ManifestRow['state'], count: number, audience: number): ManifestRow => ({
  stream: 'lesson',
  slot: '2026-10-26',
  state,
  reason: null,
  count,
  audience,
});

describe('folding a manifest', () => {
  it('keeps runs apart and in order', () => {
    const other = { ...row('sent', 3, 3), stream: 'leader' };
    const runs = foldRuns([row('sent', 2, 4), row('retry', 2, 4), other]);
    expect(
      runs.map(({ stream, audience, lines }) => [stream, audience, lines.pending.count]),
    ).toEqual([
      ['lesson', 4, 2],
      ['leader', 3, 0],
    ]);
  });

  it('refuses to tell a run whose lines do not add up, or a state it does not know', () => {
    expect(() => foldRuns([row('sent', 2, 3)])).toThrow('has 2 people of 3');
    expect(() => foldRuns([row('lost' as 'sent', 2, 2)])).toThrow('"lost"');
  });

  it('tells no survey person by person', () => {
    expect(['lesson', 'leader', 'recall/l07', 'pulse', 'pulse-reminder'].map(toldByPerson)).toEqual(
      [true, true, true, false, false],
    );
  });
});

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

describe('a cancellation', () => {
  const run = { stream: 'correction', slot: '2026-10-26' };
  const message = { ...run, item: 'l07@abc', personId: 3 };

  it('covers a run, an item under its own or its catalogue name, a person, and nothing else', () => {
    const cases: readonly (readonly [string | null, number | null, boolean])[] = [
      [null, null, true],
      ['l07', null, true],
      ['l07@abc', 3, true],
      ['l08', null, false],
      [null, 4, false],
    ];
    for (const [item, personId, covers] of cases)
      expect(cancelledBy([{ ...run, item, personId }])(message)).toBe(covers);
    expect(cancelledBy([{ ...run, slot: '2026-10-27', item: null, personId: null }])(message)).toBe(
      false,
    );
    expect(cancelledBy([])(message)).toBe(false);
  });
});
