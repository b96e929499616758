/** The answer to a press that changes its message and needs no database: a Teams door gives it at once, Slack's after the queue. */

import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';
import { pressedLesson, readLessonPress } from '../learning/lesson-message.ts';
import { pulseSkipped } from '../survey/pulse-message.ts';
import { type ActionId, actionIds, type ChatMessage } from './message.ts';
import { noticeMessage } from './notice.ts';
import { readActionValue } from './values.ts';

type Press = { readonly action: ActionId; readonly value: string };
type Answer = (press: {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly pieces: readonly string[];
}) => ChatMessage | null;

/** The message that replaces the pressed one, or null when that one stays or the answer needs the person's data. */
export const answerNow = (press: Press, catalogue: Catalogue): ChatMessage | null => {
  const read = readActionValue(press.value);
  const answer = answers[press.action];
  return read === null || answer === undefined ? null : answer({ catalogue, ...read });
};

const onLesson =
  (act: Parameters<typeof readLessonPress>[1]): Answer =>
  ({ catalogue, language, pieces }) => {
    const read = readLessonPress(catalogue, act, pieces);
    return read && pressedLesson(catalogue, read.lesson, { ...read, language });
  };

/** Only what the person may not need any more is replaced, or what stands again in the message that replaces it. */
const answers: Partial<Record<ActionId, Answer>> = {
  [actionIds.answerQuiz]: onLesson('answerQuiz'),
  [actionIds.tryToday]: onLesson('tryToday'),
  [actionIds.resume]: ({ catalogue, language }) =>
    noticeMessage(catalogue, language, { key: 'answer.resume', buttons: ['help'] }),
  [actionIds.skipPulse]: ({ catalogue, language, pieces: [wave = ''] }) =>
    pulseSkipped(catalogue, { language, wave }),
};
