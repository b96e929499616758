/** Short plain messages of the bot: confirmations, help, answers to typed words. */

import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import { asSentence, wholeSentences } from './clip.ts';
import { type Action, actionIds, type ChatMessage, type Part } from './message.ts';
import { actionValue } from './values.ts';

/** Buttons a notice can carry, by the name of their action. */
export type NoticeButton = 'help' | 'myData' | 'pause' | 'resume' | 'rights' | 'stop';

/** A notice from the catalogue: `key.title` and `key.text`, with what is said `below` them and the named buttons. */
export const noticeMessage = (
  catalogue: Catalogue,
  language: Language,
  notice: {
    readonly key: string;
    readonly values?: Readonly<Record<string, string | number>>;
    readonly below?: string | null;
    readonly buttons?: readonly NoticeButton[];
  },
): ChatMessage => {
  const say = sayIn(catalogue, language);
  const title = say(`${notice.key}.title`, notice.values);
  const body = say(`${notice.key}.text`, notice.values);
  const buttons = noticeButtons(catalogue, language, notice.buttons ?? []);
  const paragraphs = [...body.split('\n'), notice.below ?? ''].filter((line) => line.trim() !== '');
  const parts: readonly Part[] = [
    ...paragraphs.map((text): Part => ({ type: 'paragraph', text: text.trim() })),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, actions: buttons }] : []),
  ];
  return {
    kind: 'notice',
    language,
    title,
    text: wholeSentences(`${asSentence(title)} ${paragraphs.join(' ')}`, toastLength),
    parts,
  };
};

/** Code points of a toast; a chat may put its command before the words to type, and shows 300. */
const toastLength = 260;

/** The named buttons in one language. */
export const noticeButtons = (
  catalogue: Catalogue,
  language: Language,
  names: readonly NoticeButton[],
): readonly Action[] =>
  names.map((name) => ({
    id: actionIds[name],
    label: sayIn(catalogue, language)(`button.${name}`),
    value: actionValue(language, ...(name === 'pause' ? [String(pauseDays)] : [])),
  }));

/** Length of the pause behind the "Jeda" button, in days; the command takes any length. */
export const pauseDays = 7;
