import { describe, expect, it } from 'vitest';
import { hrRoutes } from '../../../web/hr/routes.tsx';
import { hrData, site } from './fixtures.ts';
import { open, rowOf, words } from './reading.ts';
import { releases } from './release-fixtures.ts';

describe('an open wave', () => {
  it('shows participation bands and nothing else of it', async () => {
    const document = await open('/hr?tab=partisipasi');
    const cells = [
      ...document.querySelectorAll('section[aria-labelledby="berjalan-isi"] tbody td:last-child'),
    ].map(words);
    expect(cells).toHaveLength(12);
    expect(new Set(cells)).toEqual(
      new Set(['20–29%', 'Tidak ditampilkan: jawaban terlalu sedikit']),
    );
  });
});

describe('the first wave', () => {
  const first = hrData({ releases: async () => [] });

  it('has its participation on the page before any release', async () => {
    const advert = await open('/hr', first);
    const link = advert.querySelector('main .notice a')?.getAttribute('href') ?? '';
    for (const [path, unit] of [
      [link, 'Biro Perencanaan'],
      ['/hr?tab=partisipasi&bahasa=en', 'Biro Perencanaan'],
    ] as const) {
      const document = await open(path, first);
      expect(words(rowOf(document, 'berjalan-isi', unit)?.querySelector('td:last-child'))).toMatch(
        /^20–29/,
      );
      expect(document.querySelector('.empty')).toBeNull();
    }
  });

  it('says before the first daily run when the figures come, in both languages', async () => {
    const wave = await first.openWave();
    if (wave === null) throw new Error('the fixtures hold no open wave');
    const waiting = hrData({
      releases: async () => [],
      openWave: async () => ({ ...wave, asOf: null, participation: [] }),
    });
    const said = async (language: string) =>
      words(
        (await open(`/hr?tab=partisipasi&bahasa=${language}`, waiting)).querySelector('#berjalan')
          ?.parentElement,
      );
    expect(await said('id')).toContain('pukul 07.00 WIB');
    expect(await said('en')).toContain('at 07.00 WIB');
  });

  it('has no tab to show before it opens', async () => {
    const none = hrData({ releases: async () => [], openWave: async () => null });
    const document = await open('/hr?tab=partisipasi', none);
    expect(words(document.querySelector('.empty'))).toContain('Belum ada hasil survei');
  });
});

describe('participation that is not told', () => {
  it('says why: too few invited, or to protect another group', async () => {
    const [release] = releases;
    if (release === undefined) throw new Error('the fixtures hold no release');
    const participation = release.participation.map((one) =>
      one.unit === 7 ? { unit: 7, band: null, hidden: 'protect' as const } : one,
    );
    const data = hrData({ releases: async () => [{ ...release, participation }] });
    const document = await open('/hr?tab=partisipasi', data);
    const reason = (name: string) =>
      words(rowOf(document, 'ditutup-isi', name)?.querySelector('td:last-child'));
    expect(reason('Direktorat Inovasi Layanan')).toContain('kurang dari 10 orang diundang');
    expect(reason('Direktorat Standar Layanan')).toContain('melindungi kelompok lain');
    const file = await hrRoutes(data, site).request('/hr/berkas/partisipasi.csv');
    expect(await file.text()).toContain('melindungi kelompok lain');
  });
});
