/** "Kiat hari ini": the lesson as a message, before and after its case was answered. */

import { sayIn } from '../content/say.ts';
import type { Catalogue, Lesson } from '../content/schema.ts';
import { clip } from '../conversation/clip.ts';
import { type Action, actionIds, type ChatMessage, type Part } from '../conversation/message.ts';
import { actionValue } from '../conversation/values.ts';
import type { Language } from '../language.ts';
import { sourceParts } from './source-line.ts';

/** The lesson as sent: one idea, one thing to do today, one case with its choices as buttons. */
export const lessonMessage = (
  catalogue: Catalogue,
  lesson: Lesson,
  language: Language,
): ChatMessage => ({
  kind: 'lesson',
  language,
  title: heading(catalogue, lesson, language),
  text: toast(catalogue, lesson, language),
  parts: [
    ...idea(lesson, language),
    {
      type: 'actions',
      actions: [button(catalogue, language, { act: 'tryToday', lessonId: lesson.id })],
    },
    { type: 'paragraph', text: sayIn(catalogue, language)('lesson.case'), strong: true },
    { type: 'paragraph', text: lesson.quiz.question[language] },
    {
      type: 'actions',
      actions: lesson.quiz.options.map((option) => ({
        id: actionIds.answerQuiz,
        label: option.text[language],
        value: actionValue(language, lesson.id, option.id),
      })),
    },
    ...foot(catalogue, lesson, language),
  ],
});

/** The same message once the case is answered: the choice, what is right and why; no case buttons. */
export const answeredLessonMessage = (
  catalogue: Catalogue,
  lesson: Lesson,
  choice: { readonly optionId: string; readonly language: Language },
): ChatMessage => {
  const { language } = choice;
  const option = lesson.quiz.options.find((known) => known.id === choice.optionId);
  if (option === undefined) throw new Error(`lesson ${lesson.id} has no option ${choice.optionId}`);
  const verdict = sayIn(catalogue, language)(option.correct ? 'lesson.right' : 'lesson.not-quite');
  return {
    kind: 'lesson-answered',
    language,
    title: heading(catalogue, lesson, language),
    text: toast(catalogue, lesson, language),
    parts: [
      ...idea(lesson, language),
      { type: 'paragraph', text: sayIn(catalogue, language)('lesson.case'), strong: true },
      { type: 'paragraph', text: lesson.quiz.question[language] },
      {
        type: 'facts',
        facts: [
          { label: sayIn(catalogue, language)('lesson.your-choice'), value: option.text[language] },
        ],
      },
      { type: 'paragraph', text: verdict, strong: true },
      { type: 'paragraph', text: option.feedback[language] },
      { type: 'context', text: sayIn(catalogue, language)('lesson.private') },
      ...foot(catalogue, lesson, language),
    ],
  };
};

const heading = (catalogue: Catalogue, lesson: Lesson, language: Language): string =>
  sayIn(catalogue, language)('lesson.heading', { title: lesson.title[language] });

const toast = (catalogue: Catalogue, lesson: Lesson, language: Language): string =>
  clip(`${heading(catalogue, lesson, language)}. ${lesson.intention[language]}`, 300);

const idea = (lesson: Lesson, language: Language): readonly Part[] => [
  {
    type: 'paragraph',
    text: lesson.sentences.map((sentence) => sentence.text[language]).join(' '),
  },
  { type: 'paragraph', text: lesson.intention[language], strong: true },
];

/** A button about this lesson, in the reader's language. */
const button = (
  catalogue: Catalogue,
  language: Language,
  { act, lessonId }: { act: 'tryToday' | 'later' | 'pause' | 'stop'; lessonId: string },
): Action => ({
  id: actionIds[act],
  label: sayIn(catalogue, language)(`button.${act}`),
  value: actionValue(language, lessonId),
  ...(act === 'tryToday' ? { style: 'primary' as const } : {}),
});

const foot = (catalogue: Catalogue, lesson: Lesson, language: Language): readonly Part[] => [
  ...sourceParts(catalogue, lesson, language),
  {
    type: 'actions',
    actions: (['later', 'pause', 'stop'] as const).map((act) =>
      button(catalogue, language, { act, lessonId: lesson.id }),
    ),
  },
];
