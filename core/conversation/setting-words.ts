/** Settings as people type them: each is read as it was said or asked back; what cannot be read changes nothing. */
import type { Language } from '../language.ts';
import { kindWords } from './command-words.ts';

/** A setting to change, or the one that was meant but cannot be read. */
export type SettingWish =
  /** `atLeast`: no length was said, and so no longer pause is shortened. */
  | { readonly name: 'pause'; readonly days: number; readonly atLeast?: true }
  /** `weekday` is the last day of the pause, 1 = Monday to 7 = Sunday. */
  | { readonly name: 'pause-until'; readonly weekday: number }
  | { readonly name: 'frequency'; readonly perWeek: 1 | 3 | 5 }
  /** `zone` is the one that was named with the time. */
  | { readonly name: 'time'; readonly minute: number; readonly zone?: 'WIB' | 'WITA' | 'WIT' }
  | { readonly name: 'language'; readonly language: Language }
  | { readonly name: 'which-pause' | 'which-frequency' | 'which-time' | 'which-language' };

/** Longest pause a person can ask for, in days. */
export const longestPause = 92;

/** Tips a week that a person may choose, or null. */
export const readFrequency = (text: string): 1 | 3 | 5 | null =>
  ([1, 3, 5] as const).find((count) => String(count) === text) ?? null;

/** What the words of a text ask of a setting; null when they begin with none and are no pace either. */
export const readSetting = (words: readonly string[]): SettingWish | null => {
  const [first = '', ...rest] = words;
  return readers.get(first)?.(withoutKind(rest)) ?? readBarePace(withoutKind(words));
};

/** Behind a number "min" are minutes, and nobody who is addressed. */
const withoutKind = (words: readonly string[]): readonly string[] =>
  words.filter(
    (word, at) =>
      word !== 'dulu' &&
      (!kindWords.has(word) || (word === 'min' && isNumber(words[at - 1] ?? ''))),
  );

const readPause = (words: readonly string[]): SettingWish => {
  if (words.length === 0) return { name: 'pause', days: 7, atLeast: true };
  const rest = words.join(' ').replace(/^(?:selama|for) /u, '');
  const [, day = ''] =
    /^(?:sampai|hingga|until|till)(?: dengan)?(?: hari)? (\S+)$/u.exec(rest) ?? [];
  const weekday = weekdays.get(day);
  if (weekday !== undefined) return { name: 'pause-until', weekday };
  const days = spans.get(rest) ?? countedDays(rest);
  return days >= 1 && days <= longestPause ? { name: 'pause', days } : { name: 'which-pause' };
};

/** Days of "3", "3 hari", "tiga hari" or "2 weeks"; 0 when it says none. */
const countedDays = (text: string): number => {
  const [, digits, word = '', unit = ''] =
    /^(?:(\d{1,4})|(\p{L}+)(?= |$)) ?(\p{L}*)$/u.exec(text) ?? [];
  const count = digits === undefined ? numbers.get(word) : Number(digits);
  return (count ?? 0) * (unitDays.get(unit) ?? 0);
};

/** The days of a word or two without a number; a pause of one day is today. */
const spans: ReadonlyMap<string, number> = new Map([
  ['hari ini', 1],
  ['today', 1],
  ['sehari', 1],
  ['a day', 1],
  ['seminggu', 7],
  ['sepekan', 7],
  ['a week', 7],
  ['sebulan', 30],
  ['a month', 30],
]);

const unitDays: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['hari', 1],
  ['day', 1],
  ['days', 1],
  ['minggu', 7],
  ['pekan', 7],
  ['week', 7],
  ['weeks', 7],
  ['bulan', 30],
  ['month', 30],
  ['months', 30],
]);

/** Lists whose first words are 1. */
const counting = (...lists: readonly string[]): ReadonlyMap<string, number> =>
  new Map(lists.flatMap((list) => list.split(' ').map((word, at) => [word, at + 1] as const)));

const numbers = counting(
  'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh',
  'one two three four five six seven eight nine ten',
);

const weekdays = counting(
  'senin selasa rabu kamis jumat sabtu minggu',
  "senin selasa rabu kamis jum'at sabtu ahad",
  'monday tuesday wednesday thursday friday saturday sunday',
);

/** Whether words tell of days and of nothing else: "3 hari", "sampai Senin", "besok". */
export const namesDays = (words: readonly string[]): boolean =>
  words.every(
    (word) =>
      [dayWords, unitDays, weekdays, numbers, spans].some((list) => list.has(word)) ||
      /^\d{1,4}\p{L}*$/u.test(word),
  );

const dayWords: ReadonlySet<string> = new Set(
  'besok lusa tomorrow depan next sampai hingga until till dengan selama for'.split(' '),
);

