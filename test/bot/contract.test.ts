import { describe, expect, it } from 'vitest';
import { actionIds, type ChatMessage } from '../../core/conversation/message.ts';
import { noticeMessage } from '../../core/conversation/notice.ts';
import { type Language, languages } from '../../core/language.ts';
import { answeredLessonMessage, lessonMessage } from '../../core/learning/lesson-message.ts';
import type { Outcome } from '../../core/ports.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import { pulseInvitation } from '../../core/survey/pulse-message.ts';
import { withParts } from '../support/slack/payloads.ts';
import { type Surface, surfaces } from '../support/surfaces.ts';
import { firstOf, newTicket, shippedCatalogue } from '../support/teams/messages.ts';

const catalogue = await shippedCatalogue();
const lesson = firstOf(catalogue.lessons.values());
const choice = firstOf(lesson.quiz.options);
const closesAt = '2026-12-18T08:30:00.000Z';

const sent = (outcome: Outcome) => {
  if (outcome.state !== 'sent') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome;
};
const deliver = async (surface: Surface, message: ChatMessage): Promise<LocalMessage> => {
  const { ref } = sent(await surface.chat.deliver(surface.stranger, message, { key: 'kunci' }));
  return stored(surface, ref);
};
const stored = (surface: Surface, ref: string): LocalMessage => {
  const message = surface.actor.message(ref);
  if (message === null) throw new Error(`no message ${ref}`);
  return message;
};
const says = ({ payload }: LocalMessage): string => JSON.stringify(payload);
/** Presses the first button of an action. */
const press = (surface: Surface, message: LocalMessage, action: string) => {
  const { actor, stranger } = surface;
  const button = actor.buttons(message.payload).find((one) => one.action === action);
  if (button === undefined) throw new Error(`no button ${action}`);
  const { userId } = stranger;
  return actor.press({ userId, ref: message.ref, element: button.element, inputs: {} });
};
const invite = async (surface: Surface, language: Language) => {
  const pulse = await newTicket(catalogue, { language, closesAt });
  return { ...pulse, message: await deliver(surface, pulseInvitation(catalogue, pulse)) };
};
const answer = (
  { actor, stranger: { userId } }: Surface,
  message: LocalMessage,
  answers: Readonly<Record<string, string>>,
) => actor.answerPulse({ userId, message, answers, comment: null });

