/** Typed words and slash commands: understood in both languages, never stored. */
import type { Language } from '../language.ts';

export type Command =
  /** `unsure`: about stopping or deleting, but no command; nothing is done without another word. */
  | { readonly name: PlainName | 'question' | 'unsure' }
  | { readonly name: 'pause'; readonly days: number }
  | { readonly name: 'frequency'; readonly perWeek: 1 | 3 | 5 }
  | { readonly name: 'time'; readonly minute: number }
  | { readonly name: 'language'; readonly language: Language };

/** Longest pause a person can ask for, in days. */
export const longestPause = 92;

/**
 * What a text asks for: a command of ours, help for greetings and the unknown, or a free question. A question changes
 * nothing, and neither does a text that merely begins with a command: what it may have meant is asked back.
 */
export const readCommand = (text: string): Command => {
  const words = wordsOf(text);
  const asked = isQuestion(text, words);
  const named =
    own(plainWords, words.join(' ')) ?? own(plainWords, words.slice(0, 2).join(' ')) ?? why(words);
  if (named !== undefined && !(asked && changing.has(named))) return { name: named };
  const command = asked ? null : (withArgument(words) ?? begunWith(words));
  if (command !== null) return command;
  if (words.some(isWayOut)) return { name: 'unsure' };
  return { name: words.length > 1 || asked ? 'question' : 'help' };
};

/** Whether a text is one of our commands and nothing more, so that it can be told to somebody as such. */
export const isCommand = (text: string): boolean => {
  const whole = text.toLowerCase().trim();
  return own(plainWords, whole) !== undefined || withArgument(whole.split(/\s+/u)) !== null;
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
  bahasa: 'which-language',
  language: 'which-language',
  mengapa: 'why',
  kenapa: 'why',
  why: 'why',
};

/** Commands after which something is another way than before. */
const changing: ReadonlySet<PlainName> = new Set(['later', 'resume', 'stop', 'withdraw']);

/** "Mengapa saya menerima ini?" asks for the reasons of our messages; "why does AI …" does not. */
const why = ([first = '', ...rest]: readonly string[]): 'why' | undefined =>
  own(plainWords, first) === 'why' && rest.some((word) => word === 'saya' || word === 'i')
    ? 'why'
    : undefined;

/** Whether a word is one of those with which people leave or take something back. */
const isWayOut = (word: string): boolean => {
  const name = own(plainWords, word);
  return name === 'stop' || name === 'withdraw';
};

/** The command of the first word, when what follows it does not make it something else. */
const begunWith = ([first = '', ...rest]: readonly string[]): Command | null => {
  const name = own(plainWords, first);
  if (name === undefined) return null;
  const meant = name === 'withdraw' || name === 'resume' ? company[name] : null;
  const fits = meant === null ? rest.length < mostWords : rest.every((word) => meant.has(word));
  return fits ? { name } : null;
};

/** Words of a text in which a command at its beginning is still a command. */
const mostWords = 3;

/** What may follow a command that cannot be undone, or that begins what a person had ended. */
const company: Readonly<Record<'withdraw' | 'resume', ReadonlySet<string>>> = {
  withdraw: new Set(
    'jawaban saya survei semua data sekarang ya my all the survey answer answers data now please'.split(
      ' ',
    ),
  ),
  resume: new Set(
    'lagi kembali kirim kiriman kiat pesan sekarang ya again sending messages tips now please'.split(
      ' ',
    ),
  ),
};

/** A text's words in small letters, without the quotation marks and stops around each and a "please" before them. */
const wordsOf = (text: string): readonly string[] => {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(/^["'“”„‘’«»(]+|["'“”„‘’«»).,;:!?…]+$/gu, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return courtesy.has(words[0] ?? '') ? words.slice(1) : words;
};

const courtesy: ReadonlySet<string> = new Set(['tolong', 'mohon', 'harap', 'please']);

/** People often leave out the question mark; a "why" alone is a command. */
const isQuestion = (text: string, words: readonly string[]): boolean =>
  text.includes('?') || words.some((word) => asking.has(word));

const asking: ReadonlySet<string> = new Set(
  'apa apakah bagaimana gimana kapan siapa berapa mana what how when who where which'.split(' '),
);

/** Tips a week that a person may choose, or null. */
export const readFrequency = (text: string): 1 | 3 | 5 | null =>
  ([1, 3, 5] as const).find((count) => String(count) === text) ?? null;

const withArgument = ([first, second = '', third = '']: readonly string[]): Command | null => {
  const rest = `${second} ${third}`.trim();
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
