import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Release } from '../../../core/results/release.ts';
import { hrRoutes } from '../../../web/hr/routes.tsx';
import { hrData, site } from './fixtures.ts';
import { open, rowOf, words } from './reading.ts';
import { releases } from './release-fixtures.ts';

describe('the heat map', () => {
  it('prints mean, interval and n band in every shown cell', async () => {
    const row = rowOf(await open('/hr?tab=peta-panas'), 'peta-panas-isi', 'Biro Perencanaan');
    const cells = [...(row?.querySelectorAll('td') ?? [])].map(words);
    expect(cells).toHaveLength(6);
    for (const cell of cells) expect(cell).toMatch(/^\d,\d \d,\d–\d,\d n\s20–49$/);
  });

  it('shows no digit of a hidden unit, only why it is hidden', async () => {
    for (const skor of ['kekhawatiran', 'hambatan']) {
      const document = await open(`/hr?tab=peta-panas&skor=${skor}`);
      const few = rowOf(document, 'peta-panas-isi', 'Direktorat Inovasi Layanan');
      const protect = rowOf(document, 'peta-panas-isi', 'Direktorat Standar Layanan');
      expect([...(few?.querySelectorAll('td') ?? [])].map(words)).toEqual([
        'Tidak ditampilkan: jawaban terlalu sedikit',
      ]);
      expect([...(protect?.querySelectorAll('td') ?? [])].map(words)).toEqual([
        'Tidak ditampilkan untuk melindungi kelompok lain',
      ]);
    }
  });

  it('gives the same numbers as a plain table', async () => {
    const path = '/hr?tab=peta-panas&skor=hambatan&bahasa=en';
    const mapped = [
      ...(await open(path)).querySelectorAll(
        'section[aria-labelledby="peta-panas-isi"] .heat-cell b',
      ),
    ].map(words);
    const document = await open(`${path}&tampilan=tabel`);
    const listed = [
      ...document.querySelectorAll('section[aria-labelledby="peta-panas-tabel"] tbody tr'),
    ]
      .map((row) => [...row.querySelectorAll('td')])
      .filter((cells) => cells.every((cell) => cell.className !== 'hatched'))
      .map((cells) => Number(words(cells[2])));
    expect(listed).toHaveLength(13 * 6);
    expect(mapped).toHaveLength(listed.length);
    // The map tells tenths, the table hundredths.
    for (const [at, mean] of listed.entries())
      expect(Math.abs(Number(mapped[at]) - mean)).toBeLessThan(0.0501);
  });

  it('sets grade bands apart from units, and says whose they are', async () => {
    const document = await open('/hr?tab=peta-panas');
    const [units, grades] = [
      ...document.querySelectorAll('section[aria-labelledby="peta-panas-isi"] tbody'),
    ].map((body) => [...body.querySelectorAll('th')].map(words));
    expect(units).toHaveLength(12);
    expect(grades).toEqual([
      'Menurut jenjang jabatan',
      'Ahli madya',
      'Ahli muda',
      'Direktorat Jenderal Layanan Publik · Ahli muda',
    ]);
  });

  it('selects the groups below a unit, and adds nothing', async () => {
    const document = await open('/hr?tab=peta-panas&unit=5');
    const names = [
      ...document.querySelectorAll('section[aria-labelledby="peta-panas-isi"] tbody th[scope=row]'),
    ].map(words);
    expect(names).toEqual([
      'Direktorat Jenderal Layanan Publik',
      'Direktorat Inovasi Layanan',
      'Direktorat Standar Layanan',
      'Direktorat Pengaduan dan Umpan Balik',
      'Direktorat Jenderal Layanan Publik · Ahli muda',
    ]);
  });

  it('leaves the units out of a wave that publishes directorates, and says so', async () => {
    const [, , last] = releases;
    if (last === undefined) throw new Error('the fixtures hold no third wave');
    const shallow: Release = { ...last, depth: 'directorates' };
    const document = await open('/hr?tab=peta-panas', hrData({ releases: async () => [shallow] }));
    expect(rowOf(document, 'peta-panas-isi', 'Biro Perencanaan')).toBeUndefined();
    expect(words(document.querySelector('main'))).toContain('unit tepat di bawahnya');
  });

  it('says that maps of conditions are not to be compared', async () => {
    const said = async (skor: string) =>
      words((await open(`/hr?tab=peta-panas&skor=${skor}`)).querySelector('main'));
    expect(await said('hambatan')).toContain('tidak dapat dibandingkan dengan peta periode lain');
    expect(await said('kekhawatiran')).not.toContain('tidak dapat dibandingkan');
  });

  it('shows the wave that the address names', async () => {
    const document = await open('/hr?tab=peta-panas&periode=gelombang-1');
    expect(words(document.querySelector('#peta-panas-isi'))).toContain('13 Nov 2026');
    const row = rowOf(document, 'peta-panas-isi', 'Direktorat Pengaduan dan Umpan Balik');
    expect(words(row?.querySelector('td'))).toContain('melindungi kelompok lain');
  });
});

