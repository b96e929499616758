import { describe, expect, it } from 'vitest';
import type { HiddenReason } from '../../../core/results/release.ts';
import { hrData } from '../hr/fixtures.ts';
import { open, words } from '../hr/reading.ts';

/** What the page says of a week of tips that is not told, with the reason that its release kept. */
const said = async (hidden?: HiddenReason): Promise<string> => {
  const [agency] = (await hrData().releases()).at(-1)?.groups ?? [];
  const unit = { unit: agency?.unit ?? 0, band: null, ...(hidden === undefined ? {} : { hidden }) };
  const document = await open(
    '/hr',
    hrData({ adoption: async () => ({ week: '2026-12-07', units: [unit] }) }),
  );
  return words(document.querySelector('dl.figures'));
};

describe('a week of tips that is not told', () => {
  it('is said to be hidden for the reason that its release kept', async () => {
    expect(await said('protect')).toContain('Tidak ditampilkan untuk melindungi kelompok lain');
    for (const reason of ['small', 'few'] as const)
      expect(await said(reason)).toContain(
        'Tidak ditampilkan: kiat sampai kepada kurang dari 10 orang',
      );
  });

  it('of an earlier version, which kept none, is read as it was', async () => {
    expect(await said()).toContain('Tidak ditampilkan: jawaban terlalu sedikit');
  });
});
