/** What the pages and commands of the survey periods read and do, over the store. */

import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { languages, type Text } from '../../../core/language.ts';
import { groupsOf } from '../../../core/results/groups.ts';
import { listUnits } from '../../../core/store/people/people.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { signTicket, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import { askedItems, ballotPath, formItems } from '../../../core/survey/form.ts';
import { linkInvitation, linkReminder } from '../../../core/survey/link-message.ts';
import { pulseInvitation, pulseReminder } from '../../../core/survey/pulse-message.ts';
import type { ScheduledWave } from '../../../core/survey/schedule/schedule.ts';
import type { WavePreview, WavesData } from '../../../web/hr/waves/data.ts';
import type { Sample } from '../../../web/preview/data.ts';
import type { Context } from '../../jobs/context.ts';
import { reminderSlots } from '../../jobs/delivery/slots.ts';
import { loadSchedule, type ScheduleParts } from '../../jobs/pulse/schedule.ts';
import { actOnWaves, reviewSchedule } from '../../jobs/pulse/wave-acts.ts';

/** The survey periods for HR; `viewer` is who the frame names. */
export const wavesData = (context: Context, viewer: Text, rules: WavesData['rules']): WavesData => {
  const parts = (): ScheduleParts => ({
    db: context.db,
    catalogue: context.catalogue,
    zone: context.agency.zone,
    now: context.clock.now(),
  });
  return {
    viewer: async () => viewer,
    facts: async () => ({ ...(await reviewSchedule(parts())), levels: await levelsOf(context) }),
    act: (act) => actOnWaves({ ...parts(), actor: 'hr' }, act),
    preview: async (id) => {
      const wave = await findScheduled(parts(), id);
      if (wave === null) return null;
      const { ballotPage } = context.agency;
      return previewOf({ catalogue: context.catalogue, ballotPage }, wave);
    },
    reminders: async (id) => {
      const { waves, days } = await loadSchedule(parts());
      const wave = waves.find((one) => one.id === id);
      if (wave === undefined) return [];
      return reminderSlots(days.calendar, days.zone, wave).map(({ date }) => date);
    },
    rules,
  };
};

/** What the units right below the agency are called. */
export const levelsOf = async ({ db }: Pick<Context, 'db'>): Promise<readonly string[]> => {
  const below = groupsOf(await listUnits(db)).filter(({ depth }) => depth === 1);
  return [...new Set(below.map(({ levelLabel }) => levelLabel))];
};

const findScheduled = async (parts: ScheduleParts, id: string): Promise<ScheduledWave | null> =>
  (await loadSchedule(parts)).waves.find((wave) => wave.id === id) ?? null;

/** What a preview is made with; `ballotPage` as in `Agency`. */
type PreviewParts = { readonly catalogue: Catalogue; readonly ballotPage: string | null };

/** The messages of a wave, made by the modules that make the real ones; their ticket opens nothing. */
export const previewOf = async (
  { catalogue, ballotPage }: PreviewParts,
  wave: ScheduledWave,
): Promise<WavePreview> => {
  const { publicKey } = await newWaveKeys();
  const blocked = atRisk(catalogue);
  // As in the messages sent, an item whose source changed is not asked.
  const ids = formItems(catalogue.survey.items, wave.rotating).filter((id) => !blocked.has(id));
  const closesAt = wave.closesAt.toISOString();
  const messages = languages.flatMap((language) => {
    const ticket = { wave: wave.id, items: ids, publicKey, closesAt, language };
    return ballotPage === null
      ? chatMessages(catalogue, ticket)
      : pageMessages(catalogue, ticket, `${ballotPage}${ballotPath}/…`);
  });
  return { items: askedItems(catalogue.survey.items, { id: wave.id, items: ids }), messages };
};

const chatMessages = (catalogue: Catalogue, ticket: Ticket): WavePreview['messages'] => {
  const pulse = { ticket, signed: signTicket(ticket, 'a key that opens no wave, for a preview') };
  const invitation = pulseInvitation(catalogue, pulse);
  return [
    { what: 'invitation', sample: sampleOf(catalogue, invitation, 'chat') },
    { what: 'form', sample: sampleOf(catalogue, invitation, 'form') },
    { what: 'reminder', sample: sampleOf(catalogue, pulseReminder(catalogue, pulse), 'chat') },
  ];
};

/** The form stands on the agency's own page; in chat there is a link to it. */
const pageMessages = (
  catalogue: Catalogue,
  ticket: Ticket,
  url: string,
): WavePreview['messages'] => [
  {
    what: 'invitation',
    sample: sampleOf(catalogue, linkInvitation(catalogue, { ticket, url }), 'chat'),
  },
  {
    what: 'reminder',
    sample: sampleOf(catalogue, linkReminder(catalogue, { ticket, url }), 'chat'),
  },
];

const sampleOf = (catalogue: Catalogue, message: ChatMessage, surface: 'chat' | 'form'): Sample => {
  const { language } = message;
  const close = sayIn(catalogue, language)('slack.close');
  return { language, variant: null, made: { message, surface, close } };
};
