import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackLimits } from '../../../bot/slack/limits.ts';
import { slackMessage, slackModal, slackNoticeModal } from '../../../bot/slack/view.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import {
  type Action,
  actionIds,
  type ChatMessage,
  type Form,
  messageKinds,
  type Part,
} from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { commentLimit } from '../../../core/survey/ballot/ballot.ts';
import { checkMessage, checkModal } from '../../../functions/local/chat/slack/blocks/rules.ts';
import { withParts } from '../../support/slack/payloads.ts';
import { buttonsOf } from '../../support/slack/workspace.ts';
import { everyMessage, shippedCatalogue } from '../../support/teams/messages.ts';

const catalogue = await shippedCatalogue();
const messages = (await Promise.all(languages.map((one) => everyMessage(catalogue, one)))).flat();
const named = messages.map(
  (message) => [`${message.kind} (${message.language})`, message] as const,
);
const actionsOf = (message: ChatMessage): readonly Action[] =>
  message.parts.flatMap((part) => (part.type === 'actions' ? part.actions : []));

describe('a Slack message of every kind', () => {
  it('has all nine kinds in both languages to look at', () => {
    expect(new Set(named.map(([name]) => name)).size).toBe(messageKinds.length * languages.length);
  });

  it.each(named)('%s is within every limit of Slack', (_, message) => {
    expect(typeof checkMessage({ ...slackMessage(message) })).toBe('object');
  });

  it.each(named)('%s says everything without blocks and previews no link', (_, message) => {
    const { text, unfurl_links, unfurl_media } = slackMessage(message);
    expect(codePoints(message.text)).toBeGreaterThanOrEqual(20);
    expect(codePoints(text)).toBeGreaterThanOrEqual(20);
    expect([unfurl_links, unfurl_media]).toEqual([false, false]);
  });

  it.each(named)('%s offers each of its buttons, uncut, with its value', (_, message) => {
    expect(buttonsOf(slackMessage(message)).map(({ label, value }) => ({ label, value }))).toEqual(
      actionsOf(message).map(({ label, value }) => ({ label, value })),
    );
  });

  it('gives the buttons of one question different ids', () => {
    const lesson = messages.find(({ kind }) => kind === 'lesson');
    const ids = buttonsOf(slackMessage(lesson ?? withParts())).map(({ action_id }) => action_id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('quiz.answer');
    expect(ids).toContain('quiz.answer:2');
  });
});

describe('any message at all', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 3500 });
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({ type: fc.constant('paragraph' as const), text: anyText, strong: fc.boolean() }),
    fc.record({ type: fc.constant('context' as const), text: anyText }),
    fc.record({
      type: fc.constant('facts' as const),
      facts: fc.array(fc.record({ label: anyText, value: anyText }), {
        minLength: 1,
        maxLength: 25,
      }),
    }),
    fc.record({
      type: fc.constant('actions' as const),
      actions: fc.array(
        fc.record({
          id: fc.constantFrom(...Object.values(actionIds)),
          label: anyText,
          value: fc.string({ maxLength: 1500 }),
        }),
        { minLength: 1, maxLength: 40 },
      ),
    }),
    fc.record({
      type: fc.constant('chart' as const),
      title: anyText,
      categories: fc.array(fc.string({ maxLength: 40 }), { maxLength: 30 }),
      series: fc.array(
        fc.record({
          name: fc.string({ maxLength: 40 }),
          values: fc.array(fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })), {
            maxLength: 30,
          }),
        }),
        { maxLength: 10 },
      ),
      alternative: anyText,
    }),
  );

  it('becomes a payload that Slack takes', () => {
    const any = fc.record({
      title: anyText,
      text: anyText,
      parts: fc.array(part, { maxLength: 70 }),
    });
    fc.assert(
      fc.property(any, ({ title, text, parts }) => {
        const payload = slackMessage({ ...withParts(...parts), title: `J${title}`, text });
        expect(checkMessage({ ...payload })).toEqual({
          text: payload.text,
          blocks: payload.blocks,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('never has a button whose value was cut', () => {
    const actions = [{ id: actionIds.help, label: 'Bantuan', value: 'x'.repeat(2001) }];
    expect(() => slackMessage(withParts({ type: 'actions', actions }))).toThrow(/longer than 2000/);
  });
});

describe('the pulse as a modal', () => {
  const forms = messages.flatMap(({ form, language }) =>
    form === undefined ? [] : [[language, form] as const],
  );

  it.each(forms)('is within every limit in "%s" and asks all ten', (_, form) => {
    const view = slackModal(form, { ticket: form.ticket });
    expect(checkModal(view)).toEqual(view);
    const inputs = view.blocks.filter(({ type }) => type === 'input');
    expect(inputs).toHaveLength(form.questions.length + 1);
  });

  it.each(forms)('demands nothing and sends nothing before "send" in "%s"', (_, form) => {
    const view = slackModal(form, { ticket: form.ticket });
    for (const block of view.blocks.filter(({ type }) => type === 'input'))
      expect(block).toMatchObject({ optional: true });
    expect(JSON.stringify(view)).not.toContain('dispatch_action');
    expect(JSON.stringify(view)).not.toContain('initial_');
  });

  it('takes a comment as long as a ballot keeps', () => {
    expect(slackLimits.comment).toBe(commentLimit);
  });

  it('gives up the place of its invitation rather than the ticket when metadata is full', () => {
    const [, form] = forms[0] ?? [];
    const ticket = 'x'.repeat(2900);
    const replyUrl = `https://hooks.slack.com/${'y'.repeat(200)}`;
    const view = slackModal(form as Form, { ticket, replyUrl });
    expect(codePoints(view.private_metadata ?? '')).toBeLessThanOrEqual(3000);
    expect(view.private_metadata).toContain(ticket);
    expect(() => slackModal(form as Form, { ticket: 'x'.repeat(3000) })).toThrow(/does not fit/);
  });

  it('is thanked without a button, in a view that Slack takes', () => {
    for (const message of messages.filter(({ kind }) => kind === 'pulse-received')) {
      const view = slackNoticeModal(message, 'Tutup');
      expect(checkModal(view)).toEqual(view);
      expect(buttonsOf(view)).toEqual([]);
    }
  });
});
