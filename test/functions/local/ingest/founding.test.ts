/** The founding text, read by the general rules; its copy is not part of the project. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyLists } from '../../../../core/ingest/blocks/recognise.ts';
import { ideasOf } from '../../../../core/ingest/ideas.ts';
import { sectionsOf } from '../../../../core/ingest/register/sections.ts';
import { root } from '../../../../functions/app/files.ts';
import { planDocument } from '../../../../functions/local/ingest/plan.ts';
import { readDocument } from '../../../../functions/local/ingest/read.ts';

const seed = join(root, '../shared/seed');
const name = existsSync(seed) ? readdirSync(seed).find((file) => file.endsWith('.txt')) : undefined;

describe('the founding text', () => {
  const reading = async () => {
    const document = await readDocument(join(seed, name ?? ''), () => undefined);
    return { document, sections: sectionsOf(document) };
  };

  it.skipIf(name === undefined)('has 25 sections under the headings of the outline', async () => {
    const { document, sections } = await reading();
    expect(document.language).toBe('id');
    expect(sections).toHaveLength(25);
    const heads = sections.map(({ title }) => title.split(' ').slice(0, 2).join(' '));
    expect(heads).toEqual([
      ...['Pembuka', 'Konsep Implementasi', 'Tuntutan Peningkatan', 'Kompleksitas Tugas'],
      ...['Kebutuhan Pengambilan', 'Tantangan Regulasi', 'Tantangan Kualitas', 'Tantangan Sumber'],
      ...['Tantangan Infrastruktur', 'Tantangan Budaya', 'Ringkasan Tantangan'],
      ...['Penyusunan Kebijakan', 'Penguatan Tata', 'Peningkatan Kapasitas'],
      ...['Pengembangan Infrastruktur', 'Manajemen Perubahan', 'Contoh Solusi', 'Aspek Etika'],
      ...['Peran Pimpinan', 'Sinergi AI', 'Apa tantangan', 'Apakah AI', 'Bagaimana langkah'],
      ...['Apakah semua', 'Penutup'],
    ]);
  });

  it.skipIf(name === undefined)('keeps its five-row and its four-row table as tables', async () => {
    const { document } = await reading();
    const tables = document.blocks.filter((block) => block.kind === 'table');
    expect(tables.map(({ header, rows }) => [header.length, rows.length])).toEqual([
      [3, 5],
      [3, 4],
    ]);
  });

  it.skipIf(name === undefined)(
    'tells its four empty lists and drafts nothing from them',
    async () => {
      const { document, sections } = await reading();
      const empty = emptyLists(document.blocks);
      const places = empty.map((block) =>
        sections.findIndex(({ blocks }) => blocks.includes(block)),
      );
      // challenge.infrastructure, solution.policy, solution.culture, ethics
      expect(places.map((place) => place + 1)).toEqual([9, 12, 16, 18]);
      const announced = empty.map(({ text }) => text.split(/(?<=[.!?])\s+/u).at(-1) ?? '');
      for (const { passage } of ideasOf(sections))
        for (const sentence of announced) expect(passage).not.toContain(sentence);
    },
  );

  it.skipIf(name === undefined)(
    'gives leader prompts, items and cases where it has them',
    async () => {
      const { sections } = await reading();
      const count = (use: string) => ideasOf(sections).filter((idea) => idea.use === use).length;
      expect([count('prompt'), count('item'), count('case')]).toEqual([4, 9, 4]);
    },
  );

  it.skipIf(name === undefined)('is, section by section, what the register locks', async () => {
    const { document } = await reading();
    const folder = join(root, 'content');
    const plan = await planDocument(document, {
      folder,
      id: 'pskn',
      told: {},
      allDrafts: false,
      word: null,
    });
    expect(plan.registered.changes).toMatchObject({ changed: [], appeared: [], vanished: [] });
    expect(plan.registered.changes.same).toHaveLength(25);
    expect(plan.changes).toEqual([]);
  });
});
