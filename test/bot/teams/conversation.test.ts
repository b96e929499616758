/** How a conversation with a person is opened: once, however many messages wait for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { Chat } from '../../../core/ports.ts';
import { localHosts } from '../../../functions/local/chat/teams/tenant.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';
import { strangerAt, teamsHouse } from '../../support/teams/tenant.ts';
import { appId } from '../../support/teams/tokens.ts';

const catalogue = await shippedCatalogue();
const message = noticeMessage(catalogue, 'id', { key: 'answer.help', buttons: ['pause'] });
const sari = strangerAt('oid-sari');

describe('several messages for one person at once', () => {
  /** A chat whose Connector counts openings and takes as long as the others need to come along. */
  const counting = async (lacksApp: boolean) => {
    const { tenant, state, saved } = await teamsHouse(catalogue);
    const calls = { opened: 0, installed: 0 };
    if (lacksApp) state.lacking.add(sari.userId);
    const client = connectorClient({
      token: tenant.token,
      fetch: async (input, init) => {
        if (new URL(new Request(input, init).url).pathname === '/v3/conversations') {
          calls.opened += 1;
          await sleep(20);
        }
        return tenant.fetch(input, init);
      },
      allowedHosts: localHosts,
    });
    const install = async (userId: string) => {
      calls.installed += 1;
      state.lacking.delete(userId);
      return { state: 'installed' } as const;
    };
    const { serviceUrl } = tenant;
    return { chat: teamsChat({ client, appId, serviceUrl, install }), calls, saved, state };
  };
  const three = (chat: Chat) =>
    Promise.all(['k1', 'k2', 'k3'].map((key) => chat.deliver(sari, message, { key })));

  it('open one conversation, and all of them arrive in it', async () => {
    const { chat, calls, saved } = await counting(false);
    const outcomes = await three(chat);
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect([calls.opened, saved.length]).toEqual([1, 3]);
  });

  it('install the app once', async () => {
    const { chat, calls, saved } = await counting(true);
    await three(chat);
    expect([calls.installed, calls.opened, saved.length]).toEqual([1, 2, 3]);
  });

  it('share a failed opening, and the next message tries anew', async () => {
    const { chat, calls, state } = await counting(false);
    state.fault = 'lost-answer';
    const outcomes = await three(chat);
    expect(new Set(outcomes.map((outcome) => Object(outcome).reason)).size).toBe(1);
    state.fault = null;
    expect(await chat.deliver(sari, message, { key: 'k4' })).toMatchObject({ state: 'sent' });
    expect(calls.opened).toBe(2);
  });

  it('go to two people in two conversations', async () => {
    const { chat, calls } = await counting(false);
    await Promise.all(
      ['oid-a', 'oid-b'].map((id) => chat.deliver(strangerAt(id), message, { key: id })),
    );
    expect(calls.opened).toBe(2);
  });
});

describe('a cloud without a published first address', () => {
  it('waits for people to write first: nothing is asked of any Connector', async () => {
    const { tenant, saved } = await teamsHouse(catalogue);
    const { token, fetch } = tenant;
    const client = connectorClient({ token, fetch, allowedHosts: localHosts });
    const chat = teamsChat({ client, appId, serviceUrl: null });
    expect(await chat.deliver(sari, message, { key: 'k' })).toEqual({
      state: 'unreachable',
      reason: 'not-installed',
    });
    const heard = { ...sari, serviceUrl: tenant.serviceUrl };
    expect(await chat.deliver(heard, message, { key: 'k' })).toMatchObject({ state: 'sent' });
    expect(saved).toHaveLength(1);
  });
});
