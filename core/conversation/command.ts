/** Typed words and slash commands: understood in both languages, never stored. */
import { readSetting, type SettingWish } from './setting-words.ts';

export type Command =
  /** `unsure`: about stopping or deleting, but no command; nothing is done without another word. */
  { readonly name: PlainName | 'question' | 'unsure' } | SettingWish;

/**
 * What a text asks for: a command of ours, help for greetings and the unknown, or a free question. A question changes
 * nothing, and neither does a text that merely begins with a command: what it may have meant is asked back.
 */
export const readCommand = (text: string): Command => {
  const words = wordsOf(text);
  const asked = isQuestion(text, words);
  const greeting = greetingIn(words);
  const rest = words.slice(greeting);
  const meant = readWords(courtesy.has(rest[0] ?? '') ? rest.slice(1) : rest, asked);
  const greets = greeting > 0 && rest.length < (asked ? 1 : mostWords);
  return greets && meant.name === 'question' ? { name: 'help' } : meant;
};

const readWords = (words: readonly string[], asked: boolean): Command => {
  const named =
    own(plainWords, words.join(' ')) ?? own(plainWords, words.slice(0, 2).join(' ')) ?? why(words);
  if (named !== undefined && !(asked && changing.has(named))) return { name: named };
  const command = asked ? null : (readSetting(words) ?? begunWith(words));
  if (command !== null) return command;
  if (words.some(isWayOut)) return { name: 'unsure' };
  return { name: words.length > 1 || asked ? 'question' : 'help' };
};

/** Whether a text is one of our commands and nothing more, so that it can be told to somebody as such. */
export const isCommand = (text: string): boolean => {
  const whole = text.toLowerCase().trim();
  const setting = readSetting(whole.split(/\s+/u));
  return (
    own(plainWords, whole) !== undefined || (setting !== null && !setting.name.startsWith('which-'))
  );
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
  | 'survey';

/** What a list of words says of one, never what every object has from birth ("constructor"). */
const own = <Meaning>(
  list: Readonly<Record<string, Meaning>>,
  word: string,
): Meaning | undefined => (Object.hasOwn(list, word) ? list[word] : undefined);

const plainWords: Readonly<Record<string, PlainName | 'which-language'>> = {
  bantuan: 'help',
  help: 'help',
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
  survei: 'survey',
  survey: 'survey',
  bahasa: 'which-language',
  language: 'which-language',
  mengapa: 'why',
  kenapa: 'why',
  why: 'why',
};

/** Commands after which something is another way than before. */
const changing: ReadonlySet<string> = new Set(['later', 'resume', 'stop', 'withdraw']);

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
  // A wish to leave is not overlooked for a harmless word before it.
  if (name === undefined || (!isWayOut(first) && rest.some(isWayOut))) return null;
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

/** A text's words in small letters, without the quotation marks and stops around each. */
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(/^["'“”„‘’«»(]+|["'“”„‘’«»).,;:!?…]+$/gu, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

const courtesy: ReadonlySet<string> = new Set(['tolong', 'mohon', 'harap', 'please']);

/** How many words at the beginning greet; what follows them counts as if it stood alone. */
const greetingIn = ([first = '', second = '']: readonly string[]): number => {
  if (wishes.has(first) && times.has(second)) return 2;
  return hellos.has(first) ? 1 : 0;
};

const hellos: ReadonlySet<string> = new Set(['halo', 'hai', 'hi', 'hello']);
const wishes: ReadonlySet<string> = new Set(['selamat', 'good']);
const times: ReadonlySet<string> = new Set(
  'pagi siang sore malam morning afternoon evening'.split(' '),
);

/** People often leave out the question mark; a "why" alone is a command. */
const isQuestion = (text: string, words: readonly string[]): boolean =>
  text.includes('?') || words.some((word) => asking.has(word));

const asking: ReadonlySet<string> = new Set(
  'apa apakah bagaimana gimana kapan siapa berapa mana what how when who where which'.split(' '),
);
