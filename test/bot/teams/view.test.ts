import type { IAdaptiveCard, ILineChart } from '@microsoft/teams.cards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { teamsLimits } from '../../../bot/teams/limits.ts';
import { parseTeams, readAnswers } from '../../../bot/teams/parse.ts';
import { escapeMarkdown } from '../../../bot/teams/text.ts';
import { cardSize, teamsCard, teamsMessage } from '../../../bot/teams/view.ts';
import {
  type Action,
  actionIds,
  type ChatMessage,
  messageKinds,
  type Part,
} from '../../../core/conversation/message.ts';
import { printable } from '../../../core/conversation/printable.ts';
import { readActionValue } from '../../../core/conversation/values.ts';
import { languages } from '../../../core/language.ts';
import { commentLimit } from '../../../core/survey/ballot/ballot.ts';
import { showCard } from '../../support/teams/card-client.ts';
import { everyMessage, shippedCatalogue } from '../../support/teams/messages.ts';
import { now, pressOf } from '../../support/teams/tokens.ts';

const catalogue = await shippedCatalogue();
const messages = (await Promise.all(languages.map((one) => everyMessage(catalogue, one)))).flat();
const named = messages.map(
  (message) => [`${message.kind} (${message.language})`, message] as const,
);

/** Every object of a card, the elements and actions among them. */
const objectsIn = (value: unknown): readonly Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
};
const ofType = (card: IAdaptiveCard, type: string) =>
  objectsIn(card).filter((one) => one['type'] === type);

/** What must be readable of a part, line by line. */
const linesOf = (part: Part): readonly string[] => {
  if (part.type === 'paragraph' || part.type === 'context')
    return part.text.trim().split(/\s*\n\s*/);
  return part.type === 'chart' ? part.alternative.trim().split(/\s*\n\s*/) : [];
};

describe('a card of every kind', () => {
  it('has all nine kinds in both languages to look at', () => {
    expect(new Set(named.map(([name]) => name)).size).toBe(messageKinds.length * languages.length);
  });

  it.each(named)('%s is shown without a complaint by the real renderer', (_, message) => {
    const shown = showCard(teamsCard(message));
    // Charts are newer than the renderer: it says so and shows the words instead.
    const complaints = shown.complaints.filter((one) => !one.includes('Chart.Line'));
    expect(complaints).toEqual([]);
    for (const line of message.parts.flatMap(linesOf)) expect(shown.text).toContain(line);
  });

  it.each(named)('%s says its language, wraps every text and has one heading', (_, message) => {
    const card = teamsCard(message);
    expect(card).toMatchObject({ version: '1.5', lang: message.language });
    const texts = ofType(card, 'TextBlock');
    expect(texts.every(({ wrap }) => wrap === true)).toBe(true);
    expect(texts.filter(({ style }) => style === 'heading')).toHaveLength(1);
    const { summary, type } = teamsMessage(message);
    expect({ summary, type }).toEqual({ summary: message.text, type: 'message' });
  });

  it.each(named)('%s gives each button a fallback with the same data', (_, message) => {
    for (const action of ofType(teamsCard(message), 'Action.Execute')) {
      const { fallback, title, data } = action;
      expect(fallback).toMatchObject({ type: 'Action.Submit', title, data });
      expect(data).toMatchObject({ action: action['verb'] });
    }
  });

  it.each(named)('%s sends, on a real click, what our parser reads', (_, message) => {
    const shown = showCard(teamsCard(message));
    const offered = message.parts.flatMap((part) => (part.type === 'actions' ? part.actions : []));
    for (const action of offered) {
      if (message.form && action.id === actionIds.openPulse) continue;
      const clicked = shown.click(action.label);
      if (clicked === null) throw new Error(`${action.label} was not sent`);
      const event = parseTeams(pressOf(clicked), now, null);
      expect(event).toMatchObject({ kind: 'action', action: action.id, value: action.value });
    }
  });
});

describe('the pulse inside a card', () => {
  const invitations = messages.filter(({ kind }) => kind === 'pulse-invitation');

  it.each(invitations)('carries the answers and the ticket of a $language form', (message) => {
    const { form } = message;
    if (form === undefined) throw new Error('no form');
    const shown = showCard(teamsCard(message));
    for (const { id } of form.questions) shown.fill(id, '4');
    shown.fill('comment', 'Perlu contoh *nyata*');
    const clicked = shown.click(form.submit.label);
    expect(clicked?.verb).toBe(actionIds.submitPulse);
    expect(readAnswers(clicked?.data)).toEqual({
      ticket: form.ticket,
      answers: Object.fromEntries(form.questions.map(({ id }) => [id, '4'])),
      comment: 'Perlu contoh *nyata*',
    });
  });

  it('keeps unsent answers away from every other button', () => {
    const [message] = invitations;
    if (!message?.form) throw new Error('no form');
    const shown = showCard(teamsCard(message));
    for (const { id } of message.form.questions) shown.fill(id, '1');
    const skip = message.parts
      .flatMap((part) => (part.type === 'actions' ? part.actions : []))
      .find(({ id }) => id === actionIds.skipPulse);
    expect(shown.click(skip?.label ?? '')?.data).toEqual({ action: skip?.id, value: skip?.value });
  });

  it('labels every input, forces no answer and takes as long a comment as a ballot keeps', () => {
    const [message] = invitations;
    if (!message?.form) throw new Error('no form');
    const card = teamsCard(message);
    const inputs = [...ofType(card, 'Input.ChoiceSet'), ...ofType(card, 'Input.Text')];
    expect(inputs).toHaveLength(message.form.questions.length + 1);
    for (const input of inputs)
      expect(input).toMatchObject({ label: expect.stringMatching(/\S/), isRequired: false });
    expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
    expect(ofType(card, 'Input.Text')).toMatchObject([{ maxLength: commentLimit }]);
  });
});

