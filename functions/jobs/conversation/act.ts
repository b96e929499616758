/** A pressed button: its effect on the person's progress, preferences or plan, and the answer in its message's place or below it. */

import type { Catalogue } from '../../../core/content/schema.ts';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import type { Command } from '../../../core/conversation/command.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { type ActionId, actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage, pauseDays } from '../../../core/conversation/notice.ts';
import { readActionValue } from '../../../core/conversation/values.ts';
import type { Language } from '../../../core/language.ts';
import { recallMessage } from '../../../core/learning/recall-message.ts';
import { type Progress, recordCommitment } from '../../../core/store/people/conversation.ts';
import { obeyCommand } from './command.ts';
import { goOn } from './delay.ts';
import { pressedCommand } from './home.ts';
import { newForm, pulsePress } from './pulse-press.ts';
import { type Handling, type Reaction, replace, reply, silent } from './reaction.ts';
import { skipPulse } from './skip-pulse.ts';
import { putOff } from './tip.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;

/** Applies the press and answers; a press whose lesson, choice or setting is gone is told so, for its door said that an answer comes. */
export const takeAction = async (handling: Handling, event: ActionEvent): Promise<Reaction> => {
  const command = commandOf(event);
  if (command !== null) return obeyCommand(handling, command, event.at);
  const form = pulsePress(handling, event);
  if (form !== null) return form;
  const act = acts[event.action];
  const read = readActionValue(event.value);
  if (act !== undefined && read !== null) return act(handling, event, read.pieces[0] ?? '');
  return onForm.has(event.action) ? silent : expired(handling);
};

/** Presses that their door has answered in full. */
const onForm: ReadonlySet<ActionId> = new Set([actionIds.openPulse, actionIds.submitPulse]);

/** Below the pressed message, whose words may still be needed. */
const expired = ({ context, person }: Handling): Reaction =>
  reply(noticeMessage(context.catalogue, person.language, { key: 'system.expired' }));

/** What a press says that can be typed as well. It is answered below its message, which the person may still need. */
const commandOf = (event: ActionEvent): Command | null => {
  const command = pressedCommand(event);
  // In a chat "Mulai lagi" stands on the word that nothing comes, and its answer takes that word's place.
  if (command?.name === 'resume' && event.target.home !== true) return null;
  // The "Jeda" of a lesson names the lesson and no days.
  const pauses = command === null && event.action === actionIds.pause;
  return pauses ? { name: 'pause', days: pauseDays, atLeast: true } : command;
};

/** The answer that stands in the pressed message's place. */
export const answered = (event: ActionEvent, catalogue: Catalogue): Reaction => {
  const message = answerNow(event, catalogue);
  return message === null ? silent : replace(message);
};

/** The answer to a press on a recalled lesson: its words may not come back into the chat. */
export const withdrawn = (catalogue: Catalogue, item: string, language: Language): Reaction =>
  overDoor(recallMessage(catalogue, item, language));

/** Replaces what a door that knew no better has said. */
const overDoor = (message: ChatMessage): Reaction => ({
  answer: { message, how: 'replace', overDoor: true },
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

type Act = (handling: Handling, event: ActionEvent, piece: string) => Promise<Reaction>;

const resume: Act = async (handling, event) => {
  const stopped = await goOn(handling, event.at);
  // A door has said already that messages go on.
  if (stopped !== null) return overDoor(stopped);
  return { ...answered(event, handling.context.catalogue), replan: true };
};

/** A tip that comes again leaves its place; one that does not stays, for it can be read nowhere else. */
const later: Act = async (handling, _event, lesson) => {
  const refusal = await putOff(handling, lesson);
  if (refusal !== null) return reply(refusal);
  const { context, person } = handling;
  return replace(noticeMessage(context.catalogue, person.language, { key: 'answer.later' }));
};

/** A leader's plan or deed, thanked for below the summary, whose figures and words for the meeting are still needed. */
const undertake: Act = async ({ context, trx, person }, { action, at }, prompt) => {
  const done = action === actionIds.done;
  await recordCommitment(trx, person.id, { prompt, at, done });
  const key = done ? 'answer.done' : 'answer.commit';
  return reply(noticeMessage(context.catalogue, person.language, { key }));
};

const skip: Act = async (handling, event, wave) => {
  await skipPulse(handling, wave);
  return answered(event, handling.context.catalogue);
};

/** What a press on a lesson of ours says is noted with the event itself (progressOf) and does not come here. */
const acts: Partial<Record<ActionId, Act>> = {
  [actionIds.later]: later,
  [actionIds.resume]: resume,
  [actionIds.commit]: undertake,
  [actionIds.done]: undertake,
  [actionIds.skipPulse]: skip,
  [actionIds.newLink]: (handling, _event, wave) => newForm(handling, wave),
};
