import { describe, expect, it } from 'vitest';
import { readRelease } from '../../core/results/old-release.ts';
import { fileKinds } from '../../web/hr/files/files.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { hrData, site } from './hr/fixtures.ts';
import { open, words } from './hr/reading.ts';
import { releases } from './hr/release-fixtures.ts';
import { unzip } from './unzip.ts';

const app = hrRoutes(hrData(), site);
const get = async (path: string) => {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return {
    type: response.headers.get('content-type'),
    name: response.headers.get('content-disposition'),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
};
/** Decoded by hand, since a response's text() drops the byte order mark. */
const text = async (path: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode((await get(path)).bytes);
const few = 'Tidak ditampilkan: jawaban terlalu sedikit';

describe('a file for spreadsheets', () => {
  it('opens with Indonesian settings: byte order mark, semicolons, decimal commas', async () => {
    const csv = await text('/hr/berkas/peta-panas.id.csv?bahasa=id');
    expect(csv.startsWith('\uFEFFUnit kerja;Tingkat;Aspek;Rata-rata;')).toBe(true);
    expect(csv).toMatch(/^Biro Perencanaan;Direktorat;Data;\d,\d\d;\d,\d\d;\d,\d\d;20–49\r$/m);
  });

  it('is plain for machines: commas, decimal points, no mark', async () => {
    const csv = await text('/hr/berkas/peta-panas.csv?bahasa=en');
    expect(csv).toMatch(/^Biro Perencanaan,Direktorat,Data,\d\.\d\d,\d\.\d\d,\d\.\d\d,20–49\r$/m);
    expect(csv.charCodeAt(0)).not.toBe(0xfeff);
  });

  it('says why a figure is hidden in every column that would hold it', async () => {
    const csv = await text('/hr/berkas/peta-panas.csv?bahasa=id');
    const line = csv.split('\r\n').find((row) => row.startsWith('Direktorat Inovasi Layanan'));
    expect(line).toBe(
      `Direktorat Inovasi Layanan,Direktorat,Semua aspek,${`${few},`.repeat(4)}`.slice(0, -1),
    );
  });

  it('holds the chosen view and what a reader must know beside it', async () => {
    const csv = await text(
      '/hr/berkas/peta-panas.csv?bahasa=id&unit=5&skor=hambatan&periode=gelombang-1',
    );
    expect(csv).not.toContain('Biro Perencanaan');
    expect(csv).toContain('Hambatan kondisi menurut unit kerja dan aspek');
    expect(csv).toContain('13 Nov 2026');
    expect(csv).toContain('5 responden selain pembaca');
    const { name } = await get('/hr/berkas/peta-panas.csv?skor=hambatan&periode=gelombang-1');
    expect(name).toBe('attachment; filename="langkah-peta-panas-hambatan-2026-11-13.csv"');
  });

  it('is named by what it holds, group and period, so that two lie in one folder', async () => {
    const name = async (path: string) => /"langkah-(.*)"/.exec((await get(path)).name ?? '')?.[1];
    expect(await name('/hr/berkas/sebaran.csv?unit=4&periode=gelombang-1&skor=hambatan')).toBe(
      'sebaran-biro-perencanaan-2026-11-13.csv',
    );
    const trend = await name('/hr/berkas/tren.csv?unit=4&periode=gelombang-1&skor=hambatan');
    expect(trend).toBe(`tren-biro-perencanaan-${releases.at(-1)?.closedOn}.csv`);
    expect(await name('/hr/berkas/partisipasi.csv?skor=hambatan&periode=gelombang-1')).toBe(
      'partisipasi-2026-11-13.csv',
    );
  });

  it('of a period that there is not is none, rather than one of another period', async () => {
    for (const path of ['rilis.json', 'peta-panas.csv', 'partisipasi.xlsx'])
      expect((await app.request(`/hr/berkas/${path}?periode=w99`)).status, path).toBe(404);
  });

  it('of a trend holds the group on the page, and says why it is not the chosen one', async () => {
    const page = await open('/hr?tab=tren&unit=6&bahasa=id');
    const above = words(page.querySelector('#tren-kelompok'));
    expect(above).toBe('Direktorat Jenderal Layanan Publik');
    const notices = [...page.querySelectorAll('.notice')].map(words);
    const notice = notices.find((one) => one.startsWith('Tren Direktorat Inovasi Layanan'));
    for (const kind of ['csv', 'id.csv']) {
      const csv = await text(`/hr/berkas/tren.${kind}?unit=6&bahasa=id`);
      expect(csv).toContain(`Kekhawatiran terhadap perubahan, ${above}`);
      expect(csv).toContain(notice ?? 'no notice');
      expect(csv).not.toContain(few);
      const figures = (of: string) => of.split('\r\n\r\n')[0];
      const same = await text(`/hr/berkas/tren.${kind}?unit=5&bahasa=id`);
      expect(figures(csv)).toBe(figures(same));
    }
    const { bytes } = await get('/hr/berkas/tren.xlsx?unit=6&bahasa=id');
    expect([...unzip(bytes).values()].join()).toContain('Yang tampil adalah Direktorat Jenderal');
  });

  it('makes a name that looks like a formula inert', async () => {
    const [first] = releases;
    if (first === undefined) throw new Error('the fixtures hold no release');
    const groups = first.groups.map((group) => ({ ...group, name: '=HYPERLINK("x")' }));
    const hostile = hrRoutes(hrData({ releases: async () => [{ ...first, groups }] }), site);
    const csv = await (await hostile.request('/hr/berkas/peta-panas.csv')).text();
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv).not.toMatch(/(^|,)"?=/m);
  });

  it('is a workbook with numbers, a frozen head and a sheet of notes', async () => {
    const { bytes, type } = await get('/hr/berkas/sebaran.xlsx?unit=4&bahasa=id');
    expect(type).toContain('spreadsheetml');
    const parts = unzip(bytes);
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('ySplit="1"');
    expect(sheet).toMatch(/<c r="B2"[^>]*><v>37<\/v>/);
    expect(parts.get('xl/workbook.xml')).toMatch(/name="Angka".*name="Catatan"/);
  });
});

describe('a picture', () => {
  it.each(['peta-panas', 'tren'])('of %s is a PNG of useful size', async (view) => {
    const { bytes, type } = await get(`/hr/berkas/${view}.png?unit=4&bahasa=id`);
    expect(type).toBe('image/png');
    expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    const header = Buffer.from(bytes);
    expect(header.readUInt32BE(16)).toBeGreaterThan(1_000);
    expect(header.readUInt32BE(20)).toBeGreaterThan(400);
  });
});

describe('the release for programs', () => {
  it('is the one that was published, and the newest unless another is asked for', async () => {
    const asked = JSON.parse(await text('/hr/berkas/rilis.json?periode=gelombang-1'));
    expect(readRelease(asked)).toEqual(releases[1]);
    expect(JSON.parse(await text('/hr/berkas/rilis.json'))).toEqual(releases[2]);
    expect(JSON.parse(await text('/hr/berkas/rilis.json?periode=semua'))).toEqual(releases);
  });
});

describe('every file', () => {
  it('is there for every view, and not before the first release', async () => {
    const none = hrRoutes(hrData({ releases: async () => [] }), site);
    for (const [view, kinds] of Object.entries(fileKinds))
      for (const kind of kinds) {
        expect((await get(`/hr/berkas/${view}.${kind}`)).bytes.length).toBeGreaterThan(100);
        expect((await none.request(`/hr/berkas/${view}.${kind}`)).status).toBe(404);
      }
    expect((await none.request('/hr/berkas/rilis.json')).status).toBe(404);
    expect((await app.request('/hr/berkas/jawaban.csv')).status).toBe(404);
  });
});
