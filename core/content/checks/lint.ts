/** Tone and form of what people read: the decided words, the length of a lesson, one right option. */
import { fits } from '../../conversation/clip.ts';
import type { Fault } from '../../errors.ts';
import { type Language, languages } from '../../language.ts';
import { type Entry, faultAt, type Rooms } from '../entry.ts';
import type { Lesson } from '../schema.ts';
import type { ValuePath } from '../yaml-file.ts';

type Rule = { readonly pattern: RegExp; readonly say: string };
type Spoken = { readonly path: ValuePath; readonly language: Language; readonly text: string };

/** Every tone fault of our own texts; titles of source documents are theirs and stay as they are. */
export const lintFaults = (rooms: Rooms): readonly Fault[] => [
  ...[...rooms.lessons.entries, ...rooms.prompts.entries].flatMap((entry) =>
    wordFaults(entry, staffRules),
  ),
  ...rooms.surveys.entries.flatMap((entry) =>
    wordFaults(entry, { id: [...staffRules.id, calm], en: [...staffRules.en, calm] }),
  ),
  ...rooms.messages.entries.flatMap((entry) => wordFaults(entry, everyRules)),
  ...rooms.lessons.entries.flatMap(lessonFaults),
  ...rooms.lessons.entries.flatMap(claimFaults),
];

/** What makes a sentence a claim: a figure, a law, or somebody's word. */
const claims: Readonly<Record<Language, RegExp>> = {
  id: /\d|\b(?:undang-undang|peraturan (?:presiden|pemerintah|menteri)|pasal|surat edaran|menurut (?:artikel|penelitian|survei|peraturan))\b/i,
  en: /\d|\b(?:the (?:act|law|presidential regulation|circular)|article \d|according to|research shows|studies show)\b/i,
};

/** Our own advice claims nothing of the world: a sentence that does names its section as its source. */
const claimFaults = (entry: Entry<Lesson>): readonly Fault[] =>
  entry.value.sentences.flatMap((sentence, index) =>
    sentence.kind === 'source'
      ? []
      : languages.flatMap((language) => {
          const found = claims[language].exec(sentence.text[language])?.[0];
          return found === undefined
            ? []
            : [
                faultAt(entry, ['sentences', index, 'text', language], {
                  what: 'advice that claims a fact',
                  found,
                  allowed: 'kind: source with the section it cites, or advice without the claim',
                }),
              ];
        }),
  );

const word = (source: string): RegExp => new RegExp(`\\b(?:${source})\\b`, 'i');

