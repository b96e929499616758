/** Every kind of document, in both languages: what is kept of it, and what never becomes text. */
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk, pageBreak, paragraph, read, stored, wordFile, wordTable } from './samples.ts';

const desk = await openDesk();
afterAll(() => desk.clear());

describe('plain text', () => {
  it('keeps numbered headings, broken lines, items, a table and questions of a circular', async () => {
    const it = await read(stored('surat-edaran.txt'));
    expect(it).toMatchObject({
      title: 'SURAT EDARAN PENGGUNAAN AI DI KEMENTERIAN CONTOH',
      language: 'id',
      empty: ['Pegawai tidak diperkenankan memasukkan data berikut:'],
    });
    expect(it.ids).toEqual([
      'latar-belakang',
      'tantangan-yang-dihadapi',
      'peran-pimpinan-unit',
      'jadwal',
      'hal-yang-dilarang',
      'faq-bolehkah-saya-memakai-akun-pribadi',
      'faq-ke-mana-saya-bertanya-bila-ragu',
    ]);
    expect(it.of('tantangan-yang-dihadapi')).toContain(
      '- pegawai belum mengetahui data apa yang boleh dimasukkan ke dalam alat bantu tersebut;',
    );
    expect(it.tables).toMatchObject([{ header: ['Kegiatan', 'Waktu', 'Penanggung Jawab'] }]);
  });

  it('keeps the pasal, ayat, huruf and explanation of a regulation', async () => {
    const it = await read(stored('peraturan.txt'));
    expect(it.regulation).toBe(true);
    expect(it.title).toMatch(/^PERATURAN MENTERI CONTOH NOMOR 7 TAHUN 2026 TENTANG PEMANFAATAN/);
    expect(it.ids).toEqual([
      ...['pembuka', 'menimbang', 'mengingat', 'menetapkan', 'pasal-1', 'pasal-2', 'pasal-3'],
      ...['pasal-3a', 'pasal-4', 'penjelasan-pasal-1', 'penjelasan-pasal-2'],
    ]);
    expect(it.of('pasal-2')).toBe(
      [
        '(1) Pegawai dapat memanfaatkan Kecerdasan Artifisial untuk:',
        '  a. merangkum dokumen terbuka; dan',
        '  b. menyusun konsep surat.',
        '(2) Pemanfaatan sebagaimana dimaksud pada ayat (1) dilakukan dengan alat yang diizinkan sebagaimana diatur dalam Pasal 3.',
      ].join('\n'),
    );
  });
});

describe('Markdown', () => {
  it('keeps headings, nested lists, a table, questions and the title of its front matter', async () => {
    const it = await read(stored('guide.md'));
    expect(it).toMatchObject({
      title: 'A Guide to Trying AI at Work',
      publisher: 'Sample Institute',
      language: 'en',
      empty: ['Before a tool is used, an office needs:'],
      tables: [{ header: ['Obstacle', 'First step', 'Who helps'] }],
    });
    expect(it.of('challenges')).toContain(
      '- Data that nobody owns\n  - lists kept in private folders',
    );
    expect(it.of('roles-of-leaders')).toContain('2. give time for learning');
    expect(it.of('faq-where-do-i-begin')).toMatch(/^Begin with one routine task/);
  });

  it.each([
    ['headings', '# Surat Edaran Contoh\n\n## Kebijakan\n\nSatu daftar bersama: terbuka.'],
    ['a heading that YAML takes for a comment', '# Surat Edaran Contoh\nKebijakan: bersama'],
    ['only words', 'Surat Edaran Contoh\n\nKebijakan: satu daftar: terbuka.'],
  ])('keeps what stands between two rules: %s', async (_, text) => {
    const file = await desk.save('garis.md', `---\n\n${text}\n\n---\n\n## Data\n\nDua.\n`);
    const it = await read(file);
    const words = JSON.stringify([it.title, it.blocks]);
    for (const word of ['Surat Edaran Contoh', 'Kebijakan', 'Dua.']) expect(words).toContain(word);
  });

  it('takes title and publisher from a front matter as they are written', async () => {
    const head = '---\ntitle: 2026 # tahun\nauthor: "Badan: Contoh"\ntags: [a, b]\n---\n';
    const it = await read(await desk.save('kepala.md', `${head}\nIsi satu kalimat saja.\n`));
    expect(it).toMatchObject({ title: '2026', publisher: 'Badan: Contoh' });
    expect(it.text).toBe('Isi satu kalimat saja.');
  });

  it('takes thirty quotes in each other and a long rule of dashes as they are', async () => {
    const text = `${'> '.repeat(30)}Dalam sekali.\n\n${'- '.repeat(80)}\n\nSelesai.\n`;
    expect((await read(await desk.save('kutipan.md', text))).text).toBe(
      'Dalam sekali.\n\nSelesai.',
    );
  });

  it('takes a bullet alone on its line for an item, not for a heading', async () => {
    const file = await desk.save('lone.md', 'Kendala meliputi:\n-\nData\n-\nWaktu\n');
    expect((await read(file)).blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'list']);
  });

  it('a regulation in Markdown is named by its first heading, whatever its letters', async () => {
    const name = 'Peraturan Menteri Contoh Nomor 7 Tahun 2026 tentang Tata Kelola Data';
    const body = '## Pasal 1\n\nData dicatat sekali.\n\n## Pasal 2\n\nData diperiksa.\n';
    const chapters = `# BAB I Ketentuan Umum\n\n${body}\n# BAB II Penutup\n\n## Pasal 3\n\nBerlaku.\n`;
    for (const [at, text] of [`# ${name}\n\n${body}`, `# ${name}\n\n${chapters}`].entries()) {
      const it = await read(await desk.save(`permen-${at}.md`, text));
      expect(it.title).toBe(name);
      expect(it.ids.slice(0, 2)).toEqual(['pasal-1', 'pasal-2']);
      expect(it.sections.flatMap(({ above }) => above)).not.toContain(name);
    }
    for (const first of ['# BAB I Ketentuan Umum', '# Menimbang', '# Pasal 1'])
      expect((await read(await desk.save('lain.md', `${first}\n\nA.\n\n${body}`))).title).toBe(
        'lain',
      );
  });

  it('keeps the text below a row of stars that its format calls a heading', async () => {
    const it = await read(
      await desk.save('bintang.md', '# Judul\n\n## Isi\n\nSatu.\n\n## \\* \\*\n\nDua.\n'),
    );
    expect(it.ids).toEqual(['isi']);
    expect(it.text).toBe('Satu.\n\n* *\n\nDua.');
  });

  it('reads a regulation whose ayat are no lists to Markdown', async () => {
    const file = await desk.save(
      'perbup.md',
      '# PERATURAN CONTOH\n\n## Pasal 1\n(1) Satu.\n(2) Dua:\na. kecil\nb. besar\n\n## Pasal 2\n\nTiga.\n',
    );
    expect((await read(file)).of('pasal-1')).toBe('(1) Satu.\n(2) Dua:\n  a. kecil\n  b. besar');
  });
});

