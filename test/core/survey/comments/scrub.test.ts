import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../../core/survey/comments/names.ts';
import { scrub } from '../../../../core/survey/comments/scrub.ts';

const roster = [
  'Dr. Rahayu Wulandari, S.E., M.Si',
  'Adi Setia Nugroho',
  'Indah Permatasari',
  'I Made Wirawan',
  'Hari Bulan Purnama',
  'Li Yu',
  'Ir. Al Amin, S.E., M.Si',
  'Oh Se Hun',
  'Di An',
];
const names = namesOf(
  roster,
  new Set(['sudah', 'data', 'yang', 'kami', 'tolong', 'pimpinan', 'di', 'ke', 'saja']),
);
const clean = (text: string): string => scrub(text, names);

describe('a comment loses numbers of people', () => {
  it.each([
    ['NIP saya 198501012010011001.', 'NIP saya [NIP].'],
    ['NIP 19850101 201001 1 001 ya', 'NIP [NIP] ya'],
    ['nip:1985.0101.2010.01.1.001', 'nip:[NIP]'],
    ['NIK 3174-0101-0185-0001', 'NIK [NIK]'],
    ['wa 0812-3456-7890', 'wa [nomor]'],
    ['wa +62 (812) 3456 – 7890', 'wa [nomor]'],
    ['telp (021) 345 67 89', 'telp [nomor]'],
    ['wa 0\u200b8\u200b1\u200b2\u200b34567', 'wa [nomor]'],
    ['wa ０８１２３４５６７', 'wa [nomor]'],
    ['wa ٠٨١٢٣٤٥٦٧', 'wa [nomor]'],
    ['hubungi nol delapan satu dua tiga empat lima', 'hubungi [nomor]'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('however they are broken up', () => {
    const sign = fc.constantFrom('', '', ' ', '.', '-', '/', ' - ', '\u200b', '_', '\n', '(');
    const number = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), sign), {
      minLength: 7,
      maxLength: 18,
    });
    fc.assert(
      fc.property(number, (pieces) => {
        const written = pieces.map(([digit, between]) => `${digit}${between}`).join('');
        const left = clean(`kirim ke ${written} terima kasih`).replace(/\D/g, '');
        // A year span or a round amount may stay.
        expect(left.length === 8 || left.endsWith('000') ? 0 : left.length).toBeLessThan(7);
      }),
    );
  });

  it('but keeps years, amounts and small numbers', () => {
    for (const text of [
      'Anggaran 2025/2026',
      'Rp 12.500.000',
      '240 orang',
      'pukul 08.30',
      'Perpres 95/2018',
    ])
      expect(clean(text)).toBe(text);
  });
});

describe('a comment loses addresses', () => {
  it.each([
    ['kirim ke rahayu.w@contoh.go.id ya', 'kirim ke [surel] ya'],
    ['rahayu (at) contoh (dot) go (dot) id', '[surel]'],
    ['tanya <@U012ABC3D> atau <@U9|budi>', 'tanya [nama] atau [nama]'],
    ['tanya <at>Siapa Saja</at>', 'tanya [nama]'],
    ['tanya @budi.s di grup', 'tanya [nama] di grup'],
    ['lihat https://wa.me/628123 dulu', 'lihat [tautan] dulu'],
    ['situs contoh.go.id lambat', 'situs contoh.go.id lambat'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });
});

describe('a comment loses names', () => {
  it.each([
    ['Rahayu Wulandari selalu membantu', '[nama] selalu membantu'],
    ['tolong ajak rahayu', 'tolong ajak [nama]'],
    ['RAHAYU jarang hadir', '[nama] jarang hadir'],
    ['adi setia yang mengajari kami', '[nama] yang mengajari kami'],
    ['R a h a y u dan r.a.h.a.y.u', '[nama] dan [nama]'],
    ['kata [Rahayu] dan (rahayu_wulandari)', 'kata [[nama]] dan ([nama]_[nama])'],
    ['Pak Budi sudah membantu', 'Pak [nama] sudah membantu'],
    ['bu tini paham', 'bu [nama] paham'],
    ['minta izin wirawan, wulandari', 'minta izin [nama]'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('but keeps ordinary words that are names as well, where they are not used as one', () => {
    expect(clean('Indah sekali bila data dibuka')).toBe('Indah sekali bila data dibuka');
    expect(clean('setiap hari kerja')).toBe('setiap hari kerja');
    expect(clean('menurut Indah begitu')).toBe('menurut [nama] begitu');
    expect(clean('Bapak dan Ibu pimpinan')).toBe('Bapak dan Ibu pimpinan');
  });

  it.each([
    ['Usul dari Li Yu tidak pernah didengar.', 'Usul dari [nama] tidak pernah didengar.'],
    ['usul li yu baik', 'usul [nama] baik'],
    ['menurut Yu Li dan LI YU', 'menurut [nama] dan [nama]'],
    ["laptop Li Yunya lama, Li Yu's too", 'laptop [nama] lama, [nama] too'],
    ['Al Amin paling membantu', '[nama] paling membantu'],
    ['Ir. Al Amin dan Al-Amin', 'Ir. [nama] dan [nama]'],
    ['Oh Se Hun membantu, Se Hun juga', '[nama] membantu, [nama] juga'],
    ['kata Di An begitu', 'kata [nama] begitu'],
  ])('a name of short parts is taken out when written in full: %s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('but keeps words of two letters that stand beside no other part of their name', () => {
    for (const text of [
      'Al saja yang tahu',
      'simpan di an sich saja',
      'Oh, kami pindah ke Li dan Se',
      'Bu Yu dan M.Si',
    ])
      expect(clean(text)).toBe(text.replace('Bu Yu', 'Bu [nama]'));
    expect(clean('surat Di Rahayu')).toBe('surat Di [nama]');
  });

  it('changes nothing more when taken twice', () => {
    const texts = [
      'Pak Budi 0812-3456-7890',
      'Rahayu Wulandari, a@b.go.id',
      '@x Adi Setia @y',
      '[nama] indah',
      'Li Yu dan Oh Se Hun',
    ];
    for (const text of texts) expect(clean(clean(text))).toBe(clean(text));
  });
});
