import { describe, expect, it } from 'vitest';
import { slackLimits as limits } from '../../../../bot/slack/limits.ts';
import { slackMessage, slackModal } from '../../../../bot/slack/view.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { pulseForm } from '../../../../core/survey/pulse-message.ts';
import { createSlackWorkspace } from '../../../../functions/local/chat/slack/workspace.ts';
import { catalogue, closesAt, deliver, pulse, userId } from '../../../support/slack/sari.ts';
import {
  buttonsOf,
  now,
  type SlackHouse,
  slackHouse,
  workspaceId,
} from '../../../support/slack/workspace.ts';
import { firstOf, newTicket } from '../../../support/teams/messages.ts';

const notice = noticeMessage(catalogue, 'id', { key: 'answer.help', buttons: ['myData', 'stop'] });
const payload = slackMessage(notice);
const made = await newTicket(catalogue, { language: 'id', closesAt });
const modal = slackModal(pulseForm(catalogue, made), { ticket: made.signed });

/** What the local workspace answers to a call of a method with the bot's token. */
const call = async (method: string, body: object, token?: string) => {
  const house = slackHouse(catalogue);
  const right = await house.workspace.botToken(workspaceId);
  const answer = await house.workspace.fetch(`https://slack.com/api/${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token ?? right}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify(body),
  });
  return answer.json();
};
const post = (changes: object) =>
  call('chat.postMessage', { channel: userId, ...payload, ...changes });
const block = (one: object) => ({ blocks: [one] });
const plain = (text: string) => ({ type: 'plain_text', text });
const button = (id: string, label = 'Bantuan') => ({
  type: 'button',
  action_id: id,
  text: plain(label),
});

/** The trigger of a press that Sari has just made. */
const freshTrigger = async (house: SlackHouse): Promise<string> => {
  const { ref } = await pulse(house);
  const action = firstOf(buttonsOf(house.workspace.message(ref)?.payload));
  const body = await house.workspace.press({ userId, ref, action }).text();
  return JSON.parse(new URLSearchParams(body).get('payload') ?? '{}').trigger_id;
};
const openWith = async (house: SlackHouse, trigger_id: string, view: object) => {
  const token = await house.workspace.botToken(workspaceId);
  const answer = await house.workspace.fetch('https://slack.com/api/views.open', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ trigger_id, view }),
  });
  return answer.json();
};

describe('the local Slack workspace', () => {
  it('takes our messages and tells who it is', async () => {
    expect(await post({})).toMatchObject({ ok: true, channel: `D${userId}` });
    expect(await call('auth.test', {})).toMatchObject({ ok: true, team_id: workspaceId });
  });

  it.each([
    ['an unknown argument', { colour: 'red' }, 'invalid_arg_name'],
    ['nothing at all', { text: '', blocks: undefined }, 'no_text'],
    ['a stranger channel', { channel: 'C1' }, 'channel_not_found'],
    ['metadata with more in it', { metadata: { event_type: 'x' } }, 'invalid_metadata_format'],
    ['no blocks in a list', { blocks: [] }, 'invalid_blocks'],
    [
      'too many blocks',
      { blocks: Array(limits.messageBlocks + 1).fill({ type: 'divider' }) },
      'invalid_blocks',
    ],
    ['an unknown block', block({ type: 'poster' }), 'invalid_blocks'],
    ['an unknown field', block({ type: 'divider', colour: 'red' }), 'invalid_blocks'],
    ['a long heading', block({ type: 'header', text: plain('x'.repeat(151)) }), 'invalid_blocks'],
    [
      'a long label',
      block({ type: 'actions', elements: [button('a', 'x'.repeat(76))] }),
      'invalid_blocks',
    ],
    [
      'two buttons of one id',
      block({ type: 'actions', elements: [button('a'), button('a')] }),
      'invalid_blocks',
    ],
    ['a section of nothing', block({ type: 'section' }), 'invalid_blocks'],
  ])('refuses %s', async (_, changes, error) => {
    expect(await post(changes)).toEqual({ ok: false, error });
  });

  it('refuses another token, an unknown method and any other host', async () => {
    expect(await call('auth.test', {}, 'xoxb-lain')).toMatchObject({ error: 'invalid_auth' });
    expect(await call('users.list', {})).toMatchObject({ error: 'unknown_method' });
    const { workspace } = slackHouse(catalogue);
    await expect(workspace.fetch('https://example.com/')).rejects.toThrow(/does not serve/);
  });

  it.each([
    ['a long title', { ...modal, title: plain('x'.repeat(25)) }],
    ['inputs without a way to send them', { ...modal, submit: undefined }],
    ['long metadata', { ...modal, private_metadata: 'x'.repeat(3001) }],
    ['an unknown field', { ...modal, colour: 'red' }],
  ])('refuses a modal with %s', async (_, view) => {
    const house = slackHouse(catalogue);
    const answer = await openWith(house, await freshTrigger(house), view);
    expect(answer).toEqual({ ok: false, error: 'invalid_arguments' });
    expect(house.workspace.modalOf(userId)).toBeNull();
  });

  it('lets a trigger open one modal, once', async () => {
    const house = slackHouse(catalogue);
    const trigger = await freshTrigger(house);
    expect(await openWith(house, trigger, modal)).toMatchObject({ ok: true });
    expect(await openWith(house, trigger, modal)).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(await openWith(house, 'x', modal)).toMatchObject({ error: 'invalid_trigger_id' });
    const late = await freshTrigger(house);
    house.state.at += limits.triggerSeconds * 1000 + 1;
    expect(await openWith(house, late, modal)).toMatchObject({ error: 'expired_trigger_id' });
  });

  it('goes on after a restart: old messages can be changed, new ones get new ids', async () => {
    const house = slackHouse(catalogue);
    const ref = await deliver(house, notice);
    const again = createSlackWorkspace({
      clock: { now: () => now, sleep: async () => undefined },
      workspaceId,
      refuses: () => false,
      fault: () => null,
      save: async () => undefined,
      stored: house.saved,
    });
    const send = async (method: string, body: object) => {
      const answer = await again.fetch(`https://slack.com/api/${method}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await again.botToken(workspaceId)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    const channel = `D${userId}`;
    const { text, blocks } = payload;
    expect(await send('chat.update', { channel, ts: ref, text, blocks })).toMatchObject({
      ok: true,
    });
    const next = await send('chat.postMessage', { channel, text });
    expect(Number(next.ts)).toBeGreaterThan(Number(ref));
  });
});
