/** What a document offers an author, and what is no idea. */
import { describe, expect, it } from 'vitest';
import { draftsOf, isUntouched } from '../../../core/ingest/drafts.ts';
import { ideasOf } from '../../../core/ingest/ideas.ts';
import { readLines } from './text.ts';

const usesOf = (...lines: readonly string[]) =>
  ideasOf(readLines('Judul Dokumen', '', ...lines).sections).map(({ use, passage }) => [
    use,
    passage.split('\n').at(-1),
  ]);

describe('ideas', () => {
  it('are statements of the survey below a heading of obstacles, in both languages', () => {
    for (const heading of ['Kendala di Lapangan', 'Common Obstacles'])
      expect(usesOf(heading, 'Yang muncul:', '- data tersebar').map(([use]) => use)).toEqual([
        'item',
        'tip',
      ]);
  });

  it('are prompts where leaders have a role', () => {
    const uses = usesOf('Roles of Leaders', 'They can:', '- set a direction').map(([use]) => use);
    expect(uses).toEqual(['prompt', 'tip']);
  });

  it('are no obstacles where a heading solves them', () => {
    expect(usesOf('Solusi atas Tantangan', 'Langkahnya:', '- satukan data')).toEqual([
      ['tip', '- satukan data'],
    ]);
  });

  it('are not made of announcements, links, sources and questions', () => {
    const lines = [
      'Semua unit kerja di kantor pusat memerlukan hal berikut ini:',
      '- izin tertulis',
    ];
    expect(usesOf('Isi', ...lines)).toEqual([['tip', '- izin tertulis']]);
    expect(usesOf('Isi', 'Sumber: https://example.org/satu-dua-tiga-empat-lima')).toEqual([]);
    expect(usesOf('Isi', 'Apakah semua unit kerja sudah siap memakai alat ini?')).toEqual([]);
  });

  it('are one for an ayat with its letters', () => {
    const lines = [
      '(1) Unit menyusun:',
      'a. daftar data',
      'b. daftar alat',
      '(2) Daftar diperiksa.',
    ];
    const { sections } = readLines('Pasal 1', ...lines, 'Pasal 2', 'Pasal ini selesai.');
    expect(ideasOf(sections.slice(0, 1)).map(({ passage }) => passage)).toEqual([
      '(1) Unit menyusun:\n  a. daftar data\n  b. daftar alat',
      '(2) Daftar diperiksa.',
    ]);
  });

  it('keep the sentence before an announced list that is missing', () => {
    const text = 'Tidak semua kantor memiliki jaringan yang memadai. Alat ini memerlukan:';
    expect(usesOf('Isi', text, 'Penutup', 'Selesai.')).toEqual([
      ['tip', 'Tidak semua kantor memiliki jaringan yang memadai.'],
    ]);
  });
});

describe('a draft', () => {
  const [draft] = draftsOf('contoh', [
    { use: 'tip', section: 'isi', passage: 'Satu: "dua"', page: 3, aspect: null },
  ]);

  it('is untouched as it is made', () => {
    expect(isUntouched(draft?.text ?? '', null)).toBe(true);
    expect(isUntouched(draft?.text.replaceAll('\n', '\r\n') ?? '', null)).toBe(true);
  });

  it.each([
    ['a word in one language', (text: string) => text.replace('en: ""', 'en: "One"')],
    ['an id', (text: string) => text.replace('id: ""', 'id: l40')],
    ['a broken line', (text: string) => `${text}\n  : [`],
    ['a note', (text: string) => `${text}note: tanyakan Biro Hukum\n`],
    ['a comment', (text: string) => `# untuk pekan 3\n${text}`],
    ['a comment behind the fingerprint', (text: string) => text.replace('\n', ' Sari\n')],
    ['an audience', (text: string) => text.replace('audience: ""', 'audience: staff')],
    ['another passage', (text: string) => text.replace('Satu', 'Satu kata')],
    ['no fingerprint', (text: string) => text.replace(/^.*\n/, '')],
  ])('with %s belongs to its author', (_, edit) => {
    expect(isUntouched(edit(draft?.text ?? ''), null)).toBe(false);
  });

  it('of an earlier version, which knew no fingerprint, is untouched only where it would be made again', () => {
    const now = draft?.text ?? '';
    const earlier = now.replace(/^.*\n/, '');
    expect(isUntouched(earlier, now)).toBe(true);
    expect(isUntouched(earlier.replace('Satu', 'Dua'), now)).toBe(false);
  });
});
