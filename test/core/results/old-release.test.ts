import { describe, expect, it } from 'vitest';
import { readRelease } from '../../../core/results/old-release.ts';
import { cellOf, trend, trendGroup } from '../../../core/results/read.ts';
import { close, everyItem, people } from './small-wave.ts';

const measure = { score: 'concern', aspect: 'all' } as const;
const cell = (unit: number, band: string) => ({
  unit,
  ...measure,
  shown: true,
  mean: 3,
  low: 2.8,
  high: 3.2,
  band,
});

/** As the first version stored it. */
const stored = {
  wave: 'w0',
  closedOn: '2026-10-16',
  items: ['data-anchor', 'data-condition'],
  groups: [
    { unit: 1, parent: null, name: 'Kementerian Contoh', levelLabel: 'Kementerian', depth: 0 },
    { unit: 2, parent: 1, name: 'Direktorat Layanan', levelLabel: 'Direktorat', depth: 1 },
  ],
  cells: [cell(1, '50–99'), cell(2, '10–19')],
  participation: [
    { unit: 1, band: '60–69 %' },
    { unit: 2, band: null },
  ],
  audit: { cells: 2, hiddenFew: 0, hiddenProtect: 0, attacksTried: 1, unreadable: 0 },
};

describe('a release of the first version', () => {
  const old = readRelease(JSON.parse(JSON.stringify(stored)));

  it('is read with every figure it had, and nothing it did not know', () => {
    expect(old.version).toBe(1);
    expect(cellOf(old, 2, measure)).toMatchObject({ shown: true, mean: 3 });
    expect([old.answers, old.changes, old.lines]).toEqual([[], [], []]);
    expect(old.audit).toMatchObject({ attacksTried: 1, undecided: null, accomplice: null });
    expect(old.groups.every(({ kind }) => kind === 'unit')).toBe(true);
    expect(old.participation).toEqual([
      { unit: 1, band: '60–69 %' },
      { unit: 2, band: null, hidden: 'small' },
    ]);
  });

  it('is joined with a later one where the group is large, not where it is small', () => {
    const { release } = close([...people(1, 20), ...people(2, 12), ...people(3, 40)], () =>
      everyItem(3),
    );
    const gaps = (unit: number) => trend([old, release], unit, measure).map(({ gap }) => gap);
    expect(gaps(1)).toEqual([null, null]);
    expect(gaps(2)).toEqual(['apart', null]);
    expect(trendGroup([old, release], 2, measure)?.unit).toBe(1);
  });

  it('of the second version has small groups where it said that few had answered', () => {
    const { release } = close([...people(1, 20), ...people(4, 8)], () => everyItem(3));
    const before = release.participation.map(({ unit, band }) =>
      band === null ? { unit, band, hidden: 'few' } : { unit, band },
    );
    expect(readRelease({ ...release, participation: before }).participation).toEqual(
      release.participation,
    );
  });

  it('of the second version has small groups, too, where it gave no reason', () => {
    const { release } = close([...people(1, 20), ...people(4, 8)], () => everyItem(3));
    const before = release.participation.map(({ unit, band }) => ({ unit, band }));
    expect(release.participation).toContainEqual({ unit: 4, band: null, hidden: 'small' });
    expect(readRelease({ ...release, participation: before }).participation).toEqual(
      release.participation,
    );
  });

  it('of today is read as it is', () => {
    const { release } = close(people(1, 20), () => everyItem(3));
    expect(readRelease(JSON.parse(JSON.stringify(release)))).toEqual(release);
  });
});
