import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedPoints } from '../../../core/results/answers.ts';
import { answersOf, cellOf } from '../../../core/results/read.ts';
import { meanInterval } from '../../../core/results/statistics/mean.ts';
import { moments } from '../../../core/results/statistics/moments.ts';
import { noAssumptionRange, shareInterval } from '../../../core/results/statistics/proportion.ts';
import type { Answer } from '../../../core/survey/ballot/ballot.ts';
import { close, item, items, people, spreads } from './small-wave.ts';
import { releasing, type Told } from './statistics/released.ts';
import { within } from './statistics/sampling.ts';

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

describe('the points as they are told', () => {
  it('hide, below twenty respondents, that all or all but one agree', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(19), { minLength: 5, maxLength: 5 }), (counts) => {
        const n = sum(counts);
        fc.pre(n >= 10 && n < 20);
        const told = codedPoints(counts);
        expect(sum(told)).toBe(n);
        for (const count of told) {
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(n - 2);
        }
        const favourable = (told[0] ?? 0) + (told[1] ?? 0);
        expect(favourable).toBeGreaterThanOrEqual(2);
        expect(favourable).toBeLessThanOrEqual(n - 2);
      }),
    );
  });

  it('make a unanimous group look like one in which two people differ', () => {
    expect(codedPoints([0, 0, 0, 0, 12])).toEqual(codedPoints([0, 2, 0, 0, 10]));
    expect(codedPoints([0, 0, 0, 11, 0])).toEqual([0, 2, 0, 8, 1]);
  });

  it('are the counts themselves where nobody is given away, and from twenty on', () => {
    expect(codedPoints([3, 2, 4, 2, 1])).toEqual([3, 2, 4, 2, 1]);
    expect(codedPoints([0, 0, 0, 0, 20])).toEqual([0, 0, 0, 0, 20]);
  });
});

/** Answers to an item from the fewest concerns up: of reversed items the same points are given from the other end. */
const answerOf = (counts: readonly number[], person: number, reverse: boolean): Answer => {
  let left = person;
  const at = counts.findIndex((count) => {
    left -= count;
    return left < 0;
  });
  return ([1, 2, 3, 4, 5] as const)[reverse ? 4 - at : at] ?? 'na';
};

/** All that the release tells of each spread; ten are asked at once, one an item. */
const toldOf = (all: readonly (readonly number[])[], n: number): readonly string[] => {
  const told: string[] = [];
  for (let from = 0; from < all.length; from += items.length) {
    const asked = items.slice(0, all.length - from);
    const { release } = close(
      people(1, 25),
      ({ personId }) =>
        personId - 1_000 < n
          ? Object.fromEntries(
              asked.map(({ id, reverse }, at) => [
                id,
                answerOf(all[from + at] ?? [], personId - 1_000, reverse),
              ]),
            )
          : undefined,
      { depth: 'agency' },
    );
    for (const { id, role, aspect } of asked) {
      const score = role === 'anchor' ? ('concern' as const) : ('condition' as const);
      const { aspect: _, score: __, ...mean } = cellOf(release, 1, { score, aspect });
      const { item: ___, ...points } = answersOf(release, 1, id);
      if (!mean.shown || !points.shown) throw new Error('hidden');
      told.push(JSON.stringify([mean, points]));
    }
  }
  return told;
};

