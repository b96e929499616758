import { describe, expect, it } from 'vitest';
import { slackChat } from '../../../../bot/slack/chat.ts';
import { slackClient } from '../../../../bot/slack/client.ts';
import type { Address, Found, MessageKey } from '../../../../core/ports.ts';
import { withParts } from '../../../support/slack/payloads.ts';
import {
  patient,
  type ServedSlack,
  servedSlack,
  unhurried,
} from '../../../support/slack/served.ts';

const sari: Address = {
  platform: 'slack',
  workspaceId: 'T0NYATA',
  userId: 'U0SARI',
  conversation: 'DU0SARI',
  serviceUrl: null,
};
const message = withParts();

const open = async () => {
  const slack = await servedSlack();
  const client = slackClient({
    token: async () => slack.token,
    apiUrl: slack.apiUrl,
    fetch: patient(slack, 300),
    timeout: unhurried,
  });
  const chat = slackChat({ client });
  return {
    slack,
    deliver: (key: MessageKey) => chat.deliver(sari, message, key),
    find: async (key: string, to = sari): Promise<Found | undefined> =>
      chat.lookUp?.find(to, { key, since: new Date() }),
  };
};

describe('looking a message up', () => {
  it('finds it by its key among others, with the ts to change it by', async () => {
    const { slack, deliver, find } = await open();
    await deliver({ key: 'kunci-1' });
    slack.faults.set('chat.postMessage', { effect: true, answer: 'reset' });
    expect(await deliver({ key: 'kunci-2' })).toMatchObject({ state: 'unknown' });
    slack.faults.clear();
    await deliver({ key: 'kunci-3' });
    expect(await find('kunci-2')).toEqual({
      state: 'found',
      ref: slack.messages()[1]?.ref,
      conversation: 'DU0SARI',
    });
  });

  it('is sure of its absence only when everything since was read', async () => {
    const { slack, deliver, find } = await open();
    slack.faults.set('chat.postMessage', { effect: false, answer: { status: 503 } });
    expect(await deliver({ key: 'kunci' })).toMatchObject({ state: 'unknown' });
    slack.faults.clear();
    expect(await find('kunci')).toEqual({ state: 'absent' });
    for (let index = 0; index < 16; index += 1) await deliver({ key: `lain-${index}` });
    expect(await find('kunci')).toEqual({ state: 'out-of-sight', reason: 'history-too-long' });
  });

  it('opens the conversation of somebody written to for the first time', async () => {
    const { slack, deliver, find } = await open();
    await deliver({ key: 'kunci' });
    slack.calls.length = 0;
    const stranger = { ...sari, conversation: null };
    expect(await find('kunci', stranger)).toMatchObject({ state: 'found' });
    expect(slack.methods()).toEqual(['conversations.open', 'conversations.history']);
    // Without leave to open it this one stays in doubt; the others can still be read.
    slack.scopes.delete('im:write');
    expect(await find('kunci', stranger)).toEqual({
      state: 'out-of-sight',
      reason: 'missing_scope',
    });
    expect(await find('kunci')).toMatchObject({ state: 'found' });
  });

  it('says when it is not permitted at all', async () => {
    const { slack, find } = await open();
    slack.scopes.delete('im:history');
    expect(await find('kunci')).toEqual({ state: 'not-permitted', reason: 'missing_scope' });
  });

  it.each([
    [{ effect: false, answer: { status: 429, retryAfter: '17' } }, 'ratelimited', 17],
    [{ effect: false, answer: { status: 429 } }, 'ratelimited', 30],
    [{ effect: false, answer: { status: 500 } }, 'http-500', null],
    [{ effect: false, answer: 'hang' }, 'timeout', null],
    [{ effect: false, answer: 'reset' }, 'UND_ERR_SOCKET', null],
  ] as const)('learns nothing from %j', async (fault, reason, afterSeconds) => {
    const { slack, find } = await open();
    slack.faults.set('conversations.history', fault);
    expect(await find('kunci')).toEqual({ state: 'unclear', reason, afterSeconds });
  });

  it('does not take a revoked token for an absence, nor for a want of scope', async () => {
    const { slack, find } = await open();
    slack.refusing.set('conversations.history', 'token_revoked');
    expect(await find('kunci')).toMatchObject({ state: 'unclear', reason: 'token_revoked' });
  });
});

describe('client_msg_id', () => {
  const twice = async (mode: ServedSlack['clientMsgId'], key: MessageKey) => {
    const { slack, deliver } = await open();
    slack.clientMsgId = mode;
    const outcomes = [await deliver(key), await deliver(key)];
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent']);
    return slack;
  };

  it('makes a repeated post show one message where the workspace honours it', async () => {
    expect((await twice('deduplicates', { key: 'kunci', honoured: true })).messages()).toHaveLength(
      1,
    );
    expect((await twice('deduplicates', { key: 'kunci' })).messages()).toHaveLength(2);
    expect((await twice('ignores', { key: 'kunci', honoured: true })).messages()).toHaveLength(2);
  });

  it('fails no message of a workspace that refuses it', async () => {
    const slack = await twice('refuses', { key: 'kunci', honoured: true });
    expect(slack.messages()).toHaveLength(2);
    // The refusal had no effect: each goes once more without it, and is still found by its key.
    expect(slack.calls).toHaveLength(4);
    expect(slack.messages()[0]?.payload).toMatchObject({
      metadata: { event_payload: { key: 'kunci' } },
    });
    expect((await twice('refuses', { key: 'kunci' })).calls).toHaveLength(2);
  });
});
