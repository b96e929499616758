import { describe, expect, it } from 'vitest';
import { countWords } from '../../core/content/checks/lint.ts';
import { parseCatalogue } from '../../core/content/parse.ts';
import { paths, spoil } from './small-content.ts';

describe('tone', () => {
  const unwanted: readonly (readonly [string, string])[] = [
    ['kamu', 'Anda'],
    ['anda', 'Anda, with a capital'],
    ['Pelajaran hari ini', 'kiat hari ini'],
    ['gelombang', 'periode survei'],
    ['kuesioner', 'survei singkat'],
    ['indeks resistensi', 'hambatan kondisi, kekhawatiran terhadap perubahan'],
    ['Rencana tindak', 'rencana tindak lanjut'],
    ['faktor pendorong', 'faktor terkait'],
    ['rentang keyakinan', 'selang kepercayaan'],
    ['belum dapat dibedakan', 'belum terlihat perubahan yang jelas'],
    ['Disembunyikan (n', 'tidak ditampilkan: jawaban terlalu sedikit'],
    ['minimal 5 responden', 'sedikitnya 5 responden selain pembaca'],
    ['AI tidak akan menggantikan Anda', 'menurut artikel ini, AI dimaksudkan sebagai alat bantu'],
    ['anonim', 'dirahasiakan, and what it is not used for'],
    ['online', 'daring'],
  ];
  it.each(unwanted)('does not say "%s"', (word, instead) => {
    const files = spoil(paths.messages, 'id: Halo {name}', `id: "Halo {name}, ${word} < 5)"`);
    expect(() => parseCatalogue(files)).toThrow(
      `content/messages/greeting.yaml:2: word or sign not used here, found ${JSON.stringify(word)}, allowed ${instead}`,
    );
  });

  it.each(['Rencana tindak lanjut', 'dirahasiakan, bukan anonim', 'Andalan', 'kamus'])(
    'says "%s"',
    (words) => {
      const files = spoil(paths.messages, 'Halo', words);
      expect(parseCatalogue(files).messages.get('greeting.title')?.id).toBe(`${words} {name}`);
    },
  );

  it('keeps exclamation marks out of a survey, but not out of the name of a service', () => {
    expect(() => parseCatalogue(spoil(paths.survey, 'id: Pembuka', 'id: Ayo!'))).toThrow(
      'content/surveys/pulse.yaml:3: word or sign not used here, found "!", allowed no exclamation mark in a survey',
    );
    const named = parseCatalogue(spoil(paths.survey, 'id: Petunjuk', 'id: SP4N-LAPOR!'));
    expect(named.survey.comment.hint.id).toBe('SP4N-LAPOR!');
  });

  it('names worries and obstacles to staff, and leaves "resistensi" to HR pages', () => {
    expect(() => parseCatalogue(spoil(paths.prompt, 'id: Judul', 'id: Resistensi'))).toThrow(
      'content/prompts/p01-say.yaml:6: word or sign not used here, found "Resistensi", allowed kekhawatiran dan hambatan',
    );
    expect(parseCatalogue(spoil(paths.messages, 'Halo', 'Resistensi')).messages.size).toBe(1);
  });
});

describe('a lesson', () => {
  it('has 60 to 120 words in each language', () => {
    const short = spoil(paths.lesson, 'kata0 kata1 kata2 kata3 kata4 kata5 kata6 kata7 kata8 ', '');
    const shorter = short.map((file) => ({
      ...file,
      text: file.text.replace('kata9 kata10 kata11', 'kata9'),
    }));
    expect(() => parseCatalogue(shorter)).toThrow(
      'content/lessons/l01-letter.yaml:6: words of the lesson\'s sentences in id, found "59", allowed 60 to 120',
    );
    const long = spoil(paths.lesson, 'en: kata0', `en: ${'more '.repeat(51)}kata0`);
    expect(() => parseCatalogue(long)).toThrow(
      'content/lessons/l01-letter.yaml:6: words of the lesson\'s sentences in en, found "121", allowed 60 to 120',
    );
  });

  it('states its intention in if-then form', () => {
    expect(() =>
      parseCatalogue(spoil(paths.lesson, 'Jika ada surat, maka saya', 'Bila ada surat, saya')),
    ).toThrow(
      'content/lessons/l01-letter.yaml:17: intention is not in if-then form, found "Bila ada surat, saya membacanya.", allowed "Jika …, maka saya …"',
    );
    expect(() => parseCatalogue(spoil(paths.lesson, 'then I read', 'read'))).toThrow(
      'content/lessons/l01-letter.yaml:18: intention is not in if-then form',
    );
  });

  it('has exactly one right option', () => {
    expect(() => parseCatalogue(spoil(paths.lesson, 'correct: true', 'correct: false'))).toThrow(
      'content/lessons/l01-letter.yaml:21: right options of the case, found "0", allowed exactly one',
    );
  });

  it('keeps an option within a button', () => {
    expect(() => parseCatalogue(spoil(paths.lesson, 'id: Dua', `id: ${'x'.repeat(76)}`))).toThrow(
      'content/lessons/l01-letter.yaml:23: option is longer than a button',
    );
  });
});

describe('counting words', () => {
  it('counts runs that hold a letter or a digit', () => {
    expect(countWords('Jika ada 5 surat – baca "dulu", lalu balas.')).toBe(8);
    expect(countWords('  ')).toBe(0);
  });
});
