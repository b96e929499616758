/** The pulse on the agency's own page, as chat tells of it: a personal link, the way to a new one, the way out. */
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { wholeSentences } from '../conversation/clip.ts';
import { type Action, actionIds, type ChatMessage, type Part } from '../conversation/message.ts';
import { noticeMessage } from '../conversation/notice.ts';
import { actionValue } from '../conversation/values.ts';
import type { Language } from '../language.ts';
import { otherRespondents } from '../results/threshold.ts';
import type { Ticket } from './ballot/ticket.ts';
import { privacyLine } from './privacy-notice.ts';
import { closesOn } from './pulse-message.ts';

/** A form and the personal address at which it stands. */
type Linked = { readonly ticket: Ticket; readonly url: string };

/** The invitation: what it is for, what this way of answering means, until when, and the link. */
export const linkInvitation = (catalogue: Catalogue, linked: Linked): ChatMessage =>
  asking(catalogue, linked, 'invitation');

/** A reminder with a link of its own; sent only to people without a ballot. */
export const linkReminder = (catalogue: Catalogue, linked: Linked): ChatMessage =>
  asking(catalogue, linked, 'reminder');

/** A new link on request: what is sent through it replaces all earlier answers. */
export const freshLink = (catalogue: Catalogue, { ticket, url }: Linked): ChatMessage => {
  const { language, wave } = ticket;
  const say = sayIn(catalogue, language);
  const title = say('pulse.link.title');
  const text = say('pulse.link.text', { date: closesOn(ticket) });
  return {
    kind: 'pulse-invitation',
    language,
    title,
    text: wholeSentences(`${title}. ${text}`, 300),
    parts: [
      { type: 'paragraph', text },
      { type: 'context', text: say('pulse.link.once') },
      { type: 'link', label: say('button.openBallot'), url },
      { type: 'actions', actions: [newLink(catalogue, language, wave)] },
    ],
  };
};

/** What was sent through a used link is not counted: said kindly, with the way to a new one. */
export const linkUsed = (
  catalogue: Catalogue,
  { language, wave }: Pick<Ticket, 'language' | 'wave'>,
): ChatMessage => {
  const notice = noticeMessage(catalogue, language, { key: 'pulse.link.used' });
  const action = newLink(catalogue, language, wave);
  return { ...notice, parts: [...notice.parts, { type: 'actions', actions: [action] }] };
};

const asking = (
  catalogue: Catalogue,
  { ticket, url }: Linked,
  what: 'invitation' | 'reminder',
): ChatMessage => {
  const { language, wave } = ticket;
  const say = sayIn(catalogue, language);
  const title = say(`pulse.${what}.title`);
  const purpose = say(`pulse.${what}.purpose`);
  const closes = say('pulse.closes', { date: closesOn(ticket) });
  const skip: Action = {
    id: actionIds.skipPulse,
    label: say('button.skipPulse'),
    value: actionValue(language, wave),
  };
  const parts: readonly Part[] = [
    { type: 'paragraph', text: purpose },
    { type: 'paragraph', text: say('pulse.threshold', { count: otherRespondents }) },
    { type: 'paragraph', text: say('pulse.mode.web') },
    { type: 'paragraph', text: closes, strong: true },
    { type: 'link', label: say('button.openBallot'), url },
    { type: 'context', text: say('pulse.link.once') },
    { type: 'context', text: privacyLine(catalogue, language) },
    { type: 'actions', actions: [newLink(catalogue, language, wave), skip] },
  ];
  return {
    kind: `pulse-${what}`,
    language,
    title,
    text: wholeSentences(`${title}. ${closes} ${purpose}`, 300),
    parts,
  };
};

const newLink = (catalogue: Catalogue, language: Language, wave: string): Action => ({
  id: actionIds.newLink,
  label: sayIn(catalogue, language)('button.newLink'),
  value: actionValue(language, wave),
});
