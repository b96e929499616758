/** The answer to a press that needs no database: a Teams door gives it at once, Slack's after the queue. */

import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import { answeredLessonMessage, lessonMessage } from '../learning/lesson-message.ts';
import { readFrequency } from './command.ts';
import { type ActionId, actionIds, type ChatMessage } from './message.ts';
import { noticeMessage } from './notice.ts';
import { readActionValue } from './values.ts';

type Press = { readonly action: ActionId; readonly value: string };
type Answer = (press: {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly pieces: readonly string[];
}) => ChatMessage | null;

/** The message that replaces the pressed one, or null when the answer needs the person's data. */
export const answerNow = (press: Press, catalogue: Catalogue): ChatMessage | null => {
  const read = readActionValue(press.value);
  const answer = answers[press.action];
  return read === null || answer === undefined ? null : answer({ catalogue, ...read });
};

const notice =
  (key: string, buttons: Parameters<typeof noticeMessage>[2]['buttons'] = []): Answer =>
  ({ catalogue, language }) =>
    noticeMessage(catalogue, language, { key, buttons });

const answers: Partial<Record<ActionId, Answer>> = {
  [actionIds.answerQuiz]: ({ catalogue, language, pieces: [lessonId = '', optionId = ''] }) => {
    const lesson = catalogue.lessons.get(lessonId);
    const known = lesson?.quiz.options.some((option) => option.id === optionId);
    return lesson && known
      ? answeredLessonMessage(catalogue, lesson, { optionId, language })
      : null;
  },
  [actionIds.tryToday]: ({ catalogue, language, pieces: [lessonId = ''] }) => {
    const lesson = catalogue.lessons.get(lessonId);
    if (lesson === undefined) return null;
    const message = lessonMessage(catalogue, lesson, language);
    const say = sayIn(catalogue, language);
    return {
      ...message,
      parts: message.parts.map((part) =>
        part.type === 'actions' && part.actions.some(({ id }) => id === actionIds.tryToday)
          ? { type: 'context' as const, text: say('lesson.trying') }
          : part,
      ),
    };
  },
  [actionIds.later]: notice('answer.later'),
  [actionIds.frequency]: ({ catalogue, language, pieces: [count = ''] }) =>
    readFrequency(count) === null
      ? null
      : noticeMessage(catalogue, language, { key: 'answer.frequency', values: { count } }),
  [actionIds.pause]: notice('answer.pause', ['resume', 'help']),
  [actionIds.resume]: notice('answer.resume', ['help']),
  [actionIds.stop]: notice('answer.stop', ['resume', 'myData']),
  [actionIds.skipPulse]: notice('answer.skip-pulse'),
  [actionIds.help]: notice('answer.help', ['myData', 'pause', 'stop']),
  [actionIds.commit]: notice('answer.commit'),
  [actionIds.done]: notice('answer.done'),
};