describe('HTML', () => {
  it('keeps the page and leaves out scripts, hidden text, comments and navigation', async () => {
    const it = await read(stored('kebijakan.html'));
    expect(it).toMatchObject({
      title: 'Kebijakan Data untuk Pemakaian AI',
      publisher: 'Badan Contoh',
      empty: ['Pegawai yang ragu memerlukan:'],
    });
    expect(it.text).not.toMatch(/skrip|tersembunyi|Komentar|Beranda|Hak cipta/);
    expect(it.warnings.map(({ what }) => what)).toEqual([
      'scripts left out',
      'hidden elements with words left out',
    ]);
    expect(it.of('golongan-data')).toContain(
      '| Terbatas | Nota dinas | Ya, dengan alat yang diizinkan |',
    );
    expect(it.of('faq-siapa-yang-memberi-izin')).toBe('Walidata pada setiap unit.');
  });

  it('of many paragraphs, items, rows and drawings without an end tag is not deep', async () => {
    const many = (html: string): string => html.repeat(500);
    const file = await desk.save(
      'lama.html',
      `<html><body><!-- ${many('<div>')} --><script>'${many('<div>')}'</script>${many('<p>Satu.<br>')}
      <ul>${many('<li>Dua')}</ul><dl>${many('<dt>Tiga<dd>Empat')}</dl><svg>${many('<path d="M0"/>')}</svg>
      <table>${many('<tr><td>Lima<td>Enam')}</table><p>Selesai.`,
    );
    const it = await read(file);
    for (const word of ['Satu', 'Dua', 'Tiga', 'Enam', 'Selesai']) expect(it.text).toContain(word);
  });

  it('finds the article where nothing names it', async () => {
    const it = await read(stored('news.html'));
    expect(it.title).toBe('Small offices try AI');
    expect(it.ids).toEqual(['opening', 'what-went-wrong', 'what-comes-next']);
    expect(it.text).not.toMatch(/Sport|Most read|Copyright/);
  });
});

describe('DOCX', () => {
  it('keeps headings, nested lists, tables and page numbers, and no hidden run', async () => {
    const body = [
      paragraph('AI Policy of the Sample Agency', { style: 'Heading1' }),
      paragraph('This policy says how staff may use AI tools in their work.'),
      paragraph('Challenges', { style: 'Heading2' }),
      paragraph('Staff report:'),
      paragraph('unclear rules', { item: 0 }),
      paragraph('for pictures', { item: 1 }),
      paragraph('secret words', { hidden: true }),
      pageBreak,
      paragraph('Classes of data', { style: 'Heading2' }),
      wordTable([
        ['Class', 'Example'],
        ['Open', 'Press release'],
      ]),
    ];
    const it = await read(await desk.save('policy.docx', wordFile(body.join(''))));
    expect(it.title).toBe('AI Policy of the Sample Agency');
    expect(it.sections.map(({ id, page }) => [id, page])).toEqual([
      ['opening', 1],
      ['challenges', 1],
      ['classes-of-data', 2],
    ]);
    expect(it.of('challenges')).toBe('Staff report:\n\n- unclear rules\n  - for pictures');
    expect(it.text).not.toContain('secret');
    expect(it.tables).toMatchObject([{ header: ['Class', 'Example'] }]);
  });

  it('takes bold lines for headings where no style tells them', async () => {
    const body = [
      paragraph('Panduan Pemakaian AI', { bold: true }),
      paragraph('Panduan ini membantu pegawai memulai pemakaian alat bantu AI.'),
      paragraph('Hambatan', { bold: true }),
      paragraph('Hambatan yang sering muncul:'),
      paragraph('data belum rapi', { item: 0 }),
    ];
    const it = await read(await desk.save('panduan.docx', wordFile(body.join(''))));
    expect([it.title, ...it.ids]).toEqual(['Panduan Pemakaian AI', 'pembuka', 'hambatan']);
  });
});
