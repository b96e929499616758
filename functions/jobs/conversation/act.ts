/** A pressed button: its effect on the person's progress, preferences or plan, and the answer that replaces the message. */

import type { Catalogue } from '../../../core/content/schema.ts';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import { readFrequency } from '../../../core/conversation/command.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { type ActionId, actionIds } from '../../../core/conversation/message.ts';
import { pauseDays } from '../../../core/conversation/notice.ts';
import { readActionValue } from '../../../core/conversation/values.ts';
import type { Language } from '../../../core/language.ts';
import { recallMessage } from '../../../core/learning/recall-message.ts';
import {
  changeFrequency,
  changePreferences,
  type Progress,
  recordCommitment,
} from '../../../core/store/people/conversation.ts';
import { pulseClosed } from '../../../core/survey/pulse-message.ts';
import { askAgain } from '../words/compose-pulse.ts';
import { obeyCommand } from './command.ts';
import { goOn, pauseFor, postpone } from './delay.ts';
import { homeCommand } from './home.ts';
import { pulsePress } from './pulse-press.ts';
import { type Handling, type Reaction, reply, silent } from './reaction.ts';
import { skipPulse } from './skip-pulse.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;
type Effect = (
  handling: Handling,
  press: { readonly pieces: readonly string[]; readonly at: Date },
) => Promise<void>;

/** Applies the press and answers in place; a press that is none of ours is ignored. */
export const takeAction = async (handling: Handling, event: ActionEvent): Promise<Reaction> => {
  const command = homeCommand(event);
  if (command !== null) return obeyCommand(handling, command, event.at);
  if (event.action === actionIds.myData)
    return obeyCommand(handling, { name: 'my-data' }, event.at);
  const form = pulsePress(handling, event);
  if (form !== null) return form;
  const read = readActionValue(event.value);
  if (event.action === actionIds.newLink) return newLink(handling, read?.pieces[0] ?? '');
  const effect = effects[event.action];
  if (read === null || effect === undefined) return silent;
  await effect(handling, { pieces: read.pieces, at: event.at });
  return answered(event, handling.context.catalogue);
};

/** A new link below the message, for the one above it may have been used; kindly refused after the close. */
const newLink = async (handling: Handling, wave: string): Promise<Reaction> => {
  const { context, person } = handling;
  const message = await askAgain(handling, wave);
  return reply(message ?? pulseClosed(context.catalogue, person.language));
};

/** The answer that stands in the pressed message's place. */
export const answered = (event: ActionEvent, catalogue: Catalogue): Reaction => {
  const message = answerNow(event, catalogue);
  return {
    answer: message === null ? null : { message, how: 'replace' },
    replan: event.action === actionIds.resume || event.action === actionIds.frequency,
  };
};

/** The answer to a press on a recalled lesson: its words may not come back into the chat. */
export const withdrawn = (catalogue: Catalogue, item: string, language: Language): Reaction => ({
  answer: { message: recallMessage(catalogue, item, language), how: 'replace', overDoor: true },
  replan: false,
});

/** What a press on a lesson of the catalogue tells of progress; null for any other event. */
export const progressOf = (event: ChatEvent, catalogue: Catalogue): Progress | null => {
  if (event.kind !== 'action') return null;
  const [item = '', optionId = ''] = readActionValue(event.value)?.pieces ?? [];
  const lesson = catalogue.lessons.get(item);
  if (lesson === undefined) return null;
  if (event.action === actionIds.tryToday)
    return { item, state: 'committed', correct: null, at: event.at };
  const option = lesson.quiz.options.find(({ id }) => id === optionId);
  return event.action === actionIds.answerQuiz && option !== undefined
    ? { item, state: 'answered', correct: option.correct, at: event.at }
    : null;
};

const nothing: Effect = async () => undefined;

const effects: Partial<Record<ActionId, Effect>> = {
  // Noted with the event itself (progressOf); what names no lesson or option of ours has no effect.
  [actionIds.answerQuiz]: nothing,
  [actionIds.tryToday]: nothing,
  [actionIds.later]: async (handling, { pieces: [item = ''] }) => {
    if (handling.context.catalogue.lessons.has(item)) await postpone(handling, item);
  },
  [actionIds.frequency]: async ({ trx, person }, { pieces: [count = ''] }) => {
    const perWeek = readFrequency(count);
    if (perWeek !== null) await changeFrequency(trx, person.id, perWeek);
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
