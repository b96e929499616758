/** "Kiat hari ini": the lesson as a message, before and after what its reader does with it. */

import { sayIn } from '../content/say.ts';
import type { Catalogue, Lesson } from '../content/schema.ts';
import { asSentence, wholeSentences } from '../conversation/clip.ts';
import { actionIds, type ChatMessage, type Part } from '../conversation/message.ts';
import { actionValue } from '../conversation/values.ts';
import type { Language } from '../language.ts';
import { sourceParts } from './source-line.ts';

/** The lesson as sent: one idea, one thing to do today, one case with its choices as buttons. */
export const lessonMessage = (
  catalogue: Catalogue,
  lesson: Lesson,
  language: Language,
): ChatMessage => pressedLesson(catalogue, lesson, { language, optionId: null, trying: false });

/** The same message once the case is answered: the choice, what is right and why; no case buttons. */
export const answeredLessonMessage = (
  catalogue: Catalogue,
  lesson: Lesson,
  choice: { readonly optionId: string; readonly language: Language },
): ChatMessage => pressedLesson(catalogue, lesson, { ...choice, trying: false });

/** What was pressed on a lesson so far. Its buttons carry this along, so that no press takes away what another has shown. */
type Pressed = {
  readonly language: Language;
  /** The choice made in the case; null while it is open. */
  readonly optionId: string | null;
  /** "Saya coba". */
  readonly trying: boolean;
};

/** The lesson after these presses; an option that it does not have is a bug and throws. */
export const pressedLesson = (
  catalogue: Catalogue,
  lesson: Lesson,
  pressed: Pressed,
): ChatMessage => {
  const { language, optionId } = pressed;
  return {
    kind: optionId === null ? 'lesson' : 'lesson-answered',
    language,
    title: heading(catalogue, lesson, language),
    text: toast(catalogue, lesson, language),
    parts: [
      ...idea(catalogue, lesson, language),
      tryToday(catalogue, lesson, pressed),
      { type: 'paragraph', text: sayIn(catalogue, language)('lesson.case'), strong: true },
      { type: 'paragraph', text: lesson.quiz.question[language] },
      ...(optionId === null
        ? [choices(lesson, pressed)]
        : verdict(catalogue, lesson, { optionId, language })),
      ...foot(catalogue, lesson, language),
    ],
  };
};

/** Follows the choice in the value of a button that was pressed after "Saya coba". */
const tryingMark = 'trying';

/** A press on a lesson and the presses before it, as its value tells them; null where lesson or choice is none of ours. */
export const readLessonPress = (
  { lessons }: Catalogue,
  act: 'answerQuiz' | 'tryToday',
  [lessonId = '', chosen = '', mark]: readonly string[],
): (Omit<Pressed, 'language'> & { readonly lesson: Lesson }) | null => {
  const lesson = lessons.get(lessonId);
  if (lesson === undefined) return null;
  const optionId = lesson.quiz.options.find(({ id }) => id === chosen)?.id ?? null;
  if (act === 'tryToday') return { lesson, optionId, trying: true };
  return optionId === null ? null : { lesson, optionId, trying: mark === tryingMark };
};

/** The offer to try, or that it was taken. */
const tryToday = (
  catalogue: Catalogue,
  lesson: Lesson,
  { language, optionId, trying }: Pressed,
): Part => {
  if (trying) return { type: 'context', text: sayIn(catalogue, language)('lesson.trying') };
  const offer = {
    id: actionIds.tryToday,
    label: sayIn(catalogue, language)('button.tryToday'),
    value: actionValue(language, lesson.id, ...(optionId === null ? [] : [optionId])),
    style: 'primary',
  } as const;
  return { type: 'actions', actions: [offer] };
};

const choices = (lesson: Lesson, { language, trying }: Pressed): Part => ({
  type: 'actions',
  actions: lesson.quiz.options.map(({ id, text }) => ({
    id: actionIds.answerQuiz,
    label: text[language],
    value: actionValue(language, lesson.id, id, ...(trying ? [tryingMark] : [])),
  })),
});

const verdict = (
  catalogue: Catalogue,
  lesson: Lesson,
  { optionId, language }: { readonly optionId: string; readonly language: Language },
): readonly Part[] => {
  const say = sayIn(catalogue, language);
  const option = lesson.quiz.options.find(({ id }) => id === optionId);
  if (option === undefined) throw new Error(`lesson ${lesson.id} has no option ${optionId}`);
  return [
    { type: 'facts', facts: [{ label: say('lesson.your-choice'), value: option.text[language] }] },
    {
      type: 'paragraph',
      text: say(option.correct ? 'lesson.right' : 'lesson.not-quite'),
      strong: true,
    },
    { type: 'paragraph', text: option.feedback[language] },
    { type: 'context', text: say('lesson.private') },
  ];
};

const heading = (catalogue: Catalogue, lesson: Lesson, language: Language): string =>
  sayIn(catalogue, language)('lesson.heading', { title: lesson.title[language] });

const toast = (catalogue: Catalogue, lesson: Lesson, language: Language): string =>
  wholeSentences(
    `${asSentence(heading(catalogue, lesson, language))} ${lesson.intention[language]}`,
    300,
  );

/** What the source says and what we advise stand apart, so that no advice is taken for words of the source below. */
const idea = (catalogue: Catalogue, lesson: Lesson, language: Language): readonly Part[] => {
  const { sentences } = lesson;
  const told = sentences.findLastIndex(({ kind }) => kind === 'source') + 1;
  const text = (part: Lesson['sentences']): string =>
    part.map((sentence) => sentence.text[language]).join(' ');
  const note = text(sentences.slice(told));
  const said = [
    text(sentences.slice(0, told)),
    note === '' ? '' : sayIn(catalogue, language)('lesson.note', { note }),
  ];
  return [
    ...said.flatMap((one) => (one === '' ? [] : [{ type: 'paragraph', text: one } as const])),
    { type: 'paragraph', text: lesson.intention[language], strong: true },
  ];
};

const foot = (catalogue: Catalogue, lesson: Lesson, language: Language): readonly Part[] => [
  ...sourceParts(catalogue, lesson, language),
  {
    type: 'actions',
    actions: (['later', 'pause', 'stop'] as const).map((act) => ({
      id: actionIds[act],
      label: sayIn(catalogue, language)(`button.${act}`),
      value: actionValue(language, lesson.id),
    })),
  },
];
