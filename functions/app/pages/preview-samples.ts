/** Messages of every kind, made by the modules that make the real ones; figures, dates and counts are samples. */

import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue, Lesson, Prompt } from '../../../core/content/schema.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import { type ActionId, actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { actionValue } from '../../../core/conversation/values.ts';
import { type Language, languages, locales } from '../../../core/language.ts';
import { type LeaderFigures, leaderMessage } from '../../../core/leadership/summary-message.ts';
import { correctionMessage } from '../../../core/learning/correction-message.ts';
import { answeredLessonMessage, lessonMessage } from '../../../core/learning/lesson-message.ts';
import { welcomeMessage } from '../../../core/learning/welcome-message.ts';
import { type PublicKey, signTicket } from '../../../core/survey/ballot/ticket.ts';
import { formItems } from '../../../core/survey/form.ts';
import {
  pulseInvitation,
  pulseReceived,
  pulseReminder,
  type SignedTicket,
} from '../../../core/survey/pulse-message.ts';
import {
  type figureStates,
  type OwnKind,
  ownKinds,
  type Sample,
  type Surface,
  type Wish,
} from '../../../web/preview/data.ts';
import type { Agency } from '../../jobs/context.ts';
import { noticeSample } from './preview-notices.ts';

/** What samples are made from. */
export type SampleParts = {
  readonly catalogue: Catalogue;
  readonly agency: Agency;
  readonly publicKey: PublicKey;
};

/** The messages of one kind in both languages; what cannot be made says why in its place. */
export const samplesOf = (
  parts: SampleParts,
  { kind, lesson, prompt }: Wish,
): readonly Sample[] => {
  const chosen = {
    lesson: parts.catalogue.lessons.get(lesson),
    prompt: parts.catalogue.prompts.get(prompt),
  };
  const own = ownKinds.find((known) => known === kind.id);
  return languages.flatMap((language) => {
    const making = { ...parts, ...chosen, language };
    const forms: readonly Form[] =
      own === undefined
        ? [{ variant: null, make: () => noticeSample(making, kind.id) }]
        : ownForms[own](making);
    return forms.map((form) => sampleOf(form, parts.catalogue, language));
  });
};

type Making = SampleParts & {
  readonly language: Language;
  readonly lesson: Lesson | undefined;
  readonly prompt: Prompt | undefined;
};

/** One message of a kind that may have several. */
type Form = {
  readonly variant: string | null;
  readonly surface?: Surface;
  readonly make: () => ChatMessage;
};

/** A text that is missing or has a hole nobody fills is the author's to mend, so it is shown and not thrown. */
const sampleOf = (
  { variant, surface = 'chat', make }: Form,
  catalogue: Catalogue,
  language: Language,
): Sample => {
  try {
    const close = sayIn(catalogue, language)('slack.close');
    return { language, variant, made: { message: make(), surface, close } };
  } catch (error) {
    return {
      language,
      variant,
      made: { fault: error instanceof Error ? error.message : String(error) },
    };
  }
};

const ownForms: Readonly<Record<OwnKind, (making: Making) => readonly Form[]>> = {
  lesson: (making) =>
    ofLesson(making, (lesson) => [
      { variant: null, make: () => lessonMessage(making.catalogue, lesson, making.language) },
    ]),
  'lesson-trying': (making) =>
    ofLesson(making, ({ id }) => [
      { variant: null, make: () => pressed(making, actionIds.tryToday, id) },
    ]),
  'lesson-right': (making) => answered(making, true),
  'lesson-not-quite': (making) => answered(making, false),
  correction: (making) => corrected(making, making.lesson),
  'pulse-invitation': (making) => [
    { variant: null, make: () => pulseInvitation(making.catalogue, pulseOf(making)) },
  ],
  'pulse-form': (making) => [
    {
      variant: null,
      surface: 'form',
      make: () => pulseInvitation(making.catalogue, pulseOf(making)),
    },
  ],
  'pulse-reminder': (making) => [
    { variant: null, make: () => pulseReminder(making.catalogue, pulseOf(making)) },
  ],
  'pulse-received': (making) => [
    {
      variant: null,
      surface: 'form-answer',
      make: () => pulseReceived(making.catalogue, pulseOf(making)),
    },
  ],
  'leader-summary': (making) => {
    const { catalogue, language, prompt } = making;
    if (prompt === undefined) return [];
    return Object.entries(sampleFigures(making)).map(([variant, figures]) => ({
      variant,
      make: () => leaderMessage(catalogue, language, { prompt, figures }),
    }));
  },
  'leader-correction': (making) => corrected(making, making.prompt),
  welcome: ({ catalogue, language, agency }) => [
    { variant: null, make: () => welcomeMessage(catalogue, language, agency) },
  ],
};

