/** A person's submission of the pulse as Slack posts it: all are alike but for who sends it and what was chosen. */
import { slackModal } from '../../bot/slack/view.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import { commentId } from '../../core/conversation/message.ts';
import { pulseForm, type SignedTicket } from '../../core/survey/pulse-message.ts';
import { workspaceId } from '../crowd.ts';

/** The request's body with anybody in it, and where what differs stands: everybody's is of one length. */
export type Template = {
  readonly body: string;
  readonly places: readonly { readonly at: number; readonly filler: 'person' | number }[];
};

const anybody = 'U999999999';
/** An answer's stand-in, one character as the answer itself: no other value of the body is like it. */
const answerAt = (item: number): string => String.fromCharCode('A'.charCodeAt(0) + item);

/** The form of a ticket, its answers left open. */
export const ballotTemplate = (catalogue: Catalogue, pulse: SignedTicket): Template => {
  const view = slackModal(pulseForm(catalogue, pulse), { ticket: pulse.signed });
  const values = Object.fromEntries(
    view.blocks.flatMap((block) => {
      if (block.type !== 'input' || block.block_id === undefined) return [];
      const value = answerAt(pulse.ticket.items.indexOf(block.block_id));
      const text = { type: 'plain_text', text: 'Tidak setuju', emoji: true };
      const choice = { type: 'radio_buttons', selected_option: { text, value } };
      const words = { type: 'plain_text_input', value: 'Perlu pelatihan dan contoh yang dekat.' };
      return [[block.block_id, block.block_id === commentId ? { words } : { choice }]];
    }),
  );
  const payload = {
    type: 'view_submission',
    team: { id: workspaceId, domain: 'kementerian-contoh' },
    user: { id: anybody, username: 'pegawai', team_id: workspaceId },
    api_app_id: 'A0LANGKAH',
    trigger_id: '1793000000.123456.0123456789abcdef',
    view: { id: `V${anybody}`, hash: '1793000000.abcdef', ...view, state: { values } },
    response_urls: [],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const places = [...body.matchAll(/U999999999|(?<=value%22%3A%22)[A-J](?=%22)/g)].map(
    ({ index, 0: found }) => ({
      at: index,
      filler: found === anybody ? ('person' as const) : found.charCodeAt(0) - 'A'.charCodeAt(0),
    }),
  );
  if (places.length !== pulse.ticket.items.length + 2)
    throw new Error(`${places.length} places were found in a form of ${pulse.ticket.items.length}`);
  return { body, places };
};

/** The chat user of the crowd's n-th person, counted from 1. */
const userOf = (person: number): string => `U${String(person).padStart(9, '0')}`;

/** The point that a person chooses at an item: any, the same each time. */
export const answerOfPerson = (person: number, item: number): 1 | 2 | 3 | 4 | 5 =>
  ([1, 2, 3, 4, 5] as const)[(person * 7 + item * 3 + (person >> 3)) % 5] ?? 1;

/** The body that a person sends: the template's bytes, and theirs in their places. */
export const fillIn = (bytes: Buffer, { places }: Template, person: number): Buffer => {
  const body = Buffer.from(bytes);
  for (const { at, filler } of places)
    body.write(
      filler === 'person' ? userOf(person) : String(answerOfPerson(person, filler)),
      at,
      'latin1',
    );
  return body;
};
