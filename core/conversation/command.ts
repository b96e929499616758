/** Typed words and slash commands: understood in both languages, never stored. */
import {
  asking,
  changing,
  company,
  courtesy,
  hellos,
  isWayOut,
  kindWords,
  onlyWords,
  own,
  type PlainName,
  plainWords,
  times,
  tipWords,
  wishes,
} from './command-words.ts';
import { namesDays, readSetting, type SettingWish } from './setting-words.ts';

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
  const leaving = words.some(isWayOut);
  // A wish to leave is not overlooked for what stands before it, and not taken for granted either.
  if (leaving && !isWayOut(words[0] ?? '')) return { name: 'unsure' };
  const named = namedBy(words);
  if (named !== undefined && !(asked && changing.has(named))) return { name: named };
  const command = asked ? null : (readSetting(words) ?? begunWith(words));
  if (command !== null) return command;
  if (leaving) return { name: 'unsure' };
  return { name: words.length > 1 || asked ? 'question' : 'help' };
};

const namedBy = (words: readonly string[]) =>
  own(plainWords, words.join(' ')) ?? own(plainWords, words.slice(0, 2).join(' ')) ?? why(words);

/** Whether a text is one of our commands and nothing more, so that it can be told to somebody as such. */
export const isCommand = (text: string): boolean => {
  const whole = text.toLowerCase().trim();
  const setting = readSetting(whole.split(/\s+/u));
  return (
    own(plainWords, whole) !== undefined || (setting !== null && !setting.name.startsWith('which-'))
  );
};

/** "Mengapa saya menerima ini?" asks for the reasons of our messages; "why does AI …" does not. */
const why = ([first = '', ...rest]: readonly string[]): 'why' | undefined =>
  own(plainWords, first) === 'why' && rest.some((word) => word === 'saya' || word === 'i')
    ? 'why'
    : undefined;

/** The command of the first word, when what follows it does not make it something else. */
const begunWith = ([first = '', ...rest]: readonly string[]): Command | null => {
  const name = own(plainWords, first);
  if (name === undefined) return null;
  const fitting = own(company, name);
  if (fitting === undefined) return rest.length < mostWords ? { name } : null;
  const others = rest.filter((word) => !kindWords.has(word) && !fitting.has(word));
  if (others.length === 0) return name === 'stop' && onlyTips(rest) ? null : { name };
  // A tip is put off for hours; whoever names days means a pause.
  return name === 'later' && namesDays(others) ? { name: 'which-pause' } : null;
};

const onlyTips = (words: readonly string[]): boolean =>
  words.some((word, at) => tipWords.has(word) && onlyWords.has(words[at + 1] ?? ''));

/** Words of a text in which a command at its beginning is still a command. */
const mostWords = 3;

/**
 * A text's words in small letters, without the marks and emoji that touch each; Slack spells an emoji as ":pray:". The
 * minus of a number stays, for "-3" is not 3.
 */
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(spelledEmoji, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(outerMarks, ''))
    .filter((word) => word !== '');

const spelledEmoji = /:(?:[a-z_-][\w+-]*|\+1|100):/gu;
const outerMarks = /^(?:(?!-\p{N})[^\p{L}\p{N}])+|[^\p{L}\p{M}\p{N}]+$/gu;

/** How many words at the beginning greet; what follows them counts as if it stood alone. */
const greetingIn = ([first = '', second = '']: readonly string[]): number => {
  if (wishes.has(first) && times.has(second)) return 2;
  return hellos.has(first) ? 1 : 0;
};

/** People often leave out the question mark; a "why" alone is a command. */
const isQuestion = (text: string, words: readonly string[]): boolean =>
  text.includes('?') || words.some((word) => asking.has(word));
