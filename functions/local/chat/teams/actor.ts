/** A person at a Teams window of the local tenant. */
import * as z from 'zod';
import { type ActionId, actionIds, commentId } from '../../../../core/conversation/message.ts';
import type { PressResult } from '../../../../web/studio/port.ts';
import type { Door } from '../../../app/app.ts';
import type { Actor, Button } from '../actor.ts';
import type { TeamsSettled, TeamsTenant } from './tenant.ts';

const cardSchema = z.looseObject({
  body: z.array(z.unknown()).default([]),
  actions: z.array(z.unknown()).default([]),
});
const payloadSchema = z.object({ attachments: z.array(z.object({ content: cardSchema })) });
const buttonSchema = z.looseObject({
  type: z.literal('Action.Execute'),
  data: z.looseObject({
    action: z.enum(Object.values(actionIds) as [ActionId, ...ActionId[]]),
    value: z.string(),
  }),
});
const nestingSchema = z.looseObject({
  actions: z.array(z.unknown()).default([]),
  items: z.array(z.unknown()).default([]),
  columns: z.array(z.unknown()).default([]),
});

/** Everything the person does goes through `door`, signed as Microsoft signs it. */
export const teamsActor = (tenant: TeamsTenant, door: Door): Actor => {
  const press: Actor['press'] = async ({ userId, ref, element, inputs }) => {
    const answer = await door(await tenant.press({ userId, ref, action: element, inputs }));
    return shown(await tenant.settle(ref, answer));
  };
  return {
    platform: 'teams',
    buttons,
    press,
    submit: async () => ({ error: 'no form is open' }),
    answerPulse: async ({ userId, message, answers, comment }) => {
      const submit = buttons(message.payload).find(
        ({ action }) => action === actionIds.submitPulse,
      );
      if (submit === undefined) return { error: 'no form in the message' };
      const inputs = comment === null ? answers : { ...answers, [commentId]: comment };
      return press({ userId, ref: message.ref, element: submit.element, inputs });
    },
    type: async ({ userId, text }) => {
      const answer = await door(await tenant.type({ userId, text }));
      return answer.ok ? {} : { error: `HTTP ${answer.status}` };
    },
    message: tenant.message,
  };
};

const shown = (settled: TeamsSettled): PressResult => {
  if (settled.state === 'failed') return { error: `HTTP ${settled.status}` };
  return settled.state === 'told' ? { error: settled.text } : {};
};

const buttons: Actor['buttons'] = (payload) => {
  const read = payloadSchema.safeParse(payload);
  const cards = read.success ? read.data.attachments.map(({ content }) => content) : [];
  return cards.flatMap(({ body, actions }) => [...body, ...actions].flatMap(buttonsIn));
};

/** Buttons of an element and of whatever it holds. */
const buttonsIn = (element: unknown): readonly Button[] => {
  const button = buttonSchema.safeParse(element);
  if (button.success) return [{ ...button.data.data, element }];
  const nest = nestingSchema.safeParse(element);
  if (!nest.success) return [];
  const { actions, items, columns } = nest.data;
  return [...actions, ...items, ...columns].flatMap(buttonsIn);
};
