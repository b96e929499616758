import { describe, expect, it } from 'vitest';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';
import { strangerAt, teamsHouse } from '../../support/teams/tenant.ts';

const catalogue = await shippedCatalogue();
const message = noticeMessage(catalogue, 'id', { key: 'answer.help', buttons: ['pause'] });
const changed = noticeMessage(catalogue, 'en', { key: 'answer.resume' });
const sari = strangerAt('oid-sari');

describe('Teams as a chat', () => {
  it('opens the conversation with a person never met, then keeps to it', async () => {
    const { chat, tenant } = await teamsHouse(catalogue);
    const first = await chat.deliver(sari, message, 'k1');
    if (first.state !== 'sent') throw new Error(first.reason);
    expect(tenant.message(first.ref)?.userId).toBe(sari.userId);
    const known = { ...sari, conversation: first.conversation };
    expect(await chat.deliver(known, message, 'k2')).toMatchObject({
      state: 'sent',
      conversation: first.conversation,
    });
  });

  it('changes a message in place, by reference and as an answer', async () => {
    const { chat, tenant, state } = await teamsHouse(catalogue);
    const first = await chat.deliver(sari, message, 'k1');
    if (first.state !== 'sent') throw new Error(first.reason);
    const address = { ...sari, conversation: first.conversation };
    state.at += 60_000;
    await chat.update({ address, ref: first.ref }, changed);
    const stored = tenant.message(first.ref);
    expect(stored?.changedAt?.getTime()).toBe(state.at);
    expect(JSON.stringify(stored?.payload)).toContain(changed.title);
    const to = { from: address, target: { ref: first.ref, replyUrl: null } };
    expect(await chat.answer(to, message, 'replace')).toMatchObject({ ref: first.ref });
    expect(JSON.stringify(tenant.message(first.ref)?.payload)).toContain(message.title);
  });

  it('adds a reply, and replaces nothing where nothing was pressed', async () => {
    const { chat, saved } = await teamsHouse(catalogue);
    const to = { from: sari, target: { ref: null, replyUrl: null } };
    await chat.answer(to, message, 'reply');
    await chat.answer(to, message, 'replace');
    expect(new Set(saved.map(({ ref }) => ref)).size).toBe(2);
  });

  it('says of each fault what it is', async () => {
    const { chat, state, saved } = await teamsHouse(catalogue);
    const known = { ...sari, conversation: 'a:oid-sari' };
    state.fault = 'throttled';
    expect(await chat.deliver(known, message, 'k')).toMatchObject({
      state: 'retry',
      afterSeconds: 30,
    });
    state.fault = 'down';
    expect(await chat.deliver(known, message, 'k')).toMatchObject({ state: 'retry' });
    expect(saved).toHaveLength(0);
    state.fault = 'lost-answer';
    expect(await chat.deliver(known, message, 'k')).toMatchObject({ state: 'unknown' });
    expect(saved).toHaveLength(1);
    state.fault = null;
    state.refusing.add(sari.userId);
    for (const address of [sari, known])
      expect(await chat.deliver(address, message, 'k')).toEqual({
        state: 'unreachable',
        reason: 'blocked-by-user',
      });
    const gone = { ...sari, conversation: '19:lain' };
    expect(await chat.deliver(gone, message, 'k')).toMatchObject({
      reason: 'conversation-not-found',
    });
  });

  it('has no doubt about a message whose conversation could not be opened', async () => {
    const { chat, state, saved } = await teamsHouse(catalogue);
    state.fault = 'lost-answer';
    expect(await chat.deliver(sari, message, 'k')).toEqual({
      state: 'retry',
      reason: 'conversation-not-opened',
      afterSeconds: null,
    });
    expect(saved).toEqual([]);
    expect(chat.lookUp).toBeNull();
  });

  it('takes one token for an hour and another for the next', async () => {
    const { tenant, state } = await teamsHouse(catalogue);
    const first = await tenant.token();
    expect(await tenant.token()).toBe(first);
    state.at += 3_600_000;
    expect(await tenant.token()).not.toBe(first);
  });
});
