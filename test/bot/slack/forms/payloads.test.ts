import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  commandShape,
  eventShape,
  messageShape,
  pressShape,
  revokedShape,
  shortcutShape,
  stateShape,
  submissionShape,
} from '../../../../bot/slack/forms/payloads.ts';
import { userShape } from '../../../../bot/slack/workspace/member.ts';
import { type Reader, readOr } from '../../../../core/shape.ts';

/** The same shapes told to a library that many have judged: what ours says must be what it says. */
const text = z.string();
const id = text.min(1);
const identified = z.object({ id });
const who = {
  user: identified.extend({ team_id: text.optional() }),
  team: identified.nullish(),
  enterprise: identified.nullish(),
};
const flag = z.boolean().optional();
const option = z.object({ value: text }).nullish();

const press = z.object({
  ...who,
  type: z.literal('block_actions'),
  channel: identified.optional(),
  container: z.object({ message_ts: text.optional(), channel_id: text.optional() }).optional(),
  message: z.object({ ts: text }).optional(),
  view: z.object({ type: text, app_installed_team_id: text.nullish() }).optional(),
  response_url: text.optional(),
  trigger_id: text.optional(),
  actions: z
    .array(
      z.object({
        action_id: text,
        action_ts: text.optional(),
        value: text.optional(),
        selected_option: option,
      }),
    )
    .min(1),
});
const submission = z.object({
  ...who,
  type: z.literal('view_submission'),
  view: z.object({
    id,
    hash: text.optional(),
    callback_id: text,
    private_metadata: text,
    app_installed_team_id: text.optional(),
  }),
});
const command = z.object({
  command: z.literal('/langkah'),
  text: text.default(''),
  user_id: id,
  team_id: text.optional(),
  enterprise_id: text.optional(),
  response_url: text.optional(),
  trigger_id: text.optional(),
});
const shortcut = z.object({
  ...who,
  type: z.literal('shortcut'),
  callback_id: z.enum(['langkah-today', 'langkah-pause', 'langkah-my-data', 'langkah-help']),
  action_ts: text.optional(),
  trigger_id: text.optional(),
});
const event = z.object({
  type: z.literal('event_callback'),
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  authorizations: z
    .array(
      z.object({
        enterprise_id: text.nullish(),
        team_id: text.nullish(),
        is_enterprise_install: flag,
      }),
    )
    .nullish(),
  event_id: id,
  event_time: z.number().optional(),
  event: z.looseObject({ type: text }),
});
const message = z.object({
  channel: text,
  channel_type: z.literal('im'),
  user: text,
  text,
  ts: text,
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
});
const user = z.object({
  id,
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  tz: text.nullish(),
  profile: z.object({ email: text.nullish() }).optional(),
});
const revoked = z.object({ tokens: z.object({ bot: z.array(text).default([]) }) });
const state = z.record(
  text,
  z.record(text, z.object({ selected_option: option, value: text.nullish() })),
);

const person = { user: { id: 'U1', team_id: 'T1', name: 'sari' }, team: { id: 'T1' } };
const pairs: Readonly<Record<string, [Reader<unknown>, z.ZodType, object]>> = {
  press: [
    pressShape,
    press,
    {
      ...person,
      type: 'block_actions',
      enterprise: null,
      channel: { id: 'D1' },
      container: { message_ts: '17.1', channel_id: 'D1' },
      message: { ts: '17.1', blocks: [] },
      view: { type: 'home', app_installed_team_id: null },
      response_url: 'https://hooks.slack.com/x',
      trigger_id: '1.2',
      actions: [{ action_id: 'a', action_ts: '1.2', selected_option: { value: 'b' } }],
    },
  ],
  submission: [
    submissionShape,
    submission,
    {
      ...person,
      type: 'view_submission',
      view: { id: 'V1', hash: 'h', callback_id: 'c', private_metadata: 'm', state: {} },
    },
  ],
  command: [commandShape, command, { command: '/langkah', text: 'jeda', user_id: 'U1' }],
  shortcut: [
    shortcutShape,
    shortcut,
    { ...person, type: 'shortcut', callback_id: 'langkah-help', action_ts: '1.2' },
  ],
  event: [
    eventShape,
    event,
    {
      type: 'event_callback',
      team_id: null,
      enterprise_id: 'E1',
      authorizations: [{ enterprise_id: 'E1', team_id: null, is_enterprise_install: true }],
      event_id: 'Ev1',
      event_time: 17,
      event: { type: 'message', user: 'U1' },
    },
  ],
  message: [
    messageShape,
    message,
    { channel: 'D1', channel_type: 'im', user: 'U1', text: 'halo', ts: '17.1', team: 'T1' },
  ],
  user: [userShape, user, { id: 'U1', deleted: false, is_bot: true, tz: null, profile: {} }],
  revoked: [revokedShape, revoked, { tokens: { oauth: ['U1'], bot: ['U2'] } }],
  state: [stateShape, state, { q1: { choice: { selected_option: { value: '4' }, type: 'x' } } }],
};

type Json = fc.JsonValue;

/** A copy in which one value, however deep, is gone or is another. */
const mutilated = (value: Json, steps: readonly number[], other: Json | undefined): unknown => {
  const [step, ...rest] = steps;
  if (typeof value !== 'object' || value === null || step === undefined) return other;
  const names = Object.keys(value);
  const name = names[step % Math.max(1, names.length)];
  if (name === undefined) return other;
  const within = (value as Readonly<Record<string, Json>>)[name] ?? null;
  const put = mutilated(within, rest, other);
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === name ? put : one));
  const { [name]: _gone, ...kept } = value;
  return put === undefined ? kept : { ...kept, [name]: put };
};

describe.each(Object.entries(pairs))('the shape of a %s', (_, [ours, theirs, valid]) => {
  const same = (value: unknown): void => {
    expect(readOr(ours, value)).toEqual(theirs.safeParse(value).data ?? null);
  };

  it('is read as it is', () => {
    expect(readOr(ours, valid)).not.toBeNull();
    same(valid);
  });

  it('is judged as the library judges it, whatever is missing or wrong', () => {
    const steps = fc.array(fc.nat(11), { maxLength: 5 });
    const other = fc.oneof(
      fc.constantFrom<(Json | undefined)[]>(undefined, null, '', 'x', 0, true, [], {}, [{}], ['x']),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const change = fc.array(fc.tuple(steps, other), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(change, (changes) =>
        same(
          changes.reduce<unknown>((value, [at, put]) => mutilated(value as Json, at, put), valid),
        ),
      ),
      { numRuns: 400 },
    );
  });
});
