import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../core/content/parse.ts';
import { languages } from '../../../core/language.ts';
import { readRelease } from '../../../core/results/old-release.ts';
import {
  cellOf,
  hiddenWords,
  nearestShown,
  participationIn,
  trend,
  trendGroup,
} from '../../../core/results/read.ts';
import type { Cell, Group, HiddenReason, Release } from '../../../core/results/release.ts';
import { readContent } from '../../../functions/app/files.ts';
import { textsIn } from '../../../web/texts.ts';

const measure = { score: 'concern', aspect: 'all' } as const;
const group = (
  unit: number,
  parent: number | null,
  told: Pick<Group, 'name' | 'levelLabel' | 'depth'>,
): Group => ({ unit, parent, kind: 'unit', ...told });
const groups: readonly Group[] = [
  group(1, null, { name: 'Kementerian Contoh', levelLabel: 'Kementerian', depth: 0 }),
  group(2, 1, { name: 'Direktorat', levelLabel: 'Direktorat', depth: 1 }),
  group(3, 2, { name: 'Tim', levelLabel: 'Tim kerja', depth: 2 }),
];
const shown = (unit: number, mean: number, band: string): Cell => ({
  unit,
  ...measure,
  shown: true,
  mean,
  low: mean - 0.5,
  high: mean + 0.5,
  band,
});
const hidden = (unit: number, reason: HiddenReason): Cell => ({
  unit,
  ...measure,
  shown: false,
  hidden: reason,
});
const release = (wave: string, cells: readonly Cell[], lines: Release['lines'] = []): Release => ({
  ...readRelease({
    wave,
    closedOn: '2026-11-20',
    items: [],
    groups,
    cells,
    participation: [],
    audit: { cells: cells.length, hiddenFew: 0, hiddenProtect: 0, attacksTried: 1, unreadable: 0 },
  }),
  version: 2,
  items: [{ id: 'data-anchor', score: 'concern', aspect: 'data' }],
  lines,
});
const first = release('w1', [shown(1, 3, '100–199'), hidden(2, 'protect'), hidden(3, 'few')]);
const second = release('w2', [
  shown(1, 2.8, '100–199'),
  shown(2, 3.1, '20–49'),
  shown(3, 3.3, '6–9'),
]);

/** The tree of today: since the release a subdirectorate has come below the directorate, and a team below that. */
const today = (unit: number): number | null =>
  new Map([...groups.map((one) => [one.unit, one.parent] as const), [4, 2], [5, 4]]).get(unit) ??
  null;

describe('reading a release', () => {
  it('finds a cell, and says "few" for a unit the wave did not know', () => {
    expect(cellOf(second, 2, measure)).toEqual(shown(2, 3.1, '20–49'));
    expect(cellOf(second, 99, measure)).toEqual(hidden(99, 'few'));
  });

  it('gives the leader of a hidden unit the nearest shown unit above, with the reason', () => {
    expect(nearestShown(first, 3, today)).toEqual({
      group: groups[0],
      cell: shown(1, 3, '100–199'),
      hidden: 'few',
    });
    expect(nearestShown(first, 2, today)?.hidden).toBe('protect');
    expect(nearestShown(second, 3, today)).toMatchObject({ group: groups[2], hidden: null });
  });

  it('gives a unit younger than the release the figure of its parent in the tree of today', () => {
    expect(nearestShown(second, 4, today)).toMatchObject({ group: groups[1], hidden: 'new' });
    expect(nearestShown(second, 5, today)).toMatchObject({ group: groups[1], hidden: 'new' });
    expect(nearestShown(first, 5, today)).toMatchObject({ group: groups[0], hidden: 'new' });
    expect(nearestShown(second, 6, (unit) => (unit === 6 ? 7 : 6))).toBeNull();
  });

  it('gives nothing where everything above is hidden, or the unit is unknown', () => {
    expect(nearestShown(release('w0', [hidden(1, 'few')]), 3, today)).toBeNull();
    expect(nearestShown(second, 99, today)).toBeNull();
  });
});

describe('participation read from a release', () => {
  it('is not told of a group below its depth, even where an old release kept a band', () => {
    const kept: Release = {
      ...second,
      depth: 'directorates',
      participation: [2, 3].map((unit) => ({ unit, band: '50–59 %' })),
    };
    expect(participationIn(kept, 2)).toEqual({ unit: 2, band: '50–59 %' });
    expect(participationIn(kept, 3)).toEqual({ unit: 3, band: null, hidden: 'depth' });
  });
});

describe('a trend', () => {
  it('leaves gaps where a figure is hidden, and shows a small group its newest figure', () => {
    const means = (unit: number) =>
      trend([first, second], unit, measure).map(({ cell }) => cell?.mean ?? null);
    expect(means(1)).toEqual([3, 2.8]);
    expect(means(2)).toEqual([null, 3.1]);
    expect(means(3)).toEqual([null, 3.3]);
  });

  it('joins small groups only with waves the later release names', () => {
    const cells = [shown(1, 3, '50–99'), shown(3, 3.1, '6–9')];
    const gaps = (lines: Release['lines']) =>
      trend([release('w1', cells), release('w2', cells, lines)], 3, measure).map(({ gap }) => gap);
    expect(gaps([{ unit: 3, waves: ['w1'] }])).toEqual([null, null]);
    expect(gaps([{ unit: 3, waves: ['w0'] }])).toEqual(['apart', null]);
  });

  it('joins a group that was small in either of the two waves only as a small one', () => {
    const gaps = (...bands: readonly [string, string]) =>
      trend(
        bands.map((band, at) => release(`w${at + 1}`, [shown(3, 3, band)])),
        3,
        measure,
      ).map(({ gap }) => gap);
    expect(gaps('20–49', '10–19')).toEqual(['apart', null]);
    expect(gaps('6–9', '20–49')).toEqual(['apart', null]);
    expect(gaps('20–49', '20–49')).toEqual([null, null]);
  });

  it('is found one level up for a group whose two waves may not be joined', () => {
    const cells = [shown(1, 3, '50–99'), shown(2, 3, '20–49'), shown(3, 3.1, '6–9')];
    const releases = [release('w1', cells), release('w2', cells)];
    expect(trendGroup(releases, 3, measure)?.unit).toBe(2);
    expect(trendGroup([first], 3, measure)?.unit).toBe(1);
    expect(trendGroup([], 3, measure)).toBeNull();
  });
});

describe('the words for a hidden figure', () => {
  it('are the decided ones everywhere', async () => {
    const catalogue = parseCatalogue(await readContent());
    expect(hiddenWords(catalogue, 'few', 'id')).toBe('Tidak ditampilkan: jawaban terlalu sedikit');
    expect(hiddenWords(catalogue, 'protect', 'id')).toBe(
      'Tidak ditampilkan untuk melindungi kelompok lain',
    );
    for (const language of languages)
      for (const reason of ['few', 'protect', 'depth', 'new'] as const)
        expect(textsIn(language)(`hidden.${reason}`)).toBe(
          hiddenWords(catalogue, reason, language),
        );
  });
});
