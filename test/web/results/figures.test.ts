import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownCell } from '../../../core/results/read.ts';
import { changeBetween, highestAspects, inTreeOrder } from '../../../web/results/figures.ts';
import { groups, releases } from '../fixtures.ts';

const cell = (low: number, high: number): ShownCell => ({
  unit: 1,
  score: 'concern',
  aspect: 'all',
  shown: true,
  mean: (low + high) / 2,
  low,
  high,
  band: '20–49',
});

describe('units in tree order', () => {
  it('stand under their parent however the release lists them', () => {
    void fc.assert(
      fc.property(fc.shuffledSubarray([...groups], { minLength: groups.length }), (shuffled) => {
        const order = inTreeOrder(shuffled);
        expect(order).toHaveLength(groups.length);
        const open: number[] = [];
        for (const group of order) {
          while (open.length > group.depth) open.pop();
          expect(open.at(-1) ?? null).toBe(group.parent);
          open.push(group.unit);
        }
      }),
    );
  });
});

describe('a change between two waves', () => {
  it('is unclear when the interval of the difference holds zero', () => {
    expect(changeBetween(cell(2.8, 3.2), cell(2.6, 3))).toEqual({ kind: 'unclear' });
  });

  it('has a direction only when its whole interval lies on one side of zero', () => {
    expect(changeBetween(cell(3.4, 3.6), cell(2.8, 3))).toMatchObject({ kind: 'down' });
    const interval = fc
      .tuple(
        fc.double({ min: 1, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
      )
      .map(([low, width]) => cell(low, low + width));
    void fc.assert(
      fc.property(interval, interval, (before, after) => {
        const change = changeBetween(before, after);
        if (change.kind === 'unclear') return;
        expect(Math.sign(change.low)).toBe(Math.sign(change.high));
        expect(change.kind).toBe(after.mean > before.mean ? 'up' : 'down');
      }),
    );
  });
});

describe('the highest aspects', () => {
  it('name every aspect whose interval reaches the top one, and no other', () => {
    const [release] = releases;
    if (release === undefined) throw new Error('the fixtures hold no release');
    expect(highestAspects(release, 1, 'concern')).toEqual(['regulation', 'data']);
  });

  it('name none where nothing is shown', () => {
    const [release] = releases;
    if (release === undefined) throw new Error('the fixtures hold no release');
    expect(highestAspects(release, 6, 'concern')).toEqual([]);
  });
});
