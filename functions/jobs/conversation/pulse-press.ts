/** A survey's form as people ask for it: by a button that no door can answer, or with a word. */
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Language } from '../../../core/language.ts';
import { listWaves } from '../../../core/store/pulse/waves.ts';
import { readTicket } from '../../../core/survey/ballot/ticket.ts';
import { pulseClosed, pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { askAgain } from '../words/compose-pulse.ts';
import { heldLine } from './delay.ts';
import { type Handling, type Reaction, replace, reply } from './reaction.ts';
import { openAt } from './withdraw.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;

/**
 * "survei": the form of the open wave, or a new link to it. Whoever it did not invite hears what everybody hears while none
 * is open, and nobody hears whether they have answered.
 */
export const showSurvey = async (handling: Handling): Promise<Reaction> => {
  const { context, person, trx, now } = handling;
  const wave = openAt(await listWaves(trx), now);
  const form = wave === null ? null : await askAgain(handling, wave.id);
  if (form !== null) return reply(form);
  const below = await heldLine(handling);
  return reply(noticeMessage(context.catalogue, person.language, { key: 'pulse.none', below }));
};

/** The form or a new link below the message that asks for it, which may be used up; kindly refused after the close. */
export const newForm = async (handling: Handling, wave: string): Promise<Reaction> => {
  const { context, person } = handling;
  const form = await askAgain(handling, wave);
  return reply(form ?? pulseClosed(context.catalogue, person.language));
};

/** The answer to opening a form, or to sending one without answers; null for any other press, or one a door answers. */
export const pulsePress = (
  { context, person, now }: Handling,
  { action, value, target }: ActionEvent,
): Reaction | null => {
  const onForm = action === actionIds.openPulse || action === actionIds.submitPulse;
  if (!onForm || target.unanswered !== true) return null;
  const { catalogue, ticketKey } = context;
  const read = readTicket(value, ticketKey, now);
  if (read.state === 'forged')
    return replace(noticeMessage(catalogue, person.language, { key: 'system.expired' }));
  const { ticket } = read;
  if (read.state !== 'open') return replace(pulseClosed(catalogue, ticket.language));
  return action === actionIds.openPulse
    ? replace(pulseInvitation(catalogue, { signed: value, ticket }))
    : reply(emptyForm(catalogue, ticket.language));
};

/** Below the form, in which something may stand that did not come with it. */
const emptyForm = (catalogue: Catalogue, language: Language): ChatMessage => {
  const say = sayIn(catalogue, language);
  const text = say('teams.empty-form');
  return {
    kind: 'notice',
    language,
    title: say('pulse.form-title'),
    text,
    parts: [{ type: 'paragraph', text }],
  };
};
