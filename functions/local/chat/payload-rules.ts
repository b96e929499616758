/** The rules of good messages that a payload keeps or breaks, by platform; for the inspector and the preview. */
import * as z from 'zod';
import { teamsLimits } from '../../../bot/teams/limits.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import type { Platform } from '../../../core/ports.ts';
import type { RuleReport } from '../../../web/preview/data.ts';
import { checkMessage } from './slack/blocks/rules.ts';

type Rule = { readonly name: string; readonly keeps: (payload: unknown) => boolean };

const slackSchema = z.looseObject({
  text: z.string(),
  blocks: z.array(z.unknown()),
  unfurl_links: z.literal(false).optional(),
});
const teamsSchema = z.looseObject({
  summary: z.string(),
  attachments: z.array(z.looseObject({ content: z.looseObject({}) })).length(1),
});

/** 20 to 300 characters and no markup: what a toast or a screen reader is given. */
const isToast = (text: string): boolean =>
  codePoints(text) >= 20 && codePoints(text) <= 300 && !/[*_~<>]/u.test(text);

const card = (payload: unknown): Readonly<Record<string, unknown>> =>
  teamsSchema.safeParse(payload).data?.attachments[0]?.content ?? {};

/** Every object anywhere inside `value`. */
const everyObject = (value: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Readonly<Record<string, unknown>>;
  return [object, ...Object.values(object).flatMap(everyObject)];
};

const ofType = (payload: unknown, type: string) =>
  everyObject(card(payload)).filter((object) => object['type'] === type);

const noBroadcast: Rule = {
  name: '@channel, @here',
  keeps: (payload) => !/<!(channel|here|everyone)|@(channel|here)\b/u.test(JSON.stringify(payload)),
};

const rules: Readonly<Record<Platform, readonly Rule[]>> = {
  slack: [
    { name: 'text 20–300', keeps: (p) => isToast(slackSchema.safeParse(p).data?.text ?? '') },
    { name: 'blocks', keeps: (p) => typeof checkMessage(slackSchema.parse(p)) !== 'string' },
    { name: 'no other chat product', keeps: (p) => !/Microsoft Teams/u.test(JSON.stringify(p)) },
    noBroadcast,
  ],
  teams: [
    { name: 'summary 20–300', keeps: (p) => isToast(teamsSchema.safeParse(p).data?.summary ?? '') },
    { name: 'card 1.5', keeps: (p) => card(p)['version'] === '1.5' },
    { name: 'lang', keeps: (p) => card(p)['lang'] === 'id' || card(p)['lang'] === 'en' },
    { name: 'wrap', keeps: (p) => ofType(p, 'TextBlock').every((one) => one['wrap'] === true) },
    {
      name: 'Action.Execute fallback',
      keeps: (p) => ofType(p, 'Action.Execute').every((one) => one['fallback'] !== undefined),
    },
    {
      name: 'input label',
      keeps: (p) =>
        ['Input.Text', 'Input.ChoiceSet'].every((type) =>
          ofType(p, type).every((one) => typeof one['label'] === 'string'),
        ),
    },
    {
      name: '≤ 25 KB',
      keeps: (p) => Buffer.byteLength(JSON.stringify(card(p))) <= teamsLimits.cardBytes,
    },
    { name: 'no other chat product', keeps: (p) => !/\bSlack\b/u.test(JSON.stringify(p)) },
    noBroadcast,
  ],
};

/** Counts the rules kept and names those broken. */
export const checkPayload = (platform: Platform, payload: unknown): RuleReport => {
  const failed = rules[platform].filter(({ keeps }) => !keeps(payload)).map(({ name }) => name);
  return { passed: rules[platform].length - failed.length, failed };
};