describe.each(Object.entries(surfaces))('%s', (_, open) => {
  describe.each(languages)('in %s', (language) => {
    it('delivers a message to somebody never met, and the next one to the same conversation', async () => {
      const surface = await open(catalogue);
      const message = lessonMessage(catalogue, lesson, language);
      const first = sent(await surface.chat.deliver(surface.stranger, message, { key: 'k1' }));
      expect(says(stored(surface, first.ref))).toContain(message.title);
      const known = { ...surface.stranger, conversation: first.conversation };
      const second = sent(await surface.chat.deliver(known, message, { key: 'k2' }));
      expect(second.conversation).toBe(first.conversation);
      expect(surface.shown()).toHaveLength(2);
    });

    it('changes a delivered message in place', async () => {
      const surface = await open(catalogue);
      const message = lessonMessage(catalogue, lesson, language);
      const { ref, conversation } = sent(
        await surface.chat.deliver(surface.stranger, message, { key: 'k' }),
      );
      const changed = noticeMessage(catalogue, language, { key: 'answer.resume' });
      const address = { ...surface.stranger, conversation };
      expect(await surface.chat.update({ address, ref }, changed)).toMatchObject({ state: 'sent' });
      expect(surface.shown().map(says).join()).toContain(changed.title);
      expect(surface.shown()).toHaveLength(1);
    });

    it('takes a delivered message away, once', async () => {
      const surface = await open(catalogue);
      const message = lessonMessage(catalogue, lesson, language);
      const first = sent(await surface.chat.deliver(surface.stranger, message, { key: 'k' }));
      const address = { ...surface.stranger, conversation: first.conversation };
      const target = { address, ref: first.ref };
      expect(await surface.chat.remove?.(target)).toMatchObject({ state: 'sent' });
      expect(surface.actor.message(first.ref)).toBeNull();
      expect(await surface.chat.remove?.(target)).toMatchObject({ state: 'unreachable' });
    });

    it('opens a form, seals what was filled in before anything is kept, and thanks', async () => {
      const surface = await open(catalogue);
      const { message, ticket } = await invite(surface, language);
      const answers = Object.fromEntries(ticket.items.map((id) => [id, '2']));
      const result = await answer(surface, message, answers);
      expect(result.error).toBeUndefined();
      const thanks = catalogue.messages.get('pulse.received.title')?.[language] ?? 'pulse.received';
      expect(JSON.stringify(result) + surface.shown().map(says).join()).toContain(thanks);
      for (const id of ticket.items) expect(surface.bodies.join()).not.toContain(`"${id}":"2"`);
      expect(await surface.drain()).toMatchObject([{ kind: 'ballot' }]);
    });

    it('refuses a form without answers, keeps it open and puts nothing on the queue', async () => {
      const surface = await open(catalogue);
      const { message, ticket } = await invite(surface, language);
      const before = says(message);
      const refused = await answer(surface, message, {});
      expect(Object.values(refused.errors ?? {}).join() || refused.error).toBeTruthy();
      expect(surface.bodies).toEqual([]);
      expect(says(stored(surface, message.ref))).toBe(before);
      const again = await answer(surface, message, { [firstOf(ticket.items)]: '4' });
      expect([again.error, again.errors]).toEqual([undefined, undefined]);
      expect(await surface.drain()).toHaveLength(1);
    });
  });

  it('a double click leaves one message with one answer', async () => {
    const surface = await open(catalogue);
    const message = await deliver(surface, lessonMessage(catalogue, lesson, 'id'));
    const clicks = [1, 2].map(() => press(surface, message, actionIds.answerQuiz));
    for (const { error } of await Promise.all(clicks)) expect(error).toBeUndefined();
    const shown = answeredLessonMessage(catalogue, lesson, { optionId: choice.id, language: 'id' });
    for (const { from, target } of await surface.drain())
      sent(await surface.chat.answer({ from, target }, shown, 'replace'));
    expect(surface.shown()).toHaveLength(1);
    const left = surface.actor.buttons(surface.shown()[0]?.payload).map(({ action }) => action);
    expect(left).not.toContain(actionIds.answerQuiz);
  });

  it('a form asked for too late is still to be had: at once, or with a word to press again', async () => {
    const surface = await open(catalogue);
    const { message, ticket } = await invite(surface, 'id');
    surface.lag(4_000);
    const late = await answer(surface, message, { [firstOf(ticket.items)]: '3' });
    const told = surface.shown().map(says).join();
    expect(late.error === undefined || told.includes('Silakan tekan lagi')).toBe(true);
    surface.lag(0);
    expect(
      (await answer(surface, message, { [firstOf(ticket.items)]: '3' })).error,
    ).toBeUndefined();
    expect((await surface.drain()).every(({ kind }) => kind === 'ballot')).toBe(true);
  });

  it('a deactivated person is out of reach for a reason, and nothing is shown', async () => {
    const surface = await open(catalogue);
    surface.state.refusing.add(surface.stranger.userId);
    const message = lessonMessage(catalogue, lesson, 'id');
    const outcome = await surface.chat.deliver(surface.stranger, message, { key: 'k' });
    expect(outcome).toMatchObject({
      state: 'unreachable',
      reason: expect.stringMatching(/^[\w-]+$/),
    });
    expect(surface.shown()).toEqual([]);
  });

  it('a throttled message waits as long as it was told, and is sent then', async () => {
    const surface = await open(catalogue);
    const message = lessonMessage(catalogue, lesson, 'id');
    const send = () => surface.chat.deliver(surface.stranger, message, { key: 'k' });
    surface.state.fault = 'throttled';
    expect(await send()).toMatchObject({ state: 'retry', afterSeconds: 30 });
    expect(surface.shown()).toEqual([]);
    surface.state.fault = null;
    sent(await send());
    expect(surface.shown()).toHaveLength(1);
  });

  it('a lost answer is unknown, and posted once', async () => {
    const surface = await open(catalogue);
    const { conversation } = sent(
      await surface.chat.deliver(
        surface.stranger,
        noticeMessage(catalogue, 'id', { key: 'answer.help' }),
        { key: 'k1' },
      ),
    );
    surface.state.fault = 'lost-answer';
    const known = { ...surface.stranger, conversation };
    const message = lessonMessage(catalogue, lesson, 'id');
    expect(await surface.chat.deliver(known, message, { key: 'k2' })).toMatchObject({
      state: 'unknown',
    });
    expect(surface.shown()).toHaveLength(2);
  });

  it.each(['👨‍👩‍👧', 'é', '漢', '\u0065\u0301'])(
    'takes any length of %j everywhere, cut between whole characters',
    async (letter) => {
      const surface = await open(catalogue);
      const long = letter.repeat(4_000);
      const message = withParts(
        { type: 'paragraph', text: long },
        { type: 'paragraph', text: long, strong: true },
        { type: 'context', text: long },
        { type: 'facts', facts: [{ label: long, value: long }] },
        {
          type: 'actions',
          actions: [{ id: actionIds.help, label: letter.repeat(100), value: 'id' }],
        },
        {
          type: 'chart',
          title: letter.repeat(60),
          categories: ['1', '2'],
          series: [{ name: letter.repeat(30), values: [1, 2] }],
          alternative: letter.repeat(60),
        },
      );
      const { payload } = await deliver(surface, {
        ...message,
        title: long,
        text: letter.repeat(300),
      });
      for (const text of textsOf(payload)) {
        expect(text).not.toMatch(/\p{Surrogate}/u);
        const pieces = text.replace(/[…*\n\\: .·0-9–]/gu, '').split(letter);
        expect(pieces.join('')).toBe('');
      }
    },
  );

  it('shows injected markup and obeys none of it', async () => {
    const surface = await open(catalogue);
    const evil =
      'Halo <!channel> <@U1> <https://x.example|klik> [klik](https://x.example) **tebal** <at>semua</at> `rahasia` \u202Elaku';
    const message = withParts(
      { type: 'paragraph', text: evil },
      { type: 'paragraph', text: evil, strong: true },
      { type: 'context', text: evil },
      { type: 'facts', facts: [{ label: evil, value: evil }] },
    );
    const { payload } = await deliver(surface, { ...message, title: evil, text: evil });
    const read = surface.read(payload);
    expect(read.length).toBeGreaterThanOrEqual(3);
    for (const text of read) for (const mark of surface.obeyed) expect(text).not.toMatch(mark);
  });
});

/** Every string a person may see, wherever it stands. */
const textsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string'
      ? ['text', 'title', 'summary', 'legend'].includes(name)
        ? [inner]
        : []
      : textsOf(inner),
  );
};
