import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../core/content/parse.ts';
import { leaderFigures, type Shelf } from '../../../core/leadership/figures.ts';
import { leaderMessage } from '../../../core/leadership/summary-message.ts';
import { sourceLine } from '../../../core/learning/source-line.ts';
import { readContent } from '../../../functions/app/files.ts';
import { close, everyItem, people } from '../results/small-wave.ts';

const catalogue = parseCatalogue(await readContent());
const [prompt] = catalogue.prompts.values();
if (prompt === undefined) throw new Error('the content has no prompt');

/** Unit 4 has three people, its directorate 43. */
const members = [
  ...people(1, 20),
  ...people(2, 20),
  ...people(4, 3),
  ...people(5, 20),
  ...people(3, 40),
];
const { release } = close(members, () => everyItem(3));
const shelf = (releases: Shelf['releases']): Shelf => ({
  catalogue,
  releases,
  learning: { week: '2026-11-16', units: [{ unit: 2, band: '60–69 %' }] },
  nameOf: (unit) => `Unit ${unit}`,
  parentOf: (unit) => (unit === 77 ? 5 : null),
});

describe('the figures of a leader', () => {
  it('are the own ones where they are shown', () => {
    expect(leaderFigures(shelf([release]), { unit: 5, language: 'id' })).toMatchObject({
      standsFor: null,
      concern: { mean: 3 },
      trend: { series: [{ values: [3] }, { values: [3] }] },
    });
  });

  it('are those of the unit above where the own are hidden, with the reason in the message', () => {
    const figures = leaderFigures(shelf([release]), { unit: 4, language: 'id' });
    expect(figures).toMatchObject({
      unitName: 'Unit 4',
      standsFor: { unit: 'Direktorat Layanan', reason: 'small' },
      engaged: '60–69 %',
    });
    const message = JSON.stringify(leaderMessage(catalogue, 'id', { figures, prompt }));
    expect(message).toContain(
      'Tidak ditampilkan: kurang dari 10 orang diundang (unit Anda). Ini angka Direktorat Layanan.',
    );
  });

  it('of a unit younger than the release stand under its parent, which the message says', () => {
    const figures = leaderFigures(shelf([release]), { unit: 77, language: 'id' });
    const own = leaderFigures(shelf([release]), { unit: 5, language: 'id' });
    const parent = release.groups.find(({ unit }) => unit === 5)?.name ?? '';
    expect(figures).toMatchObject({
      unitName: 'Unit 77',
      standsFor: { unit: parent, reason: 'new' },
      concern: own.concern,
      participation: own.participation,
      trend: { series: [{ name: parent }, {}] },
    });
    const message = JSON.stringify(leaderMessage(catalogue, 'id', { figures, prompt }));
    expect(message).toContain(
      `Belum ditampilkan: unit ini belum tercatat saat periode survei dimulai (unit Anda). Ini angka ${parent}.`,
    );
  });

  it('say when a wave published larger groups only', () => {
    const { release: shallow } = close(members, () => everyItem(3), { depth: 'directorates' });
    const { standsFor } = leaderFigures(shelf([shallow]), { unit: 5, language: 'id' });
    expect(standsFor).toEqual({ unit: 'Direktorat Layanan', reason: 'depth' });
  });

  it('are none before the first release', () => {
    expect(leaderFigures(shelf([]), { unit: 5, language: 'en' })).toMatchObject({
      concern: null,
      participation: null,
      trend: { categories: [], series: [] },
    });
  });
});

describe('the message of a leader', () => {
  it.each(['id', 'en'] as const)('names the sources of what it asks for (%s)', (language) => {
    const figures = leaderFigures(shelf([]), { unit: 5, language });
    for (const asked of catalogue.prompts.values()) {
      const { parts } = leaderMessage(catalogue, language, { figures, prompt: asked });
      expect(parts).toContainEqual({
        type: 'context',
        text: sourceLine(catalogue, asked.cites, language),
      });
    }
  });
});
