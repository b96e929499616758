import { describe, expect, it } from 'vitest';
import { cancelledBy } from '../../../core/delivery/cancellation.ts';
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
