import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Release } from '../../core/results/release.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { hrData, releases, site } from './fixtures.ts';

const open = async (path: string, data = hrData()) => {
  const response = await hrRoutes(data, site).request(path);
  expect(response.status).toBe(200);
  return parseHTML(await response.text()).document;
};

type Document = Awaited<ReturnType<typeof open>>;

const words = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const rowOf = (document: Document, table: string, name: string) =>
  [...document.querySelectorAll(`section[aria-labelledby="${table}"] tbody tr`)].find(
    (row) => words(row.querySelector('th')) === name,
  );

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
    const document = await open('/hr?tab=peta-panas&skor=hambatan&bahasa=en');
    const mapped = [
      ...document.querySelectorAll('section[aria-labelledby="peta-panas-isi"] .heat-cell b'),
    ].map(words);
    const listed = [
      ...document.querySelectorAll('section[aria-labelledby="peta-panas-tabel"] tbody tr'),
    ]
      .map((row) => [...row.querySelectorAll('td')].map(words))
      .filter((cells) => cells.length === 4)
      .map((cells) => cells[1]);
    expect(mapped).toHaveLength(60);
    expect(listed).toEqual(mapped);
  });

  it('shows the wave that the address names', async () => {
    const document = await open('/hr?tab=peta-panas&periode=gelombang-1');
    expect(words(document.querySelector('#peta-panas-isi'))).toContain('13 Nov 2026');
    const row = rowOf(document, 'peta-panas-isi', 'Direktorat Pengaduan dan Umpan Balik');
    expect(words(row?.querySelector('td'))).toContain('melindungi kelompok lain');
  });
});

describe('the summary', () => {
  it('tells a clear change with its interval and ranks no aspects that are on a par', async () => {
    const document = await open('/hr');
    expect(words(document.querySelector('.figure-since'))).toMatch(
      /^Turun 0,24 \(0,08–0,40\) sejak 13 Nov 2026$/,
    );
    expect(words(document.querySelector('.meaning'))).toBe(
      'Kekhawatiran turun sejak periode lalu; kekhawatiran tertinggi, dan setara, pada Regulasi dan Data.',
    );
  });

  it('says so when no clear change is visible, and names no direction', async () => {
    const [, , last] = releases;
    if (last === undefined) throw new Error('the fixtures hold no third wave');
    const before: Release = { ...last, wave: 'sebelumnya', closedOn: '2026-11-20' };
    const document = await open('/hr', hrData({ releases: async () => [before, last] }));
    expect(words(document.querySelector('.figure-since'))).toBe(
      'Belum terlihat perubahan yang jelas',
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
    for (const tab of ['ringkasan', 'peta-panas', 'tren', 'partisipasi']) {
      const document = await open(`/hr?tab=${tab}`, hostile);
      expect(document.querySelectorAll('script')).toHaveLength(0);
    }
  });
});