describe('a chart', () => {
  it('is native, leaves a hidden point out, and says every number in text', () => {
    const message = messages.find(({ kind }) => kind === 'leader-summary');
    if (message === undefined) throw new Error('no summary');
    const part = message.parts.find((one) => one.type === 'chart');
    if (part === undefined) throw new Error('no chart');
    const [chart] = teamsCard(message).body.filter(
      (one): one is ILineChart => one.type === 'Chart.Line',
    );
    const drawn = chart?.data?.map(({ legend, values }) => [legend, values?.length]);
    expect(drawn).toEqual([
      ['Kekhawatiran', 2],
      ['Hambatan', 3],
    ]);
    const facts = ofType(teamsCard(message), 'FactSet').flatMap((one) => JSON.stringify(one));
    expect(facts.join()).toContain('W1: 3,4 · W2: – · W3: 2,6');
    expect(chart?.fallback).toMatchObject({ type: 'TextBlock', wrap: true });
  });
});

describe('plain text in a card', () => {
  it('keeps bold, links, lists and code from taking effect', () => {
    expect(escapeMarkdown('*tebal* _miring_ [klik](https://x.example) `kode`')).toBe(
      '\\*tebal\\* \\_miring\\_ \\[klik\\](https://x.example) \\`kode\\`',
    );
    expect(escapeMarkdown('- satu\n2. dua\n> tiga')).toBe('\\- satu\n\n2\\. dua\n\n\\> tiga');
    expect(escapeMarkdown('<b>R&D</b> &copy;')).toBe('\\<b>R&D\\</b> \\&copy;');
    expect(escapeMarkdown('gaji\u202e000.1\u202c \u2066naik\u2069')).toBe('gaji000.1 naik');
  });

  it('loses no printable character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const back = escapeMarkdown(text).replace(/\\([\\`*_[\]<&\-+#>.)])/g, '$1');
        expect(back.replace(/\s+/g, '')).toBe(printable(text).replace(/\s+/g, ''));
      }),
    );
  });

  it('leaves no mark of emphasis or link unescaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'\\*_[]()`ab <&;#x\n') }), (text) => {
        expect(escapeMarkdown(text).replace(/\\[^\n]/g, ' ')).not.toMatch(/[*_[\]`]|<[a-z/!?]/i);
      }),
    );
  });
});

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constant('*'.repeat(6_000)),
  fc.constant('👩🏽‍💻'.repeat(2_000)),
);
const action: fc.Arbitrary<Action> = fc.record({
  id: fc.constantFrom(...Object.values(actionIds)),
  label: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }),
  value: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
});
const textPart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('paragraph' as const), text: words }),
  fc.record({ type: fc.constant('context' as const), text: words }),
  fc.record({
    type: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: words, value: words }), { maxLength: 3 }),
  }),
);
const actionPart: fc.Arbitrary<Part> = fc.record({
  type: fc.constant('actions' as const),
  actions: fc.array(action, { minLength: 1, maxLength: 13 }),
});
/** Texts of any length, but no more buttons than fit: those cannot be shortened. */
const anyMessage: fc.Arbitrary<ChatMessage> = fc.record({
  kind: fc.constantFrom(...messageKinds),
  language: fc.constantFrom(...languages),
  title: words,
  text: fc.string({ unit: 'grapheme', minLength: 20, maxLength: 100 }),
  parts: fc
    .tuple(fc.array(textPart, { maxLength: 5 }), fc.array(actionPart, { maxLength: 1 }))
    .map(([texts, actions]) => [...texts, ...actions]),
});

describe('limits', () => {
  it('no message of ours, however long its texts, weighs more than 25 KB', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(cardSize(teamsCard(message))).toBeLessThanOrEqual(teamsLimits.cardBytes);
      }),
      { numRuns: 15 },
    );
  });

  it('no set holds more than six buttons, and none is lost', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const sets = ofType(teamsCard(message), 'ActionSet').map(
          ({ actions }) => actions as unknown[],
        );
        expect(Math.max(0, ...sets.map(({ length }) => length))).toBeLessThanOrEqual(6);
        const offered = message.parts.flatMap((one) => (one.type === 'actions' ? one.actions : []));
        expect(sets.flat()).toHaveLength(offered.length);
      }),
      { numRuns: 15 },
    );
  });

  it('refuses a message whose buttons alone are too heavy', () => {
    const heavy = { id: actionIds.help, label: 'Bantuan', value: 'x'.repeat(20_000) } as const;
    const [message] = messages;
    if (message === undefined) throw new Error('no message');
    const parts: Part[] = [{ type: 'actions', actions: [heavy] }];
    expect(() => teamsCard({ ...message, parts })).toThrow(/does not fit/);
  });

  it('gives a value back unchanged, separator and language included', () => {
    const lesson = messages.find(({ kind }) => kind === 'lesson');
    const values = lesson?.parts.flatMap((one) => (one.type === 'actions' ? one.actions : []));
    for (const { value } of values ?? []) expect(readActionValue(value)?.language).toBe('id');
  });
});
