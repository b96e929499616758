/** What a door shows of a survey's form at once, said here to a client that a door cannot answer. */
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Language } from '../../../core/language.ts';
import { readTicket } from '../../../core/survey/ballot/ticket.ts';
import { pulseClosed, pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { type Handling, type Reaction, reply } from './reaction.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;

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

const replace = (message: ChatMessage): Reaction => ({
  answer: { message, how: 'replace' },
  replan: false,
});