/** "3", "tiga kali", "3x seminggu", "3 tips a week"; a number of weeks is none of tips. */
const readPace = (words: readonly string[]): SettingWish => {
  if (countsWeeks(words)) return { name: 'which-frequency' };
  const [count = '', ...others] = words.filter((word) => !paceWords.has(word));
  const told = numbers.get(count) ?? count.replace(/^(\d)x$/u, '$1');
  const perWeek = others.length > 0 ? null : readFrequency(String(told));
  return perWeek === null ? { name: 'which-frequency' } : { name: 'frequency', perWeek };
};

/** A pace without "frekuensi" before it: one number and the week, and nothing else; "minggu 3" is a week of the calendar. */
const readBarePace = (words: readonly string[]): SettingWish | null => {
  const others = words.filter((word) => !paceWords.has(word));
  const [count = ''] = others;
  const tells = others.length === 1 && (isNumber(count) || /^\dx$/u.test(count));
  return tells && words.some((word) => aWeek.has(word)) && !countsWeeks(words) && !namesWeek(words)
    ? readPace(words)
    : null;
};

/** "minggu 3", "tips week 5", but not "setiap minggu 3 kali". */
const namesWeek = (words: readonly string[]): boolean =>
  words.some(
    (word, at) =>
      isNumber(word) && weeks.has(words[at - 1] ?? '') && !counted.has(words[at + 1] ?? ''),
  );

/** "tiap 3 minggu", "3 weeks". */
const countsWeeks = (words: readonly string[]): boolean =>
  words.some(
    (word, at) =>
      isNumber(word) && (every.has(words[at - 1] ?? '') || weeks.has(words[at + 1] ?? '')),
  );

const isNumber = (word: string): boolean => numbers.has(word) || /^\d{1,4}$/u.test(word);

const every: ReadonlySet<string> = new Set(['tiap', 'setiap', 'per', 'each', 'every']);
const counted: ReadonlySet<string> = new Set(['kali', 'x', 'kiat', 'tip', 'tips', 'times']);
const weeks: ReadonlySet<string> = new Set(['minggu', 'pekan', 'week', 'weeks']);
const aWeek: ReadonlySet<string> = new Set([...weeks, 'seminggu', 'sepekan']);

/** Words around a number of tips a week; a day is none of them. */
const paceWords: ReadonlySet<string> = new Set(
  'kali x kiat per setiap tiap minggu pekan seminggu sepekan kerja tip tips time times a each every week working'.split(
    ' ',
  ),
);

/** "9", "09.15", "9:15", "9 pagi", "3 pm", "09.00 WIB": rounded down to the quarter-hour. */
const readTime = (words: readonly string[]): SettingWish => {
  const [, told, past = '0', part, zone] =
    /^(?:(?:pukul|at) )?(\d{1,2})(?:[.:](\d{2}))? ?(pagi|siang|sore|malam|am|pm|a\.m|p\.m)? ?(wib|wita|wit)?$/u.exec(
      words.join(' '),
    ) ?? [];
  const hour = told === undefined ? null : hourOf(Number(told), part?.replace('.', ''));
  if (hour === null || Number(past) > 59) return { name: 'which-time' };
  const minute = hour * 60 + Math.floor(Number(past) / 15) * 15;
  const named = (['WIB', 'WITA', 'WIT'] as const).find((name) => name.toLowerCase() === zone);
  return { name: 'time', minute, ...(named === undefined ? {} : { zone: named }) };
};

/** The hour of the day that is meant by a number with a part of the day beside it; null when there is none. */
const hourOf = (told: number, part: string | undefined): number | null => {
  if (told > 23) return null;
  if (part === undefined) return told;
  const [from, to] = partsOfDay.get(part) ?? [0, 0];
  const half = told % 12;
  const meant = told === 0 || told > 12 ? [told] : [half, half + 12];
  return meant.find((hour) => [hour, hour + 24].some((at) => from <= at && at < to)) ?? null;
};

/** The hours of a part of the day, the last one left out; none is longer than half a day, and a night passes midnight. */
const partsOfDay: ReadonlyMap<string, readonly [from: number, to: number]> = new Map([
  ['pagi', [1, 12]],
  ['siang', [10, 16]],
  ['sore', [14, 19]],
  ['malam', [18, 28]],
  ['am', [0, 12]],
  ['pm', [12, 24]],
]);

const readLanguage = (words: readonly string[]): SettingWish => {
  const language = languageWords.get(words.join(' '));
  return language === undefined ? { name: 'which-language' } : { name: 'language', language };
};

const languageWords: ReadonlyMap<string, Language> = new Map([
  ['id', 'id'],
  ['indonesia', 'id'],
  ['indonesian', 'id'],
  ['en', 'en'],
  ['inggris', 'en'],
  ['english', 'en'],
]);

/** Last, for a table is there only once its readers are. */
const readers: ReadonlyMap<string, (words: readonly string[]) => SettingWish> = new Map([
  ['jeda', readPause],
  ['pause', readPause],
  ['frekuensi', readPace],
  ['frequency', readPace],
  ['jam', readTime],
  ['pukul', readTime],
  ['time', readTime],
  ['bahasa', readLanguage],
  ['language', readLanguage],
]);
