import { describe, expect, it } from 'vitest';
import { teamsTenants } from '../../../bot/teams/chat.ts';
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
    const first = await chat.deliver(sari, message, { key: 'k1' });
    if (first.state !== 'sent') throw new Error(first.reason);
    expect(tenant.message(first.ref)?.userId).toBe(sari.userId);
    const known = { ...sari, conversation: first.conversation };
    expect(await chat.deliver(known, message, { key: 'k2' })).toMatchObject({
      state: 'sent',
      conversation: first.conversation,
    });
  });

  it('changes a message in place, by reference and as an answer', async () => {
    const { chat, tenant, state } = await teamsHouse(catalogue);
    const first = await chat.deliver(sari, message, { key: 'k1' });
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
    expect(await chat.deliver(known, message, { key: 'k' })).toMatchObject({
      state: 'retry',
      afterSeconds: 30,
    });
    state.fault = 'down';
    expect(await chat.deliver(known, message, { key: 'k' })).toMatchObject({ state: 'retry' });
    expect(saved).toHaveLength(0);
    state.fault = 'lost-answer';
    expect(await chat.deliver(known, message, { key: 'k' })).toMatchObject({ state: 'unknown' });
    expect(saved).toHaveLength(1);
    state.fault = null;
    state.refusing.add(sari.userId);
    for (const address of [sari, known])
      expect(await chat.deliver(address, message, { key: 'k' })).toEqual({
        state: 'unreachable',
        reason: 'blocked-by-user',
      });
  });

  it('opens a conversation anew that Teams has forgotten, and says the message there once', async () => {
    const { chat, saved } = await teamsHouse(catalogue);
    const gone = { ...sari, conversation: '19:lain' };
    expect(await chat.deliver(gone, message, { key: 'k' })).toMatchObject({
      state: 'sent',
      conversation: 'a:oid-sari',
    });
    expect(saved).toHaveLength(1);
    const target = { address: gone, ref: '1:lama' };
    expect(await chat.update(target, message)).toMatchObject({ reason: 'conversation-not-found' });
  });

  it('sends from a stored reference alone, in a process that has seen no activity', async () => {
    const { chat, tenant, saved } = await teamsHouse(catalogue);
    const stored = {
      ...sari,
      conversation: 'a:oid-sari',
      serviceUrl: tenant.serviceUrl,
    };
    expect(await chat.deliver(stored, message, { key: 'k' })).toMatchObject({ state: 'sent' });
    expect(saved.map(({ userId }) => userId)).toEqual([sari.userId]);
  });

  it('takes a message away, once', async () => {
    const { chat, tenant } = await teamsHouse(catalogue);
    const first = await chat.deliver(sari, message, { key: 'k1' });
    if (first.state !== 'sent') throw new Error(first.reason);
    const target = { address: { ...sari, conversation: first.conversation }, ref: first.ref };
    expect(await chat.remove?.(target)).toMatchObject({ state: 'sent' });
    expect(tenant.message(first.ref)).toBeNull();
    expect(await chat.remove?.(target)).toMatchObject({ reason: 'message-not-found' });
  });

  it('says who stands behind an address, by e-mail, and that it does not know a stranger', async () => {
    const { chat, state } = await teamsHouse(catalogue);
    state.emails.set(sari.userId, 'Sari@Contoh.example');
    expect(await chat.whoIs?.(sari)).toEqual({
      state: 'known',
      members: [{ userId: sari.userId, email: 'sari@contoh.example', zone: null, status: 'staff' }],
    });
    expect(await chat.whoIs?.(strangerAt('oid-lain'))).toMatchObject({ state: 'unclear' });
  });

  it('has no doubt about a message whose conversation could not be opened', async () => {
    const { chat, state, saved } = await teamsHouse(catalogue);
    state.fault = 'lost-answer';
    expect(await chat.deliver(sari, message, { key: 'k' })).toEqual({
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

describe('a person without the app', () => {
  it('is out of reach where nobody may install it', async () => {
    const { chat, state } = await teamsHouse(catalogue);
    state.lacking.add(sari.userId);
    const outcome = await chat.deliver(sari, message, { key: 'k' });
    expect(outcome).toEqual({ state: 'unreachable', reason: 'not-installed' });
  });

  it('gets it installed once, and the message in the conversation that is opened then', async () => {
    const { chatInstalling, state, saved } = await teamsHouse(catalogue);
    state.lacking.add(sari.userId);
    const installed: string[] = [];
    const chat = chatInstalling(async (userId) => {
      installed.push(userId);
      state.lacking.delete(userId);
      return { state: 'installed' };
    });
    const first = await chat.deliver(sari, message, { key: 'k1' });
    if (first.state !== 'sent') throw new Error(first.reason);
    await chat.deliver({ ...sari, conversation: first.conversation }, message, { key: 'k2' });
    expect([installed, saved.length]).toEqual([[sari.userId], 2]);
  });

  it.each(['unlicensed', 'guest', 'install-refused'])('is out of reach as %s', async (reason) => {
    const { chatInstalling, state, saved } = await teamsHouse(catalogue);
    state.lacking.add(sari.userId);
    const chat = chatInstalling(async () => ({ state: 'unreachable', reason }));
    expect(await chat.deliver(sari, message, { key: 'k' })).toEqual({
      state: 'unreachable',
      reason,
    });
    expect(saved).toEqual([]);
  });
});

describe('several tenants', () => {
  it('are each spoken to by their own registration, and a foreign one by none', async () => {
    const [one, two] = [await teamsHouse(catalogue), await teamsHouse(catalogue)];
    const chat = teamsTenants(
      new Map([
        ['satu', one.chat],
        ['dua', two.chat],
      ]),
    );
    if (chat === null) throw new Error('no chat');
    await chat.deliver({ ...sari, workspaceId: 'dua' }, message, { key: 'k' });
    expect([one.saved.length, two.saved.length]).toEqual([0, 1]);
    const foreign = { ...sari, workspaceId: 'tiga' };
    const refused = { state: 'lane-paused', reason: 'tenant-not-registered' };
    expect(await chat.deliver(foreign, message, { key: 'k' })).toEqual(refused);
    expect(await chat.update({ address: foreign, ref: '1' }, message)).toEqual(refused);
    const target = { ref: null, replyUrl: null };
    expect(await chat.answer({ from: foreign, target }, message, 'reply')).toEqual(refused);
    expect(await chat.remove?.({ address: foreign, ref: '1' })).toEqual(refused);
    expect(await chat.whoIs?.(foreign)).toMatchObject({ state: 'unclear' });
  });

  it('that are none make no chat, and a single one speaks for no other either', async () => {
    const { chat, saved } = await teamsHouse(catalogue);
    expect(teamsTenants(new Map())).toBeNull();
    const only = teamsTenants(new Map([[sari.workspaceId, chat]]));
    expect(
      await only?.deliver({ ...sari, workspaceId: 'lain' }, message, { key: 'k' }),
    ).toMatchObject({
      reason: 'tenant-not-registered',
    });
    expect(await only?.deliver(sari, message, { key: 'k' })).toMatchObject({ state: 'sent' });
    expect(saved).toHaveLength(1);
  });
});
