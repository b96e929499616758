/** One real message of every kind, from the content that ships. */
import { parseCatalogue } from '../../../core/content/parse.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Language } from '../../../core/language.ts';
import { leaderMessage } from '../../../core/leadership/summary-message.ts';
import { correctionMessage } from '../../../core/learning/correction-message.ts';
import { answeredLessonMessage, lessonMessage } from '../../../core/learning/lesson-message.ts';
import { welcomeMessage } from '../../../core/learning/welcome-message.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { signTicket, type Ticket } from '../../../core/survey/ballot/ticket.ts';
import {
  pulseInvitation,
  pulseReceived,
  pulseReminder,
} from '../../../core/survey/pulse-message.ts';
import { readContent } from '../../../functions/app/files.ts';

/** Key that the tests' doors sign tickets with. */
export const ticketKey = 'kunci-tiket-uji';

/** The shipped content, parsed. */
export const shippedCatalogue = async (): Promise<Catalogue> => parseCatalogue(await readContent());

/** The first element; an empty list is a fault of the test's data. */
export const firstOf = <T>(list: Iterable<T>): T => {
  for (const one of list) return one;
  throw new Error('nothing in the list');
};

/** A ticket of the shipped survey's first ten items, open until `closesAt`, with the key that opens its ballots. */
export const newTicket = async (
  catalogue: Catalogue,
  { language, closesAt }: { readonly language: Language; readonly closesAt: string },
) => {
  const { publicKey, privateKey } = await newWaveKeys();
  const items = catalogue.survey.items.slice(0, 10).map(({ id }) => id);
  const ticket: Ticket = { wave: 'w-uji', items, publicKey, closesAt, language };
  return { ticket, signed: signTicket(ticket, ticketKey), privateKey };
};

/** All nine kinds in one language; the leader's message has a chart with a hidden point. */
export const everyMessage = async (
  catalogue: Catalogue,
  language: Language,
): Promise<readonly ChatMessage[]> => {
  const lesson = firstOf(catalogue.lessons.values());
  const optionId = firstOf(lesson.quiz.options).id;
  const pulse = await newTicket(catalogue, { language, closesAt: '2026-12-18T08:30:00.000Z' });
  return [
    lessonMessage(catalogue, lesson, language),
    answeredLessonMessage(catalogue, lesson, { optionId, language }),
    correctionMessage(catalogue, lesson, language),
    pulseInvitation(catalogue, pulse),
    pulseReminder(catalogue, pulse),
    pulseReceived(catalogue, pulse),
    leaderMessage(catalogue, language, {
      figures: {
        unitName: 'Direktorat Contoh',
        standsFor: null,
        engaged: '60–69 %',
        concern: { mean: 2.6, low: 2.2, high: 3 },
        participation: '50–59 %',
        trend: {
          categories: ['W1', 'W2', 'W3'],
          series: [
            { name: 'Kekhawatiran', values: [3.4, null, 2.6] },
            { name: 'Hambatan', values: [3.1, 3, 2.8] },
          ],
        },
      },
      prompt: firstOf(catalogue.prompts.values()),
    }),
    welcomeMessage(catalogue, language, {
      name: 'Kementerian Contoh',
      letter: '123/CONTOH/2026',
      contact: 'langkah@contoh.example',
    }),
    noticeMessage(catalogue, language, {
      key: 'answer.help',
      buttons: ['myData', 'pause', 'stop'],
    }),
  ];
};
