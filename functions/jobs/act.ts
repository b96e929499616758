/** A pressed button: its effect on the person's progress, preferences or plan, and the answer that replaces the message. */
import { answerNow } from '../../core/conversation/answer-now.ts';
import type { ChatEvent } from '../../core/conversation/event.ts';
import { type ActionId, actionIds } from '../../core/conversation/message.ts';
import { pauseDays } from '../../core/conversation/notice.ts';
import { readActionValue } from '../../core/conversation/values.ts';
import {
  changePreferences,
  recordCommitment,
  recordProgress,
} from '../../core/store/conversation.ts';
import { obeyCommand } from './command.ts';
import { goOn, pauseFor, postpone } from './delay.ts';
import { type Handling, type Reaction, silent } from './reaction.ts';
import { skipPulse } from './skip-pulse.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;
type Effect = (
  handling: Handling,
  press: { readonly pieces: readonly string[]; readonly at: Date },
) => Promise<void>;

/** Applies the press and answers in place; a press that is none of ours is ignored. */
export const takeAction = async (handling: Handling, event: ActionEvent): Promise<Reaction> => {
  if (event.action === actionIds.myData) return obeyCommand(handling, { name: 'my-data' });
  const read = readActionValue(event.value);
  const effect = effects[event.action];
  if (read === null || effect === undefined) return silent;
  await effect(handling, { pieces: read.pieces, at: event.at });
  const message = answerNow(event, handling.context.catalogue);
  return {
    answer: message === null ? null : { message, how: 'replace' },
    replan: event.action === actionIds.resume,
  };
};

const nothing: Effect = async () => undefined;

const effects: Partial<Record<ActionId, Effect>> = {
  [actionIds.answerQuiz]: async ({ context, trx, person }, { pieces, at }) => {
    const [lessonId = '', optionId = ''] = pieces;
    const option = context.catalogue.lessons
      .get(lessonId)
      ?.quiz.options.find(({ id }) => id === optionId);
    if (option === undefined) return;
    await recordProgress(trx, person.id, {
      item: lessonId,
      state: 'answered',
      correct: option.correct,
      at,
    });
  },
  [actionIds.tryToday]: async ({ context, trx, person }, { pieces: [item = ''], at }) => {
    if (!context.catalogue.lessons.has(item)) return;
    await recordProgress(trx, person.id, { item, state: 'committed', correct: null, at });
  },
  [actionIds.later]: async (handling, { pieces: [item = ''] }) => {
    if (handling.context.catalogue.lessons.has(item)) await postpone(handling, item);
  },
  [actionIds.pause]: async (handling, { pieces: [days] }) => {
    const length = Number(days);
    await pauseFor(handling, Number.isInteger(length) && length > 0 ? length : pauseDays);
  },
  [actionIds.resume]: goOn,
  [actionIds.stop]: async ({ trx, person, now }) => {
    await changePreferences(trx, person.id, { stopped_at: now });
  },
  [actionIds.commit]: ({ trx, person }, { pieces: [prompt = ''], at }) =>
    recordCommitment(trx, person.id, { prompt, at, done: false }),
  [actionIds.done]: ({ trx, person }, { pieces: [prompt = ''], at }) =>
    recordCommitment(trx, person.id, { prompt, at, done: true }),
  [actionIds.help]: nothing,
  [actionIds.skipPulse]: (handling, { pieces: [wave = ''] }) => skipPulse(handling, wave),
};