describe('the summary', () => {
  it('tells the change the release found and ranks no aspects that are on a par', async () => {
    const document = await open('/hr');
    expect([...document.querySelectorAll('.figure-since')].map(words)).toEqual([
      'Turun 0,24 sejak 13 Nov 2026',
      'Butirnya berganti tiap periode, jadi tidak dibandingkan',
    ]);
    expect(words(document.querySelector('.meaning'))).toBe(
      'Kekhawatiran turun sejak periode sebelumnya; kekhawatiran tertinggi, dan setara, pada Regulasi dan Data.',
    );
  });

  it('names no direction where the release found none, and what would have shown', async () => {
    const [, before, last] = releases;
    if (before === undefined || last === undefined) throw new Error('the fixtures hold no waves');
    const changes = last.changes.map((change) => ({ ...change, verdict: 'unclear' as const }));
    const document = await open(
      '/hr',
      hrData({ releases: async () => [before, { ...last, changes }] }),
    );
    expect(words(document.querySelector('.figure-since'))).toBe(
      'Belum terlihat perubahan yang jelas sejak 13 Nov 2026; perubahan sebesar 0,19 ke atas biasanya akan terlihat',
    );
    expect(words(document.querySelector('.meaning'))).not.toMatch(/naik|turun/i);
  });

  it('names the first wave as such and says what comes before it', async () => {
    const [first] = releases;
    if (first === undefined) throw new Error('the fixtures hold no release');
    const document = await open('/hr', hrData({ releases: async () => [first] }));
    expect(words(document.querySelector('.figure-since'))).toBe('Periode survei pertama');
    const none = await open('/hr', hrData({ releases: async () => [] }));
    expect(words(none.querySelector('.empty'))).toContain('ditutup pada 15 Jan 2027');
  });
});

describe('the frame', () => {
  it('keeps page and state when the language changes, and remembers the language', async () => {
    const app = hrRoutes(hrData(), site);
    const path = '/hr?tab=tren&unit=8';
    const { document } = parseHTML(await (await app.request(path)).text());
    const english = document.querySelector('.choice a[hreflang="en"]')?.getAttribute('href');
    expect(english).toBe('/hr?tab=tren&unit=8&bahasa=en');
    const changed = await app.request(english ?? '');
    expect(changed.headers.get('set-cookie')).toContain('bahasa=en');
    expect(parseHTML(await changed.text()).document.documentElement.lang).toBe('en');
    const later = await app.request('/hr', { headers: { cookie: 'bahasa=en' } });
    expect(parseHTML(await later.text()).document.documentElement.lang).toBe('en');
  });

  it('remembers the theme and takes it out of the address', async () => {
    const app = hrRoutes(hrData(), site);
    const response = await app.request('/hr?tab=tren&tema=dark');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/hr?tab=tren');
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await app.request('/hr', { headers: { cookie } })).text();
    expect(parseHTML(page).document.documentElement.dataset['theme']).toBe('dark');
  });

  it('writes a hostile unit name as text', async () => {
    const [first] = releases;
    if (first === undefined) throw new Error('the fixtures hold no release');
    const groups = first.groups.map((group) => ({ ...group, name: '<script>alert(1)</script>' }));
    const hostile = hrData({ releases: async () => [{ ...first, groups }] });
    for (const tab of [
      'ringkasan',
      'peta-panas',
      'tren',
      'sebaran',
      'partisipasi',
      'komentar',
      'ekspor',
    ]) {
      const document = await open(`/hr?tab=${tab}`, hostile);
      expect(document.querySelectorAll('script')).toHaveLength(0);
    }
  });
});
