/** A person at a Slack window of the local workspace. */
import * as z from 'zod';
import { readActionId } from '../../../../bot/slack/forms/payloads.ts';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { Door } from '../../../app/app.ts';
import type { Actor, Button } from '../actor.ts';
import { filledIn } from './people.ts';
import type { SlackWorkspace } from './workspace.ts';

const payloadSchema = z.object({
  blocks: z.array(z.looseObject({ type: z.string(), elements: z.array(z.unknown()).optional() })),
});
const buttonSchema = z.looseObject({
  type: z.literal('button'),
  action_id: z.string(),
  value: z.string().default(''),
});

/** Everything the person does goes through `door`, signed as Slack signs it. */
export const slackActor = (workspace: SlackWorkspace, door: Door): Actor => {
  const press: Actor['press'] = async ({ userId, ref, element }) => {
    const before = workspace.modalOf(userId)?.viewId;
    const answer = await door(workspace.press({ userId, ref, action: element }));
    if (!answer.ok) return { error: `HTTP ${answer.status}` };
    const modal = workspace.modalOf(userId);
    return modal === null || modal.viewId === before
      ? {}
      : { view: modal.view, viewId: modal.viewId };
  };
  const submit: Actor['submit'] = async ({ userId, viewId, values }) => {
    if (workspace.modal(viewId)?.userId !== userId) return { error: 'view_not_found' };
    const answer = await door(workspace.submit({ userId, viewId, values }));
    const settled = await workspace.settle(viewId, answer);
    switch (settled.state) {
      case 'refused':
        return { errors: settled.errors };
      case 'failed':
        return { error: `HTTP ${settled.status}` };
      case 'updated':
        return { view: settled.view, viewId };
      case 'closed':
        return {};
    }
  };
  return {
    platform: 'slack',
    buttons,
    press,
    submit,
    answerPulse: async ({ userId, message, answers, comment }) => {
      const opener = buttons(message.payload).find(({ action }) => action === actionIds.openPulse);
      if (opener === undefined) return { error: 'no pulse button' };
      const opened = await press({ userId, ref: message.ref, element: opener.element, inputs: {} });
      const modal = workspace.modal(opened.viewId ?? '');
      if (modal === null) return { error: opened.error ?? 'no modal opened' };
      const values = filledIn(modal, { answers, comment });
      return submit({ userId, viewId: modal.viewId, values });
    },
    type: async ({ userId, text }) => {
      const typed = text.startsWith('/langkah')
        ? workspace.command({ userId, text: text.slice('/langkah'.length).trim() })
        : workspace.type({ userId, text });
      const answer = await door(typed);
      return told(answer);
    },
    home: {
      open: async (userId) => told(await door(workspace.openHome({ userId }))),
      act: async ({ userId, action, value }) =>
        told(await door(workspace.pressHome({ userId, action, value }))),
      shown: workspace.home,
    },
    message: workspace.message,
  };
};

const told = ({ ok, status }: Response) => (ok ? {} : { error: `HTTP ${status}` });

const buttons: Actor['buttons'] = (payload) => {
  const read = payloadSchema.safeParse(payload);
  const elements = read.success ? read.data.blocks.flatMap(({ elements: list = [] }) => list) : [];
  return elements.flatMap((element): readonly Button[] => {
    const button = buttonSchema.safeParse(element);
    const action = button.success ? readActionId(button.data.action_id) : null;
    return button.success && action !== null ? [{ action, value: button.data.value, element }] : [];
  });
};
