/** The rules of a card, held by every card that the shipped content can become, in both languages. */
import { describe, expect, it } from 'vitest';
import { teamsLimits } from '../../../bot/teams/limits.ts';
import { cardSize, teamsCard } from '../../../bot/teams/view.ts';
import { leaderMessage } from '../../../core/leadership/summary-message.ts';
import { pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { everySample } from '../../support/every-sample.ts';
import { showCard } from '../../support/teams/card-client.ts';
import { firstOf, newTicket, shippedCatalogue } from '../../support/teams/messages.ts';

type Piece = Readonly<Record<string, unknown>>;

/** Every object of a card, the elements and actions among them. */
const piecesOf = (value: unknown): readonly Piece[] => {
  if (Array.isArray(value)) return value.flatMap(piecesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Piece, ...Object.values(value).flatMap(piecesOf)];
};
const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
const filled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** Each rule by the name of its breach, for one piece. */
const broken: Readonly<Record<string, (piece: Piece) => boolean>> = {
  'a text that does not wrap': ({ type, wrap }) => type === 'TextBlock' && wrap !== true,
  'choices that do not wrap': ({ type, wrap }) => type === 'Input.ChoiceSet' && wrap !== true,
  'a rating': ({ type }) => type === 'Input.Rating',
  'an input without id, label or words for a fault': ({ type, id, label, errorMessage }) =>
    `${type}`.startsWith('Input.') && ![id, label, errorMessage].every(filled),
  'more than six buttons in a set': ({ type, actions }) =>
    type === 'ActionSet' && Object(actions).length > teamsLimits.actionsPerSet,
  'a button that older clients cannot press': ({ type, title, data, fallback }) =>
    type === 'Action.Execute' &&
    !(
      Object(fallback).type === 'Action.Submit' &&
      same(Object(fallback).data, data) &&
      Object(fallback).title === title
    ),
  'a chart without words': ({ type, fallback }) =>
    `${type}`.startsWith('Chart.') && !filled(Object(fallback).text),
};

const catalogue = await shippedCatalogue();
const samples = await everySample(catalogue, 'teams');
const cards = samples.map(({ name, message }) => ({ name, message, card: teamsCard(message) }));

describe('every card of the shipped content', () => {
  it('is one of hundreds, in both languages', () => {
    expect(cards.length).toBeGreaterThan(500);
    expect(new Set(cards.map(({ card }) => card.lang))).toEqual(new Set(['id', 'en']));
  });

  it.each(Object.entries(broken))('holds no %s', (_, breaks) => {
    const faulty = cards.filter(({ card }) => piecesOf(card).some(breaks));
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  it('is version 1.5, names its language, has one heading, no id twice and at most 25 KB', () => {
    const faulty = cards.filter(({ card, message }) => {
      const pieces = piecesOf(card);
      const headings = pieces.filter(({ style }) => style === 'heading');
      const ids = pieces.filter(({ type }) => `${type}`.startsWith('Input.')).map(({ id }) => id);
      return !(
        card.version === '1.5' &&
        card.lang === message.language &&
        headings.length === 1 &&
        new Set(ids).size === ids.length &&
        cardSize(card) <= 25 * 1024
      );
    });
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  it('would not pass with any of these rules broken', () => {
    const breaches: readonly Piece[] = [
      { type: 'TextBlock', text: 'x' },
      { type: 'Input.ChoiceSet', id: 'a', label: 'b', errorMessage: 'c' },
      { type: 'Input.Rating', id: 'a', label: 'b', errorMessage: 'c' },
      { type: 'Input.Text', id: 'a', label: 'b' },
      { type: 'ActionSet', actions: Array(7).fill({}) },
      { type: 'Action.Execute', title: 'x', data: {}, fallback: { type: 'Action.Submit' } },
      { type: 'Chart.Line' },
    ];
    const found = Object.values(broken).map((breaks) => breaches.findIndex(breaks));
    expect(found).toEqual(breaches.map((_, at) => at));
  });
});

describe('a field that must be filled', () => {
  it.each(['id', 'en'] as const)(
    'is refused by the client in the words of our %s form, and what was filled in stays',
    async (language) => {
      const catalogue = await shippedCatalogue();
      const pulse = await newTicket(catalogue, { language, closesAt: '2026-12-18T08:30:00.000Z' });
      const message = pulseInvitation(catalogue, pulse);
      const { form } = message;
      if (form === undefined) throw new Error('no form');
      // None of ours must be: taking part is voluntary. What a client would do then is shown on the same card.
      const [first = '', second = ''] = pulse.ticket.items;
      const card = JSON.parse(JSON.stringify(teamsCard(message)));
      for (const piece of card.body) if (piece.id === first) piece.isRequired = true;
      const shown = showCard(card);
      shown.fill(second, '2');
      expect(shown.click(form.submit.label)).toBeNull();
      expect(shown.element.textContent).toContain(form.errorMessage);
      shown.fill(first, '4');
      expect(shown.click(form.submit.label)?.data).toMatchObject({ [first]: '4', [second]: '2' });
    },
  );
});

describe('a chart of numbers with more digits than are told', () => {
  it('the numbers read as in the words', () => {
    const message = leaderMessage(catalogue, 'id', {
      figures: {
        ...{ unitName: 'Biro Contoh', standsFor: null, concern: null },
        ...{ engaged: null, participation: null },
        trend: { categories: ['23 Okt', '20 Nov'], series: [{ name: 'Unit', values: [3.19, 3] }] },
      },
      prompt: firstOf(catalogue.prompts.values()),
    });
    const chart = message.parts.find((one) => one.type === 'chart');
    expect(chart?.alternative).toBe('Unit: 23 Okt 3,2, 20 Nov 3,0');
    const facts = piecesOf(teamsCard(message)).filter(({ type }) => type === 'FactSet');
    expect(JSON.stringify(facts)).toContain('23 Okt: 3,2 · 20 Nov: 3,0');
  });
});
