/** Typed words and slash commands: understood in both languages, never stored. */
import type { Language } from '../language.ts';

export type Command =
  | { readonly name: PlainName | 'question' }
  | { readonly name: 'pause'; readonly days: number }
  | { readonly name: 'frequency'; readonly perWeek: 1 | 3 | 5 }
  | { readonly name: 'time'; readonly minute: number }
  | { readonly name: 'language'; readonly language: Language };

/** Longest pause a person can ask for, in days. */
export const longestPause = 92;

/** What a text asks for: a command of ours, help for greetings and the unknown, or a free question. */
export const readCommand = (text: string): Command => {
  const words = text
    .toLowerCase()
    .replace(/[?!.,]+$/u, '')
    .trim()
    .split(/[\s]+/u);
  const [first = '', second = '', third = ''] = words;
  if (text.trim() === '') return { name: 'help' };
  const plain = own(plainWords, words.join(' ')) ?? own(plainWords, first);
  if (plain !== undefined) return { name: plain };
  const rest = [second, third].join(' ').trim();
  return (
    withArgument(first, rest) ?? {
      name: words.length > 1 || isQuestion(text) ? 'question' : 'help',
    }
  );
};

/** Whether a text is one of our commands and nothing more, so that it can be told to somebody as such. */
export const isCommand = (text: string): boolean => {
  const whole = text.toLowerCase().trim();
  const [first = '', ...rest] = whole.split(/\s+/u);
  return own(plainWords, whole) !== undefined || withArgument(first, rest.join(' ')) !== null;
};

type PlainName =
  | 'help'
  | 'lesson'
  | 'later'
  | 'resume'
  | 'stop'
  | 'withdraw'
  | 'my-data'
  | 'rights'
  | 'why'
  | 'which-language';

/** What a list of words says of one, never what every object has from birth ("constructor"). */
const own = <Meaning>(
  list: Readonly<Record<string, Meaning>>,
  word: string,
): Meaning | undefined => (Object.hasOwn(list, word) ? list[word] : undefined);

const plainWords: Readonly<Record<string, PlainName>> = {
  bantuan: 'help',
  help: 'help',
  halo: 'help',
  hai: 'help',
  hi: 'help',
  hello: 'help',
  kiat: 'lesson',
  tip: 'lesson',
  'hari-ini': 'lesson',
  'hari ini': 'lesson',
  today: 'lesson',
  "today's tip": 'lesson',
  'today’s tip': 'lesson',
  tunda: 'later',
  later: 'later',
  mulai: 'resume',
  lanjut: 'resume',
  start: 'resume',
  resume: 'resume',
  berhenti: 'stop',
  hentikan: 'stop',
  stop: 'stop',
  hapus: 'withdraw',
  delete: 'withdraw',
  withdraw: 'withdraw',
  'data-saya': 'my-data',
  'data saya': 'my-data',
  'my-data': 'my-data',
  'my data': 'my-data',
  hak: 'rights',
  'hak saya': 'rights',
  rights: 'rights',
  'my rights': 'rights',
  mengapa: 'why',
  kenapa: 'why',
  why: 'why',
};

/** Tips a week that a person may choose, or null. */
export const readFrequency = (text: string): 1 | 3 | 5 | null =>
  ([1, 3, 5] as const).find((count) => String(count) === text) ?? null;

const withArgument = (first: string, rest: string): Command | null => {
  switch (first) {
    case 'jeda':
    case 'pause':
      return readPause(rest);
    case 'frekuensi':
    case 'frequency': {
      const perWeek = readFrequency(rest);
      return perWeek === null ? { name: 'help' } : { name: 'frequency', perWeek };
    }
    case 'jam':
    case 'time':
      return readTime(rest);
    case 'bahasa':
    case 'language': {
      if (rest === '') return { name: 'which-language' };
      const language = own(languageWords, rest);
      return language === undefined ? { name: 'help' } : { name: 'language', language };
    }
    default:
      return null;
  }
};

const languageWords: Readonly<Record<string, Language>> = {
  id: 'id',
  indonesia: 'id',
  indonesian: 'id',
  en: 'en',
  inggris: 'en',
  english: 'en',
};

/** "7", "1 minggu", "2 pekan", "1 bulan", "3 days": at most three months; a week when nothing is said. */
const readPause = (rest: string): Command => {
  const match = /^(\d{1,3})?\s*([a-z]*)$/u.exec(rest);
  const count = match?.[1] === undefined ? 1 : Number(match[1]);
  const unit = match?.[2] ?? '';
  const size = own(unitDays, unit === '' && match?.[1] === undefined ? 'week' : unit);
  const days = size === undefined ? 0 : count * size;
  return days >= 1 && days <= longestPause ? { name: 'pause', days } : { name: 'help' };
};

const unitDays: Readonly<Record<string, number>> = {
  '': 1,
  h: 1,
  hari: 1,
  day: 1,
  days: 1,
  minggu: 7,
  pekan: 7,
  week: 7,
  weeks: 7,
  m: 30,
  bulan: 30,
  month: 30,
  months: 30,
};

/** "9", "09.15", "9:15": rounded down to the quarter-hour. */
const readTime = (rest: string): Command => {
  const match = /^(\d{1,2})(?:[.:](\d{2}))?$/u.exec(rest);
  const hours = Number(match?.[1]);
  const minutes = Number(match?.[2] ?? '0');
  const valid = match !== null && hours < 24 && minutes < 60;
  return valid
    ? { name: 'time', minute: hours * 60 + Math.floor(minutes / 15) * 15 }
    : { name: 'help' };
};

const isQuestion = (text: string): boolean => text.trim().endsWith('?');
