/** How Indonesian regulations number themselves: BAB, Bagian, Paragraf, Pasal, diktum; English ones by chapter and article. */

/** A heading of a regulation; `rest` is the text that follows on the same line. */
export type Numbered = {
  readonly level: number;
  readonly text: string;
  /** True when the heading's title stands on the next line. */
  readonly titleFollows: boolean;
  readonly rest: string;
};

type Rule = { readonly pattern: RegExp; readonly level: number; readonly titled: boolean };

const ordinals =
  'Kesatu|Pertama|Kedua|Ketiga|Keempat|Kelima|Keenam|Ketujuh|Kedelapan|Kesembilan|Kesepuluh';

const rules: readonly Rule[] = [
  { pattern: /^(BAB\s+[IVXLC]+[A-Z]?)(?:\s*[-–:.]?\s+(\S.*))?$/u, level: 1, titled: true },
  { pattern: /^(CHAPTER\s+(?:[IVXLC]+|\d+))(?:\s*[-–:.]?\s+(\S.*))?$/iu, level: 1, titled: true },
  { pattern: /^(MEMUTUSKAN)\s*:?()$/u, level: 3, titled: false },
  { pattern: /^(PENJELASAN|LAMPIRAN(?:\s+[IVXLC]+)?)$/u, level: 1, titled: false },
  {
    pattern: new RegExp(`^(Bagian\\s+(?:${ordinals}))(?:\\s+(\\S.*))?$`, 'iu'),
    level: 2,
    titled: true,
  },
  { pattern: /^(Paragraf\s+\d+)(?:\s+(\S.*))?$/u, level: 3, titled: true },
  { pattern: /^(Pasal\s+(?:\d+[A-Z]*|[IVX]+))()$/iu, level: 4, titled: false },
  { pattern: /^(Article\s+\d+[A-Z]?)(?:\s*[-–:.]\s*([^.]{3,80}))?$/u, level: 4, titled: true },
];

const opening = /^(Menimbang|Mengingat|Memperhatikan|Menetapkan)\s*:\s*(.*)$/isu;
const diktum = new RegExp(`^(${ordinals.toUpperCase()})\\s*:\\s*(.+)$`, 'su');
const article = /^(?:Pasal\s+\d+[A-Z]*|Article\s+\d+[A-Z]?(?:\s*[-–:.]\s*\S.*)?)$/iu;
const unfinished =
  /\b(?:dalam|pada|dan|atau|dengan|dari|ketentuan|ayat|huruf|in|of|under|and|or|to)$/iu;

/** True when a text counts its articles, so that its other short lines are no headings. */
export const isRegulation = (lines: readonly string[]): boolean =>
  lines.filter((line) => article.test(line.trim())).length >= 2 ||
  lines.filter((line) => diktum.test(line.trim())).length >= 2;

/** True for a text that ends in the middle of a reference: "sebagaimana dimaksud dalam". */
export const isUnfinished = (text: string): boolean => unfinished.test(text.trim());

/** The heading that a line of a regulation is; `before` is the line above, which may run on into it. */
export const numberedHeading = (line: string, before: string): Numbered | null => {
  for (const { pattern, level, titled } of rules) {
    const found = pattern.exec(line);
    if (found === null) continue;
    // "… sebagaimana dimaksud dalam" above: the line goes on with a reference.
    if (isUnfinished(before)) return null;
    const title = found[2] ?? '';
    const text = [found[1] ?? '', title].filter((part) => part !== '').join(' ');
    return {
      level,
      text: text.replace(/\s+/g, ' '),
      titleFollows: titled && title === '',
      rest: '',
    };
  }
  const named = opening.exec(line) ?? diktum.exec(line);
  return named === null
    ? null
    : { level: 4, text: named[1] ?? '', titleFollows: false, rest: (named[2] ?? '').trim() };
};

/** The lines that name a regulation, above its preamble; they make its title. */
export const isNaming = (line: string): boolean =>
  /^[^\p{Ll}]{3,}$/u.test(line) && !notNaming.test(line);

const notNaming = new RegExp(
  `^(DENGAN RAHMAT|MEMUTUSKAN|BAB\\b|SALINAN|PENJELASAN|MENIMBANG|MENGINGAT|MENETAPKAN|PASAL|CHAPTER|${ordinals.toUpperCase()})`,
  'u',
);

const instruments = 'UNDANG-UNDANG|PERATURAN|KEPUTUSAN|SURAT EDARAN|INSTRUKSI';
const nameBegins = new RegExp(`^(?:${instruments})\\b`, 'u');
const wholeName = new RegExp(`^(?:${instruments})\\b[^.:;]* nomor [^.:;]+ tentang [^.:;]+$`, 'iu');

/** The line that begins the name of a legal instrument. */
export const beginsName = (line: string): boolean => nameBegins.test(line) && isNaming(line);

/** A line that is the whole name of a legal instrument, with its number and matter, in whatever letters. */
export const isWholeName = (line: string): boolean => line.length <= 300 && wholeName.test(line);

/** Numbers of articles between the first and the last one that no section has: a scan misread them, or a page is missing. */
export const missingArticles = (ids: readonly string[]): readonly number[] => {
  const found = new Set(
    ids.flatMap((id) => /^(?:pasal|article)-(\d+)$/.exec(id)?.[1] ?? []).map(Number),
  );
  const last = Math.max(0, ...found);
  // An amendment quotes a few articles of another law; its gaps say nothing.
  if (found.size * 2 < last) return [];
  return Array.from({ length: last }, (_, at) => at + 1).filter((number) => !found.has(number));
};
