/** Names of the roster in a comment: whole names, parts of them, and whoever follows "Pak" or "Bu". */
import type { Catalogue } from '../../content/schema.ts';

/** Which words of a roster are names; ordinary words among them ("Indah", "Hari") only where they are used as names. */
export type Names = {
  /** Of three letters and more: each names somebody. */
  readonly parts: ReadonlySet<string>;
  /** Two words of one name, one of them of two letters, which names somebody only beside the other. */
  readonly pairs: ReadonlySet<string>;
  /** Lower-case words that also mean something else. */
  readonly ordinary: ReadonlySet<string>;
};

/** The names without titles; `ordinary` are words as texts of ours use them. */
export const namesOf = (people: Iterable<string>, ordinary: ReadonlySet<string>): Names => {
  const parts = new Set<string>();
  const pairs = new Set<string>();
  for (const name of people) {
    for (const part of wordsOf(name)) if (part.length >= 3 && !titles.has(part)) parts.add(part);
    for (const pair of shortPairs(name)) pairs.add(pair);
  }
  return { parts, pairs, ordinary: new Set([...ordinary, ...alsoNames]) };
};

/** "Li Yu": what follows the first comma is a degree. */
const shortPairs = (name: string): readonly string[] => {
  const [whole = ''] = name.split(',');
  const words = wordsOf(whole).filter(
    (word) => word.length >= 2 && !titles.has(word) && !addresses.has(word),
  );
  if (words.every((word) => word.length > 2)) return [];
  return words.flatMap((one, at) =>
    words.slice(at + 1).flatMap((other) => (isShort(one, other) ? [pairOf(one, other)] : [])),
  );
};

const isShort = (...words: readonly string[]): boolean => words.some((word) => word.length === 2);

/** The same in whichever order the two stand. */
const pairOf = (one: string, other: string): string => [one, other].sort().join(' ');

/** The words of a text in lower case. */
export const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? [];

