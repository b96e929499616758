import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem } from '../../../../core/survey/comments/stem.ts';

describe('the stem of an Indonesian word', () => {
  it.each([
    ['latih', 'pelatihan melatih dilatih latihan terlatih latihannya'],
    ['atur', 'aturan peraturan mengatur diatur aturannya aturanlah'],
    ['pakai', 'memakai pemakaian dipakai pakai dipakainya'],
    ['bantu', 'membantu bantuan pembantu dibantu'],
    ['tulis', 'menulis penulis tulisan ditulis tertulis'],
    ['pimpin', 'pimpinan memimpin pemimpin kepemimpinan'],
    ['ajar', 'belajar pelajaran pembelajaran mengajar'],
    ['simpan', 'menyimpan penyimpanan disimpan'],
    ['izin', 'perizinan diizinkan mengizinkan'],
    ['bagi', 'berbagi dibagikan pembagian'],
    ['aman', 'keamanan mengamankan'],
  ])('is %s for %s', (root, words) => {
    for (const word of words.split(' ')) expect(stem(word), word).toBe(root);
  });

  it('leaves roots, foreign words and short words alone', () => {
    for (const word of 'data server internet budaya nilai mulai hari rapat training di ke'.split(
      ' ',
    ))
      expect(stem(word)).toBe(word);
  });

  it('never leaves fewer than two syllables of a word that had them', () => {
    const vowels = (word: string): number => word.match(/[aiueo]/g)?.length ?? 0;
    const piece = fc.constantFrom('me', 'n', 'ber', 'ke', 'p', 'ter', 'a', 'an', 'kan', 'i', 'nya');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const word = pieces.join('');
        expect(vowels(stem(word))).toBeGreaterThanOrEqual(Math.min(2, vowels(word)));
      }),
    );
  });
});