/** Words decided for the product; a denial ("bukan anonim") may use the word it denies. */
const everyRules: Readonly<Record<Language, readonly Rule[]>> = {
  id: [
    { pattern: word('kamu|kalian'), say: 'Anda' },
    { pattern: /\banda\b/, say: 'Anda, with a capital' },
    { pattern: word('yuk|lo|gue|malas'), say: 'formal, warm words without blame' },
    { pattern: word('pelajaran hari ini'), say: 'kiat hari ini' },
    { pattern: word('gelombang'), say: 'periode survei' },
    { pattern: word('kuesioner|polling'), say: 'survei singkat' },
    {
      pattern: word('indeks resistensi'),
      say: 'hambatan kondisi, kekhawatiran terhadap perubahan',
    },
    { pattern: word('rencana tindak(?! lanjut)'), say: 'rencana tindak lanjut' },
    { pattern: word('faktor pendorong'), say: 'faktor terkait' },
    { pattern: word('rentang keyakinan'), say: 'selang kepercayaan' },
    { pattern: word('belum dapat dibedakan'), say: 'belum terlihat perubahan yang jelas' },
    {
      pattern: /disembunyikan \(n/i,
      say: 'tidak ditampilkan: jawaban terlalu sedikit',
    },
    {
      pattern: /minimal (?:5|lima) responden/i,
      say: 'sedikitnya 5 responden selain pembaca',
    },
    {
      pattern: word('AI tidak akan menggantikan Anda'),
      say: 'menurut artikel ini, AI dimaksudkan sebagai alat bantu',
    },
    {
      pattern: /(?<!\b(?:bukan|tidak|tanpa) )\banonim/i,
      say: 'dirahasiakan, and what it is not used for',
    },
    { pattern: word('online'), say: 'daring' },
    { pattern: word('offline'), say: 'luring' },
    { pattern: word('link'), say: 'tautan' },
    { pattern: word('download'), say: 'unduh' },
    { pattern: word('e-?mail'), say: 'surel' },
    { pattern: word('login'), say: 'masuk' },
    { pattern: word('reset'), say: 'setel ulang' },
  ],
  en: [
    {
      pattern: /(?<!\b(?:not|never) )\banonymous/i,
      say: 'confidential, and what it is not used for',
    },
    {
      pattern: word('AI will not replace you'),
      say: 'according to this article, AI is meant as an aid',
    },
  ],
};

/** To staff and leaders we name worries and obstacles; "resistensi" belongs to HR pages. */
const staffRules: typeof everyRules = {
  id: [...everyRules.id, { pattern: word('resistensi'), say: 'kekhawatiran dan hambatan' }],
  en: everyRules.en,
};

const calm: Rule = { pattern: /!/, say: 'no exclamation mark in a survey' };

/** The complaint service is spelt with an exclamation mark. */
const properNames = /SP4N-LAPOR!/g;

const wordFaults = (
  entry: Entry<unknown>,
  rules: Readonly<Record<Language, readonly Rule[]>>,
): readonly Fault[] =>
  spokenTexts(entry.value, []).flatMap(({ path, language, text }) => {
    const plain = text.replaceAll(properNames, 'SP4N-LAPOR');
    return rules[language].flatMap(({ pattern, say }) => {
      const found = pattern.exec(plain)?.[0];
      return found === undefined
        ? []
        : [faultAt(entry, path, { what: 'word or sign not used here', found, allowed: say })];
    });
  });

/** Every `{id, en}` pair below a value. */
const spokenTexts = (value: unknown, path: ValuePath): readonly Spoken[] => {
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields['id'] === 'string' && typeof fields['en'] === 'string') {
    return languages.map((language) => ({
      path: [...path, language],
      language,
      text: String(fields[language]),
    }));
  }
  return Array.isArray(value)
    ? value.flatMap((item, index) => spokenTexts(item, [...path, index]))
    : Object.entries(fields).flatMap(([key, field]) => spokenTexts(field, [...path, key]));
};

/** Words of a lesson's body: one phone screen, long enough to hold a thought. */
const bodyWords = { least: 60, most: 120 };

/** A choice of the case is a button, and a button's label may have 75 characters (Block Kit). */
const optionLength = 75;

const intentionForms: Readonly<Record<Language, Rule>> = {
  id: { pattern: /^Jika .+, maka saya .+/s, say: '"Jika …, maka saya …"' },
  en: { pattern: /^If .+, then I .+/s, say: '"If …, then I …"' },
};

const lessonFaults = (entry: Entry<Lesson>): readonly Fault[] => {
  const { quiz } = entry.value;
  const right = quiz.options.filter(({ correct }) => correct).length;
  return [
    ...languages.flatMap((language) => formFaults(entry, language)),
    ...(right === 1
      ? []
      : [
          faultAt(entry, ['quiz', 'options'], {
            what: 'right options of the case',
            found: String(right),
            allowed: 'exactly one',
          }),
        ]),
  ];
};

const formFaults = (entry: Entry<Lesson>, language: Language): readonly Fault[] => {
  const { sentences, intention, quiz } = entry.value;
  const words = countWords(sentences.map(({ text }) => text[language]).join(' '));
  const form = intentionForms[language];
  return [
    ...(words >= bodyWords.least && words <= bodyWords.most
      ? []
      : [
          faultAt(entry, ['sentences'], {
            what: `words of the lesson's sentences in ${language}`,
            found: String(words),
            allowed: `${bodyWords.least} to ${bodyWords.most}`,
          }),
        ]),
    ...(form.pattern.test(intention[language])
      ? []
      : [
          faultAt(entry, ['intention', language], {
            what: 'intention is not in if-then form',
            found: intention[language],
            allowed: form.say,
          }),
        ]),
    ...quiz.options.flatMap(({ text }, index) =>
      fits(text[language], optionLength)
        ? []
        : [
            faultAt(entry, ['quiz', 'options', index, 'text', language], {
              what: 'option is longer than a button',
              found: text[language],
              allowed: `at most ${optionLength} characters`,
            }),
          ],
    ),
  ];
};

/** Runs of signs between spaces that hold a letter or a digit. */
export const countWords = (text: string): number =>
  text.split(/\s+/).filter((run) => /[0-9A-Za-zÀ-ž]/.test(run)).length;
