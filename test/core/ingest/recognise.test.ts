/** How lines become headings, lists, tables and questions. */
import { describe, expect, it } from 'vitest';
import { emptyLists } from '../../../core/ingest/blocks/recognise.ts';
import { missingArticles } from '../../../core/ingest/regulation.ts';
import { readLines } from './text.ts';

const long = 'Pegawai memakai alat bantu ini untuk merangkum surat yang panjang setiap hari.';

describe('an announced list', () => {
  it('that is missing is told as empty, and nothing is made up for it', () => {
    const read = readLines('Judul Besar', '', 'Syarat', 'Alat ini memerlukan:', 'Penutup', long);
    expect(emptyLists(read.blocks).map(({ text }) => text)).toEqual(['Alat ini memerlukan:']);
    expect(read.blocks.some(({ kind }) => kind === 'list')).toBe(false);
    expect(read.sections.map(({ id }) => id)).toEqual(['syarat', 'penutup']);
  });

  it('is found where bullets stand alone above their texts', () => {
    const read = readLines('Alat ini memerlukan:', '-', 'izin tertulis', '-', 'data terbuka');
    expect(emptyLists(read.blocks)).toEqual([]);
    expect(read.blocks[1]).toMatchObject({
      items: [{ text: 'izin tertulis' }, { text: 'data terbuka' }],
    });
  });

  it('is found where no sign marks its items', () => {
    const read = readLines('Alat ini memerlukan:', 'izin tertulis', 'data terbuka', long);
    expect(emptyLists(read.blocks)).toEqual([]);
    expect(read.blocks[1]).toMatchObject({
      kind: 'list',
      items: [{ text: 'izin tertulis' }, { text: 'data terbuka' }],
    });
  });

  it('is answered by headings below when it counts them', () => {
    const read = readLines(
      ...['Judul', '', 'Alasan Perubahan', 'Perubahan perlu karena beberapa faktor:'],
      ...['Beban Kerja', long, 'Harapan Masyarakat', long],
    );
    expect(emptyLists(read.blocks)).toEqual([]);
    expect(read.sections.map(({ id }) => id)).toEqual(['beban-kerja', 'harapan-masyarakat']);
    expect(read.sections[0]?.above).toEqual([
      'Alasan Perubahan',
      'Perubahan perlu karena beberapa faktor:',
    ]);
  });
});

describe('lists', () => {
  it('nest by their signs, and "i." after "h." goes on counting letters', () => {
    const letters = 'abcdefghij'.split('').map((letter) => `${letter}. butir ${letter}`);
    const read = readLines('(1) ayat pertama:', ...letters, '(2) ayat kedua');
    expect(read.blocks).toHaveLength(1);
    expect(read.blocks[0]).toMatchObject({ kind: 'list' });
    const items = read.blocks[0]?.kind === 'list' ? read.blocks[0].items : [];
    expect(items.map(({ depth }) => depth)).toEqual([0, ...letters.map(() => 1), 0]);
  });

  it('of numbers are headings only where text stands between them', () => {
    const read = readLines('1. Tujuan Umum', long, '2. Sasaran Akhir', long);
    expect(read.sections.map(({ title }) => title)).toEqual(['1. Tujuan Umum', '2. Sasaran Akhir']);
    const listed = readLines('Langkah berikut:', '1. Tujuan Umum', '2. Sasaran Akhir', long);
    expect(listed.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'list', 'paragraph']);
  });
});

describe('lines that a margin broke', () => {
  it('are one paragraph again, with the hyphen of a doubled word kept', () => {
    const read = readLines(
      'Semua lembaga pemerintah di pusat dan daerah membaca kembali undang-',
      'undang yang berlaku serta menyusun daftar alat bantu yang mereka guna-',
      'kan.',
      '',
      'Paragraf lain.',
    );
    expect(read.blocks.map((block) => ('text' in block ? block.text : ''))).toEqual([
      'Semua lembaga pemerintah di pusat dan daerah membaca kembali undang-undang yang berlaku serta menyusun daftar alat bantu yang mereka gunakan.',
      'Paragraf lain.',
    ]);
  });
});

