/** Sari, who uses Slack: what she is sent, presses and fills in. */
import { actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import type { Language } from '../../../core/language.ts';
import { pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { filledIn, signSlackRequest } from '../../../functions/local/chat/slack/people.ts';
import { newTicket, shippedCatalogue } from '../teams/messages.ts';
import { buttonsOf, type SlackHouse, strangerAt } from './workspace.ts';

export const catalogue = await shippedCatalogue();
export const userId = 'U0SARI';
/** When Sari's pulse closes. */
export const closesAt = '2026-12-11T08:30:00.000Z';

/** Delivers a message to Sari and gives its ts. */
export const deliver = async (house: SlackHouse, message: ChatMessage): Promise<string> => {
  const outcome = await house.chat.deliver(strangerAt(userId), message, { key: 'kunci' });
  if (outcome.state !== 'sent') throw new Error(outcome.reason);
  return outcome.ref;
};
/** Presses the button with this label as Sari does. */
export const press = async (house: SlackHouse, ref: string, label: string): Promise<Response> => {
  const action = buttonsOf(house.workspace.message(ref)?.payload).find(
    (button) => button.label === label,
  );
  if (action === undefined) throw new Error(`no button ${label}`);
  return house.door(house.workspace.press({ userId, ref, action }));
};
/** Invites Sari to a pulse. */
export const pulse = async (house: SlackHouse, language: Language = 'id') => {
  const made = await newTicket(catalogue, { language, closesAt });
  const ref = await deliver(house, pulseInvitation(catalogue, made));
  return { ...made, ref };
};
/** The modal on Sari’s screen. */
export const modalOf = (house: SlackHouse) => {
  const modal = house.workspace.modalOf(userId);
  if (modal === null) throw new Error('no modal is open');
  return modal;
};
/** Fills in and sends the open modal. */
export const submit = (
  house: SlackHouse,
  { answers = {}, comment = null }: { answers?: Record<string, string>; comment?: string | null },
): Promise<Response> => {
  const modal = modalOf(house);
  const values = filledIn(modal, { answers, comment });
  return house.door(house.workspace.submit({ userId, viewId: modal.viewId, values }));
};
/** The same answer to every item. */
export const all = (items: readonly string[], value: string) =>
  Object.fromEntries(items.map((id) => [id, value]));
const startOf = (house: SlackHouse, ref: string) =>
  buttonsOf(house.workspace.message(ref)?.payload).find(
    ({ action_id }) => action_id === actionIds.openPulse,
  )?.label ?? '';
/** Presses the button that opens the form. */
export const open = async (house: SlackHouse, ref: string) =>
  press(house, ref, startOf(house, ref));
/** Everything Sari sees, as one text. */
export const shownTo = (house: SlackHouse) => JSON.stringify(house.screen(userId));

/** Fields as a form body. */
export const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
/** A request as Slack signs it now. */
export const signed = (house: SlackHouse, body: string, contentType?: string): Request =>
  signSlackRequest({
    secret: house.workspace.signingSecret,
    body,
    now: new Date(house.state.at),
    ...(contentType === undefined ? {} : { contentType }),
  });
