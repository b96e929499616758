/** What must not stand in a message: whoever wrote its texts, neither platform is handed it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slackMessage, slackModal, slackNoticeModal } from '../../bot/slack/view.ts';
import { teamsMessage } from '../../bot/teams/view.ts';
import {
  actionIds,
  type ChatMessage,
  commentId,
  type Form,
  messageKinds,
  type Part,
} from '../../core/conversation/message.ts';
import { printable } from '../../core/conversation/printable.ts';
import { languages } from '../../core/language.ts';

/** Every character of the first plane that `printable` takes out or replaces. */
const unprintable = Array.from({ length: 0x10000 }, (_, at) => String.fromCharCode(at)).filter(
  (one) => printable(`a${one}b`) !== `a${one}b`,
);
const forbidden = new Set(unprintable);
const marks = unprintable.filter((one) => !/\p{Surrogate}/u.test(one));

/** A text in which every second character or so is a bad one. */
const hostile = fc.string({
  unit: fc.constantFrom('a', 'B', '1', ' ', '*', ...marks, '\ud800', '\udc00'),
  minLength: 1,
  maxLength: 40,
});
const action = fc.record({
  id: fc.constantFrom(...Object.values(actionIds)),
  label: hostile,
  value: fc.constant('id/x'),
});
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('paragraph'), text: hostile, strong: fc.boolean() }),
  fc.record({ type: fc.constant('context'), text: hostile }),
  fc.record({
    type: fc.constant('facts'),
    facts: fc.array(fc.record({ label: hostile, value: hostile }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('actions'),
    actions: fc.array(action, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('link'),
    label: hostile,
    url: fc.constant('https://contoh.example/'),
  }),
  fc.record({
    type: fc.constant('chart'),
    title: hostile,
    categories: fc.tuple(hostile, hostile),
    series: fc.array(fc.record({ name: hostile, values: fc.constant([3, 2]) }), {
      minLength: 1,
      maxLength: 2,
    }),
    alternative: hostile,
  }),
);
const form: fc.Arbitrary<Form> = fc.record({
  ticket: fc.constant('ticket'),
  title: hostile,
  intro: hostile,
  questions: fc.tuple(
    fc.record({
      id: fc.constant('reg-a'),
      label: hostile,
      options: fc.tuple(fc.record({ value: fc.constant('1'), label: hostile })),
    }),
  ),
  comment: fc.record({ id: fc.constant(commentId), label: hostile, hint: hostile }),
  submit: action,
  cancel: hostile,
  errorMessage: hostile,
});
const message: fc.Arbitrary<ChatMessage & { readonly form: Form }> = fc.record({
  kind: fc.constantFrom(...messageKinds),
  language: fc.constantFrom(...languages),
  title: hostile,
  text: hostile,
  parts: fc.array(part, { maxLength: 6 }),
  form,
});

/** Every string of a payload, whatever its name. */
const stringsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
};

const payloads: Readonly<Record<string, (of: ChatMessage & { readonly form: Form }) => unknown>> = {
  'a message of Slack': slackMessage,
  'a form of Slack': (of) => slackModal(of.form, { ticket: of.form.ticket }),
  'an answered form of Slack': (of) => slackNoticeModal(of, of.form.cancel),
  'a card or activity of Teams': teamsMessage,
};

it.each(Object.entries(payloads))('no string of %s holds what `printable` removes', (_, make) => {
  expect(unprintable).toEqual(expect.arrayContaining(['\u0000', '\u202e', '\ud800', '\r']));
  fc.assert(
    fc.property(message, (of) => {
      const bad = stringsOf(make(of)).filter((text) => [...text].some((one) => forbidden.has(one)));
      expect(bad).toEqual([]);
    }),
  );
});