describe('a regulation', () => {
  const read = readLines(
    ...['UNDANG-UNDANG CONTOH', 'NOMOR 1 TAHUN 2026', 'TENTANG', 'DATA', ''],
    ...[
      'BAB I',
      'KETENTUAN UMUM',
      'Pasal 1',
      'Data adalah catatan.',
      'Pasal 2',
      '(1) Data dicatat.',
    ],
    ...['(2) Data diperiksa sesuai dengan', 'Pasal 1.', 'Pasal 2A', 'Data dijaga.'],
    ...['PENJELASAN', 'Pasal 1', 'Cukup jelas.'],
  );

  it('is cut at every pasal, under its number', () => {
    expect(read.sections.map(({ id }) => id)).toEqual([
      'pasal-1',
      'pasal-2',
      'pasal-2a',
      'penjelasan-pasal-1',
    ]);
  });

  it('keeps its ayat, and a reference at the end of a line is no heading', () => {
    expect(read.sections[1]?.text).toBe(
      '(1) Data dicatat.\n(2) Data diperiksa sesuai dengan Pasal 1.',
    );
  });

  it('is named by the lines above its first chapter', () => {
    expect(read.title).toBe('UNDANG-UNDANG CONTOH NOMOR 1 TAHUN 2026 TENTANG DATA');
    expect(read.sections[0]?.path).toEqual(['BAB I KETENTUAN UMUM', 'Pasal 1']);
  });

  it('is named by its first line in small letters, if that is the name and nothing else', () => {
    const articles = ['', 'Pasal 1', 'Data dicatat.', '', 'Pasal 2', 'Data diperiksa.'];
    const name = 'Peraturan Menteri Contoh Nomor 7 Tahun 2026 tentang Uji Coba';
    expect(readLines(name, ...articles).title).toBe(name);
    expect(readLines(`${name} berlaku. Ini isinya.`, ...articles).title).toBeNull();
  });

  it('tells which articles are missing between the first and the last', () => {
    expect(missingArticles(['pasal-1', 'pasal-2', 'pasal-2a', 'pasal-5'])).toEqual([3, 4]);
    expect(missingArticles(['pasal-1', 'pasal-2', 'penjelasan-pasal-4'])).toEqual([]);
    expect(missingArticles(['pasal-5', 'pasal-90'])).toEqual([]);
  });

  it('of articles in English is cut the same way', () => {
    const english = readLines(
      ...['CHAPTER I', 'General', 'Article 1', 'Data is a record of the agency.'],
      ...['Article 2', 'The data unit keeps the records.'],
    );
    expect(english.sections.map(({ id }) => id)).toEqual(['article-1', 'article-2']);
  });

  it('of decisions is cut at every diktum', () => {
    const decree = readLines('KESATU : Alat bantu diizinkan.', 'KEDUA : Daftar alat ditetapkan.');
    expect(decree.sections.map(({ id, text }) => [id, text])).toEqual([
      ['kesatu', 'Alat bantu diizinkan.'],
      ['kedua', 'Daftar alat ditetapkan.'],
    ]);
  });
});

describe('a circular', () => {
  it('is named below its letterhead', () => {
    const read = readLines(
      ...['MENTERI CONTOH', 'REPUBLIK CONTOH', '', 'SURAT EDARAN', 'NOMOR 3 TAHUN 2026', 'TENTANG'],
      ...['ALAT BANTU', '', 'Isi', long],
    );
    expect(read.title).toBe('SURAT EDARAN NOMOR 3 TAHUN 2026 TENTANG ALAT BANTU');
    expect(read.sections.map(({ id, above }) => [id, above])).toEqual([
      ['isi', ['MENTERI CONTOH', 'REPUBLIK CONTOH']],
    ]);
  });
});

describe('questions', () => {
  it('are found by their labels outside a FAQ', () => {
    const read = readLines(
      long,
      'Tanya: Bolehkah dicoba?',
      'Jawab: Boleh, setelah ada izin.',
      long,
    );
    expect(read.blocks[1]).toMatchObject({
      kind: 'faq',
      question: 'Bolehkah dicoba?',
      answer: 'Boleh, setelah ada izin.',
    });
  });

  it('in running text stay running text', () => {
    const read = readLines('Apakah ini penting?', long);
    expect(read.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph']);
  });
});

describe('tables', () => {
  it.each([
    ['pipes', '| A | B |', '|---|---|', '| satu | dua |'],
    ['tabs', 'A\tB', 'satu\tdua'],
    ['aligned columns', 'A        B', 'satu     dua', 'tiga     empat'],
  ])('are read from %s', (_, ...lines) => {
    const [table] = readLines(...lines).blocks;
    expect(table).toMatchObject({ kind: 'table', header: ['A', 'B'] });
    expect(table?.kind === 'table' && table.rows[0]).toEqual(['satu', 'dua']);
  });

  it('are not made of two lines that happen to have wide gaps', () => {
    expect(readLines('Jakarta,   2026', 'Nomor  :  5').blocks[0]?.kind).toBe('paragraph');
  });
});