const ofLesson = (
  { lesson }: Making,
  forms: (lesson: Lesson) => readonly Form[],
): readonly Form[] => (lesson === undefined ? [] : forms(lesson));

/** The case answered with each of its right, or each of its other options. */
const answered = (making: Making, correct: boolean): readonly Form[] =>
  ofLesson(making, (lesson) =>
    lesson.quiz.options
      .filter((option) => option.correct === correct)
      .map(({ id }) => ({
        variant: id,
        make: () =>
          answeredLessonMessage(making.catalogue, lesson, {
            optionId: id,
            language: making.language,
          }),
      })),
  );

/** An item as it comes again once its source has changed. */
const corrected = (
  { catalogue, language }: Making,
  item: Lesson | Prompt | undefined,
): readonly Form[] =>
  item === undefined
    ? []
    : [{ variant: null, make: () => correctionMessage(catalogue, item, language) }];

/** What stands in a message's place after a press that needs no database. */
const pressed = (
  { catalogue, language }: Making,
  action: ActionId,
  ...pieces: readonly string[]
): ChatMessage => {
  const message = answerNow({ action, value: actionValue(language, ...pieces) }, catalogue);
  if (message === null) throw new Error(`no answer to ${action}`);
  return message;
};

/** A ticket of the programme's first wave, signed with a key that opens none. */
const pulseOf = ({ catalogue, publicKey, language }: Making): SignedTicket => {
  const [wave] = catalogue.programme.waves;
  if (wave === undefined) throw new Error('the programme has no wave');
  const ticket = {
    wave: wave.id,
    // As in the messages sent, an item whose source changed is not asked.
    items: formItems(catalogue.survey.items, wave.rotating).filter(
      (id) => !atRisk(catalogue).has(id),
    ),
    publicKey,
    closesAt: `${wave.opens}T10:00:00.000Z`,
    language,
  };
  return { ticket, signed: signTicket(ticket, 'a key that opens no wave, for the preview') };
};

/** Figures shaped like published ones: of the own unit, of the unit above, and none yet. */
const sampleFigures = ({
  agency: { name },
  catalogue,
  language,
}: Making): Readonly<Record<(typeof figureStates)[number], LeaderFigures>> => {
  const say = sayIn(catalogue, language);
  const own = {
    unitName: name,
    standsFor: null,
    engaged: '60–69 %',
    concern: { mean: 3.1, low: 2.9, high: 3.3 },
    participation: '60–69 %',
    trend: {
      categories: ['2026-10-16', '2026-11-13'].map((date) => shortDate(date, language)),
      series: [
        { name: say('leader.series.own'), values: [3.2, 3.1] },
        { name: say('leader.series.agency'), values: [3.4, 3.2] },
      ],
    },
  };
  const none = { categories: [], series: [] };
  return {
    own,
    above: { ...own, standsFor: { unit: name, reason: 'few' } },
    none: { ...own, engaged: null, concern: null, participation: null, trend: none },
  };
};

const shortDate = (date: string, language: Language): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });
