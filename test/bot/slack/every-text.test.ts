import { describe, expect, it } from 'vitest';
import { slackHome } from '../../../bot/slack/home/home.ts';
import { slackMessage, slackNoticeModal } from '../../../bot/slack/view.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import { bareHome, homeOf, type Mine } from '../../../core/conversation/home.ts';
import { actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { type Language, languages } from '../../../core/language.ts';
import { lessonMessage, pressedLesson } from '../../../core/learning/lesson-message.ts';
import { checkPayload } from '../../../functions/local/chat/payload-rules.ts';
import { checkHome, checkModal } from '../../../functions/local/chat/slack/blocks/rules.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';

const catalogue = await shippedCatalogue();

/** Every hole of a text filled with something long. */
const filled = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `${name} ${'é😀'.repeat(20)}`]),
  );
/** Keys with a title and a text: what a notice can say. */
const notices = [...catalogue.messages.keys()]
  .filter((key) => key.endsWith('.title') && catalogue.messages.has(key.replace(/title$/, 'text')))
  .map((key) => key.replace(/\.title$/, ''));
const noticeOf = (key: string, language: Language): ChatMessage => {
  const words = ['title', 'text'].map((end) => catalogue.messages.get(`${key}.${end}`)?.[language]);
  return noticeMessage(catalogue, language, {
    key,
    values: filled(words.join(' ')),
    buttons: ['help', 'myData', 'pause', 'resume', 'rights', 'stop'],
  });
};
const mine = (language: Language): Mine => ({
  ...{ language, minute: 555, perWeek: 3, stopped: false, seen: 60, answered: 60 },
  pausedUntil: null,
});

describe.each(languages)('in %s', (language) => {
  it.each(notices)('"%s" is a message and a modal that Slack takes', (key) => {
    const message = noticeOf(key, language);
    const payload = slackMessage(message);
    expect(checkPayload('slack', payload).failed).toEqual([]);
    expect(codePoints(payload.text)).toBeLessThanOrEqual(300);
    const modal = slackNoticeModal(message, 'Tutup');
    expect(checkModal(modal)).toEqual(modal);
  });

  it.each([...catalogue.lessons.keys()])(
    'lesson %s and its answers are messages and Homes that Slack takes',
    (id) => {
      const lesson = catalogue.lessons.get(id);
      if (lesson === undefined) throw new Error(`no lesson ${id}`);
      const answers = [null, ...lesson.quiz.options.map((option) => option.id)].map((optionId) =>
        pressedLesson(catalogue, lesson, { optionId, language, trying: optionId !== 'a' }),
      );
      for (const tip of [lessonMessage(catalogue, lesson, language), ...answers]) {
        expect(checkPayload('slack', slackMessage(tip)).failed).toEqual([]);
        const home = slackHome(homeOf(catalogue, mine(language), { said: null, tip }));
        expect(checkHome(home)).toEqual(home);
      }
    },
  );

  it.each(notices)('"%s" can stand anywhere in a Home, or alone in one', (key) => {
    const message = noticeOf(key, language);
    const tip = noticeOf('answer.no-lesson', language);
    const until = 'Minggu, 20 Desember 2026';
    const asked = [actionIds.later, actionIds.stop, actionIds.help];
    const states = [{}, { stopped: true }, { pausedUntil: until }, { minute: null }];
    for (const [index, state] of states.entries()) {
      const action = asked[index];
      const said = { message, to: action === undefined ? null : { action, value: language } };
      const full = slackHome(homeOf(catalogue, { ...mine(language), ...state }, { tip, said }));
      expect(checkHome(full)).toEqual(full);
    }
    expect(checkHome(slackHome(bareHome(message)))).not.toBeNull();
  });
});

describe('a Home', () => {
  const home = (change: Partial<Mine>) =>
    homeOf(
      catalogue,
      { ...mine('id'), ...change },
      { said: null, tip: noticeMessage(catalogue, 'id', { key: 'answer.no-lesson' }) },
    );
  const choices = (change: Partial<Mine>) =>
    home(change).sections.flatMap(({ parts }) => parts.filter((part) => part.type === 'choice'));

  it('offers 1, 3 and 5 tips a week, both languages and a time of one’s own', () => {
    const offered = Object.fromEntries(choices({}).map((one) => [one.id, one]));
    expect(offered['settings.frequency']?.options.map(({ value }) => value)).toEqual([
      ...['id|1', 'id|3', 'id|5'],
    ]);
    expect(offered['settings.language']?.options.map(({ value }) => value)).toEqual([
      ...['id|id', 'id|en'],
    ]);
    expect(offered['settings.time']).toMatchObject({ chosen: 'id|555' });
    expect(offered['settings.time']?.options.map(({ label }) => label)).toContain('09.15');
  });

  it('offers a pause only while messages come, and then to stop; else to go on', () => {
    const ids = (change: Partial<Mine>) => [
      ...choices(change).map(({ id }) => id),
      ...home(change).sections.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'actions' ? part.actions.map(({ id }) => id) : [])),
      ),
    ];
    expect(ids({})).toEqual(expect.arrayContaining(['settings.pause', 'settings.stop']));
    for (const held of [{ stopped: true }, { pausedUntil: 'besok' }]) {
      expect(ids(held)).toContain('settings.resume');
      expect(ids(held)).not.toContain('settings.pause');
      expect(ids(held)).not.toContain('settings.stop');
    }
  });
});
