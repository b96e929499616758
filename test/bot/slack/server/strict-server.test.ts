import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { slackClient } from '../../../../bot/slack/client.ts';
import { slackMessage, slackModal } from '../../../../bot/slack/view.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { pulseForm } from '../../../../core/survey/pulse-message.ts';
import { createSlackWorkspace } from '../../../../functions/local/chat/slack/workspace.ts';
import { catalogue, closesAt, pulse, userId } from '../../../support/slack/sari.ts';
import { type StrictServer, strictServer } from '../../../support/slack/strict-server.ts';
import { buttonsOf, now, slackHouse, workspaceId } from '../../../support/slack/workspace.ts';
import { firstOf, newTicket } from '../../../support/teams/messages.ts';

const payload = slackMessage(noticeMessage(catalogue, 'id', { key: 'answer.help' }));
const key = '0c8f2f0e-8a3c-4c55-9b7f-1d2f3a4b5c6d';

/** The SDK's own client on the server, with the token given and no repeating. */
const sdk = (server: StrictServer, token: string) =>
  new WebClient(token, { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } });
const withHouse = async () => {
  const server = await strictServer();
  const house = slackHouse(catalogue, server);
  return { server, house, token: firstOf(server.members.keys()) };
};
const client = (server: StrictServer, tokens: Readonly<Record<string, string>>) =>
  slackClient({
    token: async (id) => tokens[id] ?? null,
    fetch: server.fetch,
    apiUrl: server.apiUrl,
  });

describe('the strict server, with the SDK as its client', () => {
  it('takes our message over the socket and refuses an unknown block', async () => {
    const { server, token } = await withHouse();
    const web = sdk(server, token);
    expect(await web.chat.postMessage({ channel: userId, ...payload })).toMatchObject({ ok: true });
    const blocks = [{ type: 'poster' }];
    await expect(
      web.apiCall('chat.postMessage', { channel: userId, text: 'Halo', blocks }),
    ).rejects.toThrow(/invalid_blocks/);
  });

  it('refuses an unknown argument, an unknown field in a block, and what a token may not do', async () => {
    const { server, house, token } = await withHouse();
    const web = sdk(server, token);
    const post = (more: object) =>
      web.apiCall('chat.postMessage', { channel: userId, ...payload, ...more });
    await expect(post({ warna: 'merah' })).rejects.toThrow(/invalid_arg_name/);
    const blocks = payload.blocks.map((block) => ({ ...block, warna: 'merah' }));
    await expect(post({ blocks })).rejects.toThrow(/invalid_blocks/);
    server.scopes.delete('chat:write');
    await expect(post({})).rejects.toThrow(/missing_scope/);
    expect(house.screen(userId)).toEqual([]);
  });

  it.each([
    ['ignores', 2],
    ['deduplicates', 1],
    ['refuses', 1],
  ] as const)('%s a client_msg_id that comes again: %d message(s)', async (mode, shown) => {
    const { server, house, token } = await withHouse();
    server.clientMsgId = mode;
    const slack = client(server, { [workspaceId]: token });
    const post = { channel: userId, ...payload };
    const outcomes = [
      await slack.post(workspaceId, post, { key, honoured: true }),
      await slack.post(workspaceId, post, { key, honoured: mode !== 'refuses' }),
    ];
    expect(outcomes[1]).toMatchObject({ state: 'sent' });
    expect(outcomes[0]?.state).toBe(mode === 'refuses' ? 'unreachable' : 'sent');
    expect(house.screen(userId)).toHaveLength(shown);
  });

  it('lets one workspace wait for one method, and nobody else', async () => {
    const { server, token } = await withHouse();
    const elsewhere = createSlackWorkspace({
      clock: { now: () => now, sleep: async () => undefined },
      workspaceId: 'T0LAIN',
      refuses: () => false,
      fault: () => null,
      save: async () => undefined,
    });
    const other = server.add('T0LAIN', elsewhere);
    server.waits.set(`${workspaceId} chat.postMessage`, 17);
    const slack = client(server, { [workspaceId]: token, T0LAIN: other });
    const post = { channel: userId, ...payload };
    expect(await slack.post(workspaceId, post, { key })).toMatchObject({ afterSeconds: 17 });
    const ask = { method: 'auth.test', arguments: {}, schema: z.looseObject({}) };
    expect(await slack.ask(workspaceId, ask)).toMatchObject({ ok: true });
    expect(await slack.post('T0LAIN', post, { key })).toMatchObject({ state: 'sent' });
  });

  it('refuses a token that was rotated away, and takes the new one', async () => {
    const { server, token } = await withHouse();
    const fresh = server.rotate(token);
    await expect(sdk(server, token).auth.test()).rejects.toThrow(/token_expired/);
    expect(await sdk(server, fresh).auth.test()).toMatchObject({ ok: true });
  });

  it('says no code that Slack does not publish for the method', async () => {
    const { server, token } = await withHouse();
    server.refusing.set('chat.postMessage', 'is_archived');
    const post = () => sdk(server, token).chat.postMessage({ channel: userId, ...payload });
    await expect(post()).rejects.toThrow(/is_archived/);
    server.refusing.set('chat.postMessage', 'message_not_found');
    await expect(post()).rejects.toThrow(/unpublished_code/);
  });

  it('opens a modal by a trigger of three seconds, once, and changes it under its hash', async () => {
    const { server, house, token } = await withHouse();
    const web = sdk(server, token);
    const made = await newTicket(catalogue, { language: 'id', closesAt });
    const view = slackModal(pulseForm(catalogue, made), { ticket: made.signed });
    const trigger = async () => {
      const { ref } = await pulse(house);
      const action = firstOf(buttonsOf(house.workspace.message(ref)?.payload));
      const body = await house.workspace.press({ userId, ref, action }).text();
      return String(JSON.parse(new URLSearchParams(body).get('payload') ?? '{}').trigger_id);
    };
    const fresh = await trigger();
    const opened = await web.views.open({ trigger_id: fresh, view });
    await expect(web.views.open({ trigger_id: fresh, view })).rejects.toThrow(/exchanged/);
    const { id = '', hash = '' } = opened.view ?? {};
    expect(await web.views.update({ view_id: id, hash, view })).toMatchObject({ ok: true });
    await expect(web.views.update({ view_id: id, hash, view })).rejects.toThrow(/hash_conflict/);
    const late = await trigger();
    house.state.at += 3001;
    await expect(web.views.open({ trigger_id: late, view })).rejects.toThrow(/expired_trigger_id/);
  });
});