/** Words that our own texts write small: whoever bears one as a name is told by a capital or a "Pak" only. */
export const ordinaryWords = (
  catalogue: Pick<Catalogue, 'messages' | 'lessons' | 'survey'>,
): ReadonlySet<string> => {
  const texts = [
    ...catalogue.messages.values(),
    ...[...catalogue.lessons.values()].flatMap(({ sentences }) =>
      sentences.map(({ text }) => text),
    ),
    ...catalogue.survey.items.map(({ text }) => text),
    ...Object.values(catalogue.survey.comment.keywords),
  ];
  return new Set(
    texts.flatMap(
      ({ id, en }) => `${id} ${en}`.match(/(?<![\p{L}\p{M}'’])\p{Ll}[\p{L}\p{M}'’]*/gu) ?? [],
    ),
  );
};

/** What stands in a comment for a name. */
export const nameMark = '[nama]';

/** The text with every name taken out; several in a row leave one mark. */
export const withoutNames = (text: string, names: Names): string => {
  const words = [...text.matchAll(/\[(?:nama|nomor|surel|tautan|NIP|NIK)\]|[\p{L}\p{M}'’]+/gu)]
    // A mark of ours is no word.
    .filter(([found]) => !found.startsWith('['))
    .map((match): Word => ({ text: match[0], from: match.index, spelled: false }));
  const all = joinSpelled(text, words);
  const marks = all.map((word, at) => isName(text, { word, before: all[at - 1] }, names));
  markPairs(text, { all, marks }, names);
  spread(text, { all, marks }, names);
  let out = '';
  let end = 0;
  for (const [at, word] of all.entries()) {
    if (!marks[at]) continue;
    out += text.slice(end, word.from) + nameMark;
    end = word.from + word.text.length;
  }
  return (out + text.slice(end)).replace(/\[nama\](?:[\s.,'’-]*\[nama\])+/g, nameMark);
};

type Word = { readonly text: string; readonly from: number; readonly spelled: boolean };

/** "B u d i" and "B.u.d.i" are read as one word. */
const joinSpelled = (text: string, words: readonly Word[]): readonly Word[] => {
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const single = [...word.text].length === 1;
    const gap = last === undefined ? '' : text.slice(last.from + last.text.length, word.from);
    const goesOn = last !== undefined && single && /^[ .\-_·]{1,2}$/.test(gap);
    if (goesOn && (last.spelled || [...last.text].length === 1))
      joined[joined.length - 1] = {
        text: text.slice(last.from, word.from + word.text.length),
        from: last.from,
        spelled: true,
      };
    else joined.push(word);
  }
  return joined;
};

const isName = (
  text: string,
  { word, before }: { readonly word: Word; readonly before: Word | undefined },
  { parts, ordinary }: Names,
): boolean => {
  const plain = word.text.toLowerCase().replace(/[ .\-_·]/g, '');
  const capital = isCapital(word);
  const known = parts.has(plain) || parts.has(plain.replace(/['’]?(nya|s)$/, ''));
  if (before !== undefined && isAddress(text, before, word))
    return known || capital || !ordinary.has(plain);
  if (!known) return false;
  return !ordinary.has(plain) || (capital && !startsSentence(text, word));
};

/** "Pak", "Bu" and their like, right before a word. */
const isAddress = (text: string, before: Word, word: Word): boolean =>
  addresses.has(before.text.toLowerCase()) &&
  !addresses.has(word.text.toLowerCase()) &&
  /^[\s.]{1,3}$/.test(text.slice(before.from + before.text.length, word.from));

const startsSentence = (text: string, { from }: Word): boolean =>
  /(?:^|[.!?:\n]\s*|["“(•*-]\s*)$/u.test(text.slice(0, from));

const isCapital = ({ text }: Word): boolean => /^\p{Lu}/u.test(text);

type Marked = { readonly all: readonly Word[]; readonly marks: boolean[] };

/** "Li Yu", and "li yu" where neither is an ordinary word; a two-letter word elsewhere is nobody. */
const markPairs = (text: string, { all, marks }: Marked, { pairs, ordinary }: Names): void => {
  for (const [at, right] of all.entries()) {
    const left = all[at - 1];
    if (left === undefined || !touches(text, left, right)) continue;
    const both = [left, right].map((word) => word.text.toLowerCase());
    const [one = '', other = ''] = both.map((word) => word.replace(/['’]s$|(?<=..)['’]?nya$/, ''));
    if (!pairs.has(pairOf(one, other))) continue;
    if (![left, right].every(isCapital) && (ordinary.has(one) || ordinary.has(other))) continue;
    marks[at - 1] = true;
    marks[at] = true;
  }
};

const touches = (text: string, left: Word, right: Word): boolean =>
  /^[\s.'’-]{1,2}$/.test(text.slice(left.from + left.text.length, right.from));

/** An ordinary word that is a name as well is one beside a name: "Adi setia". */
const spread = (text: string, { all, marks }: Marked, { parts }: Names): void => {
  const spreadTo = (at: number, from: number): void => {
    const [word, other] = [all[at], all[from]];
    if (word === undefined || other === undefined || marks[at] || !marks[from]) return;
    const [left, right] = at < from ? [word, other] : [other, word];
    if (parts.has(word.text.toLowerCase()) && touches(text, left, right)) marks[at] = true;
  };
  for (let at = 1; at < all.length; at += 1) spreadTo(at, at - 1);
  for (let at = all.length - 2; at >= 0; at -= 1) spreadTo(at, at + 1);
};

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const addresses = setOf(
  'pak bapak bpk bu ibu mas mbak mba bang kang teh kak kakak sdr sdri saudara saudari mr mrs ms',
);

/** Titles and degrees that stand in rosters; alone they name nobody. */
const titles = setOf(
  'dr ir hj drs dra prof hajah haji amd mkn mkom skom mpd spd msi ssi mhum shum mkes ses skm mba phd msc bsc llm',
);

/** Words of daily use that are names as well; the words of our own texts come on top. */
const alsoNames = setOf(
  `adil aman anggun arif bakti bijak bintang bulan cahaya damai dan dewi embun fajar gembira guru hadiah
  harapan hari hidayah hikmah ikhlas ilham iman indah intan jaya jujur kasih langit laut lestari maju
  makmur mawar melati mentari merdeka muda mulia murni mutiara nilam nikmat nur pelita permata pertama
  putih putra putri rahmat raja ratu rezeki sabar sakti santoso sari sehat sejati sentosa setia sinar
  sri sukses surya taufik tegar teguh terang utama utami wahyu wati yang`,
);
