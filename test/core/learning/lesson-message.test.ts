import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import { type Action, actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';

const catalogue = await shippedCatalogue();
const actionsOf = ({ parts }: ChatMessage): readonly Action[] =>
  parts.flatMap((part) => (part.type === 'actions' ? part.actions : []));
const has = (message: ChatMessage, wanted: Action['id']): boolean =>
  actionsOf(message).some(({ id }) => id === wanted);
const says = (message: ChatMessage, text: string): boolean =>
  message.parts.some((part) => 'text' in part && part.text === text);

/** The message after a button of it was pressed, as a door puts it in its place. */
const press = ({ id, value }: Action): ChatMessage => {
  const after = answerNow({ action: id, value }, catalogue);
  if (after === null) throw new Error(`nothing stands after ${id}`);
  return after;
};

describe('a lesson', () => {
  it('never mixes its own words with those of the source it names below', () => {
    for (const lesson of catalogue.lessons.values())
      for (const language of languages) {
        const [note = ''] = (catalogue.messages.get('lesson.note')?.[language] ?? '').split('{');
        const own = lesson.sentences.slice(
          lesson.sentences.findLastIndex(({ kind }) => kind === 'source') + 1,
        );
        const text = own.map((sentence) => sentence.text[language]).join(' ');
        expect(own.length).toBeGreaterThan(0);
        expect(says(lessonMessage(catalogue, lesson, language), note + text)).toBe(true);
      }
  });

  it('answering keeps the offer to try', () => {
    for (const lesson of catalogue.lessons.values())
      for (const language of languages) {
        const sent = lessonMessage(catalogue, lesson, language);
        const choice = actionsOf(sent).find(({ id }) => id === actionIds.answerQuiz);
        if (choice === undefined) throw new Error(`${lesson.id} asks nothing`);
        expect(has(press(choice), actionIds.tryToday)).toBe(true);
      }
  });

  it('shows whatever was pressed on it so far, in whatever order, and offers the rest', () => {
    const lessons = [...catalogue.lessons.values()];
    fc.assert(
      fc.property(
        fc.constantFrom(...lessons),
        fc.constantFrom(...languages),
        fc.array(fc.nat(20), { maxLength: 4 }),
        (lesson, language, presses) => {
          let message = lessonMessage(catalogue, lesson, language);
          let feedback: string | null = null;
          let trying = false;
          for (const at of presses) {
            const open = actionsOf(message).filter(
              ({ id }) => id === actionIds.answerQuiz || id === actionIds.tryToday,
            );
            const pressed = open[at % Math.max(open.length, 1)];
            if (pressed === undefined) break;
            const chosen = lesson.quiz.options.find(({ text }) => text[language] === pressed.label);
            feedback = chosen?.feedback[language] ?? feedback;
            trying ||= pressed.id === actionIds.tryToday;
            message = press(pressed);
          }
          const line = catalogue.messages.get('lesson.trying')?.[language] ?? '';
          expect(says(message, line)).toBe(trying);
          expect(has(message, actionIds.tryToday)).toBe(!trying);
          expect(feedback === null || says(message, feedback)).toBe(true);
          expect(has(message, actionIds.answerQuiz)).toBe(feedback === null);
          expect(message.parts.some(({ type }) => type === 'facts')).toBe(feedback !== null);
        },
      ),
    );
  });

  it('takes the buttons of messages sent before this: a choice or a try without what came before it', () => {
    const [lesson] = catalogue.lessons.values();
    const option = lesson?.quiz.options[0];
    const tried = answerNow({ action: actionIds.tryToday, value: 'id|l01' }, catalogue);
    const answered = answerNow({ action: actionIds.answerQuiz, value: 'id|l01|a' }, catalogue);
    expect(tried?.kind).toBe('lesson');
    expect(answered && says(answered, option?.feedback.id ?? '')).toBe(true);
    expect(answerNow({ action: actionIds.answerQuiz, value: 'id|l01|z' }, catalogue)).toBeNull();
    expect(answerNow({ action: actionIds.tryToday, value: 'id|l99|a' }, catalogue)).toBeNull();
  });

  it('says that the result of a check is shown to its reader alone, not that nobody could look', () => {
    for (const key of ['lesson.private', 'home.progress.own']) {
      const text = catalogue.messages.get(key);
      expect(text?.id).toContain('hanya ditampilkan kepada Anda');
      expect(text?.en).toContain('shown only to you');
    }
  });
});
