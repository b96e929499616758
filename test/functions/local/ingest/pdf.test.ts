/** Printed pages: what they repeat is left out, what they part is put together. */
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk, pdfPages, type Row, read } from './samples.ts';

const desk = await openDesk();
afterAll(() => desk.clear());

describe('PDF', () => {
  const head: readonly Row[] = [
    ['MENTERI CONTOH', { x: 250 }],
    ['REPUBLIK CONTOH', { x: 250 }],
  ];

  it('keeps a regulation over its pages, without heads, page numbers and catchwords', async () => {
    const file = await desk.save(
      'perda.pdf',
      pdfPages([
        [
          ...head,
          ['PERATURAN MENTERI CONTOH', { x: 200, step: 30 }],
          ['TENTANG TATA KELOLA DATA', { x: 200 }],
          ['BAB I', { x: 280, step: 30 }],
          ['KETENTUAN UMUM', { x: 240 }],
          ['Pasal 1', { x: 280, step: 30 }],
          ['(1) Setiap unit kerja menunjuk seorang walidata yang bertanggung jawab atas data'],
          ['pada unit tersebut.', { x: 90 }],
          ['(2) Walidata bertugas:'],
          ['a. mencatat data; dan', { x: 90 }],
          ['b. memeriksa . . .', { x: 400, step: 60 }],
        ],
        [
          ...head,
          ['- 2 -', { x: 285 }],
          ['b. memeriksa mutu data.', { x: 90 }],
          ['Pasal 2', { x: 280, step: 30 }],
          ['Unit kerja melaporkan data setiap bulan kepada walidata sebagaimana dimaksud dalam'],
          ['Pasal 1.'],
        ],
      ]),
    );
    const it = await read(file);
    expect(it.title).toBe('PERATURAN MENTERI CONTOH TENTANG TATA KELOLA DATA');
    expect(it.sections.map(({ id, page }) => [id, page])).toEqual([
      ['pasal-1', 1],
      ['pasal-2', 2],
    ]);
    expect(it.of('pasal-1')?.split('\n')).toEqual([
      '(1) Setiap unit kerja menunjuk seorang walidata yang bertanggung jawab atas data pada unit tersebut.',
      '(2) Walidata bertugas:',
      '  a. mencatat data; dan',
      '  b. memeriksa mutu data.',
    ]);
    expect(it.of('pasal-2')).toMatch(/dalam Pasal 1\.$/);
  });

  it('tells headings by their size, and a table by its columns', async () => {
    const cells = (y: number, ...row: readonly [string, string]): readonly Row[] => [
      [row[0], { x: 72, step: y }],
      [row[1], { x: 250, step: 0 }],
    ];
    const file = await desk.save(
      'report.pdf',
      pdfPages([
        [
          ['Report on AI in Offices', { size: 20, step: 30 }],
          [
            'Offices have begun to try artificial intelligence for routine work, and most of',
            { step: 30 },
          ],
          ['them report slow first weeks.'],
          ['Challenges', { size: 14, step: 30 }],
          ['The offices report:'],
          ['• data without an owner', { x: 80 }],
          ['• slow networks', { x: 80 }],
          ['Figures', { size: 14, step: 30 }],
          ...cells(20, 'Year', 'Offices'),
          ...cells(15, '2025', 'Twelve'),
          ...cells(15, '2026', 'Forty'),
        ],
      ]),
    );
    const it = await read(file);
    expect([it.title, ...it.ids]).toEqual([
      'Report on AI in Offices',
      'opening',
      'challenges',
      'figures',
    ]);
    expect(it.of('opening')).toMatch(/most of them report slow first weeks\.$/);
    expect(it.tables).toMatchObject([{ header: ['Year', 'Offices'], page: 1 }]);
  });

  it('takes a line that ends many pages for text where it stands in their middle, too', async () => {
    const pages = [1, 2, 3, 4].map((page): readonly Row[] =>
      [1, 2, 3, 4, 5].flatMap((at): readonly Row[] => [
        [`Pasal ${page * 5 + at - 5}`, { x: 280 }],
        ['Cukup jelas.', {}],
      ]),
    );
    const it = await read(await desk.save('penjelasan.pdf', pdfPages(pages)));
    expect(it.sections.map(({ id, text }) => [id, text])).toEqual(
      Array.from({ length: 20 }, (_, at) => [`pasal-${at + 1}`, 'Cukup jelas.']),
    );
  });

  it('leaves out the head of a chapter that repeats on its pages alone', async () => {
    const body = (page: number): readonly Row[] => [
      [page < 16 && page > 11 ? 'Bagian tentang data' : `Bagian ${'abcdefghijklmnopqrst'[page]}`],
      [`Kalimat nomor ${page} menjelaskan hal yang berbeda dari halaman yang lain.`, { step: 40 }],
      [`Kalimat kedua nomor ${page} melengkapi kalimat pertama pada halaman yang sama.`],
      [`Kalimat ketiga nomor ${page} menutup halaman.`],
    ];
    const pages = Array.from({ length: 20 }, (_, page) => body(page));
    const it = await read(await desk.save('bab.pdf', pdfPages(pages)));
    expect(it.text).not.toContain('Bagian tentang data');
    expect(it.text).toContain('Bagian c');
  });
});