describe('mean, points and share of one group', () => {
  it.each([10, 12, 15, 19])(
    'under twenty never tell together that all or all but one agree (%i answers)',
    (n) => {
      const all = spreads(n);
      const agree = (counts: readonly number[]): boolean => Math.max(...counts) >= n - 1;
      const sided = (counts: readonly number[]): boolean => {
        const favourable = (counts[0] ?? 0) + (counts[1] ?? 0);
        return favourable >= n - 1 || favourable <= 1;
      };
      const behind = new Map<string, (readonly number[])[]>();
      for (const [at, told] of toldOf(all, n).entries()) {
        const known = behind.get(told) ?? [];
        behind.set(told, known);
        known.push(all[at] ?? []);
      }
      expect([...behind.values()].flat()).toHaveLength(all.length);
      const givenAway = [...behind.values()].filter(
        (found) => found.every(agree) || found.every(sided),
      );
      expect(givenAway).toEqual([]);
    },
  );

  it('from twenty on are exact, as documented', () => {
    const { release } = close(people(1, 25), ({ personId }) =>
      personId < 1_020 ? { 'data-anchor': personId === 1_003 ? 1 : 5 } : undefined,
    );
    expect(cellOf(release, 1, { score: 'concern', aspect: 'data' })).toMatchObject({ mean: 4.8 });
    expect(answersOf(release, 1, 'data-anchor')).toMatchObject({ points: [0.05, 0, 0, 0, 0.95] });
  });

  it('are one figure for later waves, too: the basis keeps the mean as told', () => {
    const eleven = close(people(1, 12), ({ personId }) => ({
      'data-anchor': personId === 1_003 ? 1 : 5,
    }));
    const told = cellOf(eleven.release, 1, { score: 'concern', aspect: 'data' });
    const kept = eleven.basis.moments.find(({ aspect }) => aspect === 'data');
    expect(told).toMatchObject({ mean: 4.42 });
    expect(kept?.mean).toBeCloseTo(53 / 12);
  });

  it('of several items, which have a mean alone, tell no spread below twenty', () => {
    const two = [item('data', 'anchor', 'data-1'), item('data', 'anchor', 'data-2')];
    const halves = (one: Answer, other: Answer) =>
      cellOf(
        close(
          people(1, 12),
          ({ personId }) => ({ 'data-1': personId % 2 ? one : other, 'data-2': 3 }),
          { items: two },
        ).release,
        1,
        { score: 'concern', aspect: 'data' },
      );
    expect(halves(1, 5)).toEqual(halves(3, 3));
  });
});

type Interval = { readonly low: number; readonly high: number };

const valuesOf = (counts: readonly number[]): readonly number[] =>
  counts.flatMap((times, at) => Array<number>(times).fill(at + 1));

/** Whether the interval of the share and the range hold those of the answers themselves. */
const holdsShares = (counts: readonly number[], invited: number, told: Told): boolean => {
  const favourable = (counts[0] ?? 0) + (counts[1] ?? 0);
  const sample = { n: sum(counts), invited };
  const share = shareInterval(favourable, sample);
  const range = noAssumptionRange(favourable, sample);
  const { favourable: found } = told;
  return (
    found !== null &&
    within(share.low, found) &&
    within(share.high, found) &&
    within(range.low, found.range) &&
    within(range.high, found.range)
  );
};

describe('intervals of ten to nineteen', () => {
  /** What every set of answers that is told alike would have without coding. */
  const toldAlike = (n: number, invited: number) => {
    const released = releasing(invited);
    const classes = new Map<string, { readonly told: Told; readonly own: Interval[] }>();
    for (const counts of spreads(n)) {
      const key = codedPoints(counts).join();
      const told = released(valuesOf(counts));
      const known = classes.get(key) ?? { told, own: [] };
      classes.set(key, known);
      expect(told).toEqual(known.told);
      known.own.push(meanInterval(moments(valuesOf(counts)), invited));
      expect(holdsShares(counts, invited, told)).toBe(true);
    }
    return [...classes.values()].map(({ told, own }) => ({
      told: told.mean,
      low: Math.max(1, Math.min(...own.map(({ low }) => low))),
      high: Math.min(5, Math.max(...own.map(({ high }) => high))),
    }));
  };

  it.each([
    { n: 10, invited: 13 },
    { n: 12, invited: 24 },
    { n: 19, invited: 190 },
  ])(
    'are those of all answers that coding tells alike, a function of the points as told: $n of $invited',
    ({ n, invited }) => {
      for (const { told, low, high } of toldAlike(n, invited))
        for (const end of [low, high]) expect(within(end, told), JSON.stringify(told)).toBe(true);
    },
  );

  it('are hardly wider than those answers need', () => {
    // Where the squares are raised to 4, as of two who differ, a little; where nearly all are at one point, some more.
    const excess = toldAlike(12, 24)
      .map(({ told, low, high }) => told.high - told.low - (high - low))
      .sort((a, b) => b - a);
    expect(excess[0]).toBeLessThan(0.2);
    expect(excess[Math.floor(excess.length / 50)]).toBeLessThan(0.05);
  });

  it('hold the truth of a unanimous team, and of one in which nobody is favourable', () => {
    const released = releasing(12);
    const unanimous = released(Array<number>(12).fill(5));
    expect(unanimous.mean).toMatchObject({ mean: 4.5, high: 5 });
    expect(unanimous.favourable).toMatchObject({ share: 0.17, low: 0, range: { low: 0 } });
    const sided = released([3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
    expect(sided.mean.mean).toBe(3.83);
    expect(within(4, sided.mean)).toBe(true);
    expect(sided.favourable).toMatchObject({ low: 0, range: { low: 0 } });
  });
});
