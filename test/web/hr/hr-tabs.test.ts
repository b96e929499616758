import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { hrRoutes } from '../../../web/hr/routes.tsx';
import { hrData, site } from './fixtures.ts';
import { releases } from './release-fixtures.ts';

const open = async (path: string, data = hrData()) => {
  const response = await hrRoutes(data, site).request(path);
  expect(response.status).toBe(200);
  return parseHTML(await response.text()).document;
};

const words = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('the trend', () => {
  it('is of the anchors alone, with the verdict of every aspect', async () => {
    const document = await open('/hr?tab=tren&unit=4');
    expect(document.querySelectorAll('[role="img"]')).toHaveLength(1);
    const rows = [
      ...document.querySelectorAll('section[aria-labelledby="perubahan-isi"] tbody tr'),
    ].map((row) => [...row.querySelectorAll('th,td')].map(words));
    expect(rows[0]?.[0]).toBe('Semua aspek');
    expect(rows[0]?.[2]).toContain('Belum terlihat perubahan yang jelas');
    expect(rows[1]?.[2]).toBe('Tidak dapat dibandingkan dengan periode sebelumnya');
  });

  it('goes one level up for a small group whose members changed slightly, and says so', async () => {
    const document = await open('/hr?tab=tren&unit=-1');
    expect(words([...document.querySelectorAll('main .notice')].at(-1))).toContain(
      'Tren Ahli madya tidak ditampilkan',
    );
    expect(words(document.querySelector('.legend'))).toBe('Kementerian Contoh');
  });

  it('lets no one choose a group that is hidden, and says why', async () => {
    const document = await open('/hr?tab=tren');
    const barred = [...document.querySelectorAll('#pilih-unit option[disabled]')].map(words);
    expect(barred).toEqual([
      'Direktorat Inovasi Layanan (Tidak ditampilkan: jawaban terlalu sedikit)',
      'Direktorat Standar Layanan (Tidak ditampilkan untuk melindungi kelompok lain)',
    ]);
  });
});

describe('the answers', () => {
  it('tell share, interval, no-assumption range and band of every item', async () => {
    const document = await open('/hr?tab=sebaran&unit=4');
    const said = [...document.querySelectorAll('.answers .quiet')].map(words);
    expect(said).toContain('Jawaban positif 37% (29%–46%) · tanpa asumsi 23%–61% · n 20–49');
    expect(document.querySelectorAll('.likert')).toHaveLength(10);
  });

  it('tell the reason alone of a hidden group', async () => {
    const document = await open('/hr?tab=sebaran&unit=6');
    expect(document.querySelectorAll('.likert')).toHaveLength(0);
    expect(new Set([...document.querySelectorAll('.answer-hidden')].map(words))).toEqual(
      new Set(['Tidak ditampilkan: jawaban terlalu sedikit']),
    );
  });
});

describe('the comments', () => {
  it('stand by theme, as text, beside no figure', async () => {
    const document = await open('/hr?tab=komentar');
    const list = document.querySelector('section[aria-labelledby="komentar-1"]');
    expect([...(list?.querySelectorAll('h3') ?? [])].map(words)).toEqual(['Data', 'Lainnya']);
    expect([...(list?.querySelectorAll('li') ?? [])].map(words)).toEqual([
      'Data yang rapi.',
      '=1+1 <b>tebal</b>',
      'Waktu untuk belajar.',
    ]);
    expect(document.querySelectorAll('main .heat-cell, main .figure-value')).toHaveLength(0);
  });

  it('say when there are none to show', async () => {
    const [first] = releases;
    if (first === undefined) throw new Error('the fixtures hold no release');
    const { comments: _, ...silent } = first;
    const document = await open('/hr?tab=komentar', hrData({ releases: async () => [silent] }));
    expect(words(document.querySelector('.empty-title'))).toContain('Tidak ada komentar');
  });
});

describe('the method', () => {
  it('prints the audit of the release and the quality of its anchors', async () => {
    const document = await open('/hr?tab=metode');
    const counts = [...document.querySelectorAll('.counts div')].map((each) =>
      [...each.querySelectorAll('dt,dd')].map(words).join(': '),
    );
    expect(counts).toEqual([
      'Angka seluruhnya: 330',
      'Disembunyikan: orang atau jawaban terlalu sedikit: 27',
      'Disembunyikan: melindungi kelompok lain: 12',
      'Gabungan yang dicoba: 4.096',
      'Tidak terselesaikan, dianggap kebocoran: 0',
      'Angka yang terancam oleh satu kaki tangan: 3',
      'Harga perlindungan: 4%',
      'Jawaban yang tidak terbaca: 0',
      'Alfa Cronbach: 0,81',
      'Omega total: 0,83',
      'ICC(1): 0,05',
      'ICC(2): 0,61',
    ]);
  });
});
