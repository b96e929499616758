/** The pulse in chat: invitation, reminder, form, and what is said after an answer. */
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { wholeSentences } from '../conversation/clip.ts';
import {
  type Action,
  actionIds,
  type ChatMessage,
  commentId,
  type Form,
  type Option,
  type Part,
} from '../conversation/message.ts';
import { noticeMessage } from '../conversation/notice.ts';
import { actionValue } from '../conversation/values.ts';
import { type Language, locales } from '../language.ts';
import { otherRespondents } from '../results/threshold.ts';
import type { Ticket } from './ballot/ticket.ts';
import { askedItems, type BallotMode } from './form.ts';
import { privacyLine } from './privacy-notice.ts';

/** A ticket as signed for the door, and as read. */
export type SignedTicket = { readonly signed: string; readonly ticket: Ticket };

/**
 * The form of a wave: what its way of answering means, its items in order on the five-point scale, "not relevant" apart,
 * one comment.
 */
export const pulseForm = (
  catalogue: Catalogue,
  { signed, ticket }: SignedTicket,
  mode: BallotMode = 'chat',
): Form => {
  const { language } = ticket;
  const { survey } = catalogue;
  const say = sayIn(catalogue, language);
  const options: readonly Option[] = [
    ...survey.scale.map((label, index) => ({ value: String(index + 1), label: label[language] })),
    { value: 'na', label: survey.notApplicable[language] },
  ];
  return {
    ticket: signed,
    title: say('pulse.form-title'),
    intro: [
      survey.intro[language].trim(),
      say(`pulse.mode.${mode}`),
      privacyLine(catalogue, language),
    ].join('\n'),
    questions: askedItems(survey.items, { id: ticket.wave, items: ticket.items }).map(
      ({ id, text }) => ({
        id,
        label: text[language],
        options,
      }),
    ),
    comment: {
      id: commentId,
      label: survey.comment.label[language],
      hint: survey.comment.hint[language],
    },
    submit: {
      id: actionIds.submitPulse,
      label: say('button.submitPulse'),
      value: signed,
      style: 'primary',
    },
    cancel: say('button.cancel'),
    errorMessage: say('pulse.input-error'),
  };
};

/** The invitation, its form included: one platform shows it in the message, the other opens it. */
export const pulseInvitation = (catalogue: Catalogue, pulse: SignedTicket): ChatMessage =>
  asking(catalogue, pulse, 'invitation');

/** A reminder: shorter, the same form, the same way out; sent only to people without a ballot. */
export const pulseReminder = (catalogue: Catalogue, pulse: SignedTicket): ChatMessage =>
  asking(catalogue, pulse, 'reminder');

/** Thanks after a submit; the same bytes whatever was answered. "Received", for nothing is stored yet. */
export const pulseReceived = (
  catalogue: Catalogue,
  { signed, ticket }: SignedTicket,
): ChatMessage => {
  const { language } = ticket;
  const say = sayIn(catalogue, language);
  const text = say('pulse.received.text', { date: closesOn(ticket) });
  return {
    kind: 'pulse-received',
    language,
    title: say('pulse.received.title'),
    text: wholeSentences(text, 300),
    parts: [
      { type: 'paragraph', text },
      { type: 'context', text: say('pulse.received.after') },
      {
        type: 'actions',
        actions: [{ id: actionIds.openPulse, label: say('button.changeAnswer'), value: signed }],
      },
    ],
  };
};

/** Said in the place of a survey that was skipped, and the same to everybody: the way back stands open until the close. */
export const pulseSkipped = (
  catalogue: Catalogue,
  { language, wave }: Pick<Ticket, 'language' | 'wave'>,
): ChatMessage => withForm(catalogue, { language, wave }, 'answer.skip-pulse');

/** What was sealed to keys that are gone cannot be counted: said kindly, with the way to a form that can. */
export const formReplaced = (
  catalogue: Catalogue,
  { language, wave }: Pick<Ticket, 'language' | 'wave'>,
): ChatMessage => withForm(catalogue, { language, wave }, 'pulse.form-replaced');

/** A notice with the way to the form, whichever way of answering the agency has. */
const withForm = (
  catalogue: Catalogue,
  { language, wave }: Pick<Ticket, 'language' | 'wave'>,
  key: string,
): ChatMessage => {
  const notice = noticeMessage(catalogue, language, { key });
  const form: Action = {
    id: actionIds.newLink,
    label: sayIn(catalogue, language)('button.openPulse'),
    value: actionValue(language, wave),
  };
  return { ...notice, parts: [...notice.parts, { type: 'actions', actions: [form] }] };
};

/** The kind refusal of an answer that comes after the close. */
export const pulseClosed = (catalogue: Catalogue, language: Language): ChatMessage =>
  noticeMessage(catalogue, language, { key: 'system.too-late' });

const asking = (
  catalogue: Catalogue,
  { signed, ticket }: SignedTicket,
  what: 'invitation' | 'reminder',
): ChatMessage => {
  const { language } = ticket;
  const say = sayIn(catalogue, language);
  const date = closesOn(ticket);
  const title = say(`pulse.${what}.title`);
  const purpose = say(`pulse.${what}.purpose`);
  const closes = say('pulse.closes', { date });
  const actions: readonly Action[] = [
    { id: actionIds.openPulse, label: say('button.openPulse'), value: signed, style: 'primary' },
    {
      id: actionIds.skipPulse,
      label: say('button.skipPulse'),
      value: actionValue(language, ticket.wave),
    },
  ];
  const parts: readonly Part[] = [
    { type: 'paragraph', text: purpose },
    { type: 'paragraph', text: say('pulse.threshold', { count: otherRespondents }) },
    { type: 'paragraph', text: say('pulse.mode.chat') },
    { type: 'paragraph', text: closes, strong: true },
    { type: 'context', text: privacyLine(catalogue, language) },
    { type: 'actions', actions },
  ];
  return {
    kind: `pulse-${what}`,
    language,
    title,
    text: wholeSentences(`${title}. ${closes} ${purpose}`, 300),
    parts,
    form: pulseForm(catalogue, { signed, ticket }),
  };
};

/** The last day in words. A wave closes late in the afternoon, which is the same date in WIB, WITA and WIT. */
export const closesOn = ({ closesAt, language }: Pick<Ticket, 'closesAt' | 'language'>): string =>
  dayIn(language).format(new Date(closesAt));

/**
 * Made once: a door thanks thousands of people in a minute, and making one takes as long as sealing a box. Made late: a
 * door that starts names no day.
 */
const days = new Map<Language, Intl.DateTimeFormat>();

const dayIn = (language: Language): Intl.DateTimeFormat => {
  const known = days.get(language);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'full',
    timeZone: 'Asia/Jakarta',
  });
  days.set(language, made);
  return made;
};
