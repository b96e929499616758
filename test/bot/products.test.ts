/** Two products, one house: neither surface names the other, and no message of the shipped content breaks a limit. */
import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../bot/slack/view.ts';
import { teamsLimits } from '../../bot/teams/limits.ts';
import { cardSize, teamsCard, teamsMessage } from '../../bot/teams/view.ts';
import { checkPayload } from '../../functions/local/chat/payload-rules.ts';
import { everySample, type NamedMessage } from '../support/every-sample.ts';
import { shippedCatalogue } from '../support/teams/messages.ts';

const catalogue = await shippedCatalogue();
const onTeams = await everySample(catalogue, 'teams');
const onSlack = await everySample(catalogue, 'slack');

/** Other chat products by name; "teams" of people begin with a small letter. */
const others = /\b(whatsapp|telegram|discord|mattermost|webex|zoom|signal|google chat)\b/i;

/** Names of the messages whose payload says one of these words. */
const naming = (
  messages: readonly NamedMessage[],
  { draw, words }: { readonly draw: (one: NamedMessage) => object; readonly words: RegExp },
): readonly string[] =>
  messages.filter((one) => words.test(JSON.stringify(draw(one)))).map(({ name }) => name);

/** Every object of a payload. */
const objectsIn = (value: unknown): readonly Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
};

describe('what Teams shows', () => {
  const draw = ({ message }: NamedMessage) => teamsMessage(message);

  it('is looked at in full: hundreds of messages in both languages', () => {
    expect(onTeams.length).toBeGreaterThan(500);
    expect(new Set(onTeams.map(({ message }) => message.language))).toEqual(new Set(['id', 'en']));
  });

  it('never names another chat product', () => {
    expect(naming(onTeams, { draw, words: /slack/i })).toEqual([]);
    expect(naming(onTeams, { draw, words: others })).toEqual([]);
  });

  it('never weighs more than 25 KB, so that no message is too large for Teams', () => {
    const heavy = onTeams.filter(({ message }) => cardSize(teamsCard(message)) > 25 * 1024);
    expect(heavy.map(({ name }) => name)).toEqual([]);
  });

  it('has at most six buttons in a set, no rating, and words beside every chart', () => {
    const elements = onTeams.flatMap(({ message }) => objectsIn(teamsCard(message)));
    const types = elements.map(({ type }) => type);
    expect(types).not.toContain('Input.Rating');
    const sets = elements.filter(({ type }) => type === 'ActionSet');
    const most = Math.max(...sets.map(({ actions }) => Object(actions).length));
    expect(most).toBeLessThanOrEqual(teamsLimits.actionsPerSet);
    const charts = elements.filter(({ type }) => `${type}`.startsWith('Chart.'));
    expect(charts.length).toBeGreaterThan(0);
    for (const { fallback } of charts) expect(fallback).toMatchObject({ type: 'TextBlock' });
  });
});

describe('what Slack shows', () => {
  it('keeps every limit and rule of Slack, whatever it is, in both languages', () => {
    expect(new Set(onSlack.map(({ message }) => message.language))).toEqual(new Set(['id', 'en']));
    const broken = onSlack.flatMap(({ name, message }) =>
      checkPayload('slack', slackMessage(message)).failed.map((rule) => `${name}: ${rule}`),
    );
    expect(broken).toEqual([]);
  });

  it('never names another chat product', () => {
    const draw = ({ message }: NamedMessage) => slackMessage(message);
    expect(naming(onSlack, { draw, words: /Microsoft|\bTeams\b/ })).toEqual([]);
    expect(naming(onSlack, { draw, words: others })).toEqual([]);
  });
});
