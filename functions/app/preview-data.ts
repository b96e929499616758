/** One message of every kind in both languages, made by the modules that make the real ones. */
import type { Catalogue } from '../../core/content/schema.ts';
import type { ChatMessage } from '../../core/conversation/message.ts';
import { noticeMessage } from '../../core/conversation/notice.ts';
import { type Language, languages, type Text } from '../../core/language.ts';
import { leaderMessage } from '../../core/leadership/summary-message.ts';
import { answeredLessonMessage, lessonMessage } from '../../core/learning/lesson-message.ts';
import { welcomeMessage } from '../../core/learning/welcome-message.ts';
import { newWaveKeys } from '../../core/survey/ballot.ts';
import { formItems } from '../../core/survey/form.ts';
import { pulseInvitation, pulseReceived, pulseReminder } from '../../core/survey/pulse-message.ts';
import { signTicket, type Ticket } from '../../core/survey/ticket.ts';
import type { PreviewData } from '../../web/preview/data.ts';
import type { Agency } from '../jobs/context.ts';

export type PreviewParts = {
  readonly catalogue: Catalogue;
  readonly agency: Agency;
  readonly viewer: Text;
  readonly rules: PreviewData['rules'];
};

/** The preview page's data over the catalogue. */
export const previewData = (parts: PreviewParts): PreviewData => ({
  viewer: async () => parts.viewer,
  samples: async () => {
    const { publicKey } = await newWaveKeys();
    return languages.flatMap((language) => samplesIn(parts, language, publicKey));
  },
  rules: parts.rules,
});

const samplesIn = (
  { catalogue, agency }: PreviewParts,
  language: Language,
  publicKey: Ticket['publicKey'],
): readonly ChatMessage[] => {
  const [lesson] = catalogue.lessons.values();
  const [prompt] = catalogue.prompts.values();
  const [wave] = catalogue.programme.waves;
  const [option] = lesson?.quiz.options ?? [];
  if (!lesson || !prompt || !wave || !option) return [];
  const ticket: Ticket = {
    wave: wave.id,
    items: formItems(catalogue.survey.items, wave.rotating),
    publicKey,
    closesAt: `${wave.opens}T10:00:00.000Z`,
    language,
  };
  const pulse = { ticket, signed: signTicket(ticket, 'a key that opens no wave, for the preview') };
  return [
    lessonMessage(catalogue, lesson, language),
    answeredLessonMessage(catalogue, lesson, { optionId: option.id, language }),
    pulseInvitation(catalogue, pulse),
    pulseReminder(catalogue, pulse),
    pulseReceived(catalogue, pulse),
    leaderMessage(catalogue, language, { prompt, figures: sampleFigures(agency) }),
    welcomeMessage(catalogue, language, agency),
    noticeMessage(catalogue, language, {
      key: 'answer.help',
      buttons: ['myData', 'pause', 'stop'],
    }),
  ];
};

/** Figures for the preview only: shaped like published ones, and marked as a sample by the page. */
const sampleFigures = ({ name }: Agency) => ({
  unitName: name,
  standsFor: null,
  engaged: '60–69 %',
  concern: { mean: 3.1, low: 2.9, high: 3.3 },
  participation: '60–69 %',
  trend: {
    categories: ['16 Okt', '13 Nov'],
    series: [{ name, values: [3.2, 3.1] }],
  },
});
