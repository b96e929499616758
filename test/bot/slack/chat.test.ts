import { describe, expect, it } from 'vitest';
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import type { Outcome } from '../../../core/ports.ts';
import { withParts } from '../../support/slack/payloads.ts';
import {
  buttonsOf,
  type SlackHouse,
  slackHouse,
  strangerAt,
} from '../../support/slack/workspace.ts';
import { firstOf, shippedCatalogue } from '../../support/teams/messages.ts';

const catalogue = await shippedCatalogue();
const userId = 'U0SARI';
const lesson = lessonMessage(catalogue, firstOf(catalogue.lessons.values()), 'id');
const notice = noticeMessage(catalogue, 'id', { key: 'answer.later' });

const sent = (outcome: Outcome) => {
  if (outcome.state !== 'sent') throw new Error(outcome.reason);
  return outcome;
};
const deliver = async (house: SlackHouse, message: ChatMessage = lesson) =>
  sent(await house.chat.deliver(strangerAt(userId), message, { key: 'kunci' }));
/** The event of Sari pressing the first button of a message. */
const pressFirst = async (house: SlackHouse, ref: string) => {
  const action = firstOf(buttonsOf(house.workspace.message(ref)?.payload));
  await house.door(house.workspace.press({ userId, ref, action }));
  return firstOf(await house.drain());
};
const titleOf = (house: SlackHouse, ref: string): string =>
  Object(house.workspace.message(ref)?.payload).blocks[0].text.text;

describe('delivering', () => {
  it('reaches a stranger by user id and a known person by channel, with ids of their own', async () => {
    const house = slackHouse(catalogue);
    const first = await deliver(house);
    expect(first.conversation).toBe(`D${userId}`);
    const known = { ...strangerAt(userId), conversation: first.conversation };
    const second = sent(await house.chat.deliver(known, notice, { key: 'kunci-2' }));
    expect(second.ref).not.toBe(first.ref);
    expect(house.saved.map(({ ref }) => ref)).toEqual([first.ref, second.ref]);
  });

  it('tells the outbox why not: deactivated, throttled, not connected, lost, not installed', async () => {
    const house = slackHouse(catalogue);
    const outcome = () => house.chat.deliver(strangerAt(userId), lesson, { key: 'kunci' });
    house.state.refusing.add(userId);
    expect(await outcome()).toEqual({ state: 'unreachable', reason: 'channel_not_found' });
    house.state.refusing.clear();
    house.state.fault = 'throttled';
    expect(await outcome()).toEqual({ state: 'retry', reason: 'ratelimited', afterSeconds: 30 });
    house.state.fault = 'down';
    expect(await outcome()).toMatchObject({ state: 'retry', reason: 'not-connected' });
    expect(house.saved).toEqual([]);
    house.state.fault = 'lost-answer';
    expect(await outcome()).toEqual({ state: 'unknown', reason: 'ECONNRESET' });
    expect(house.saved).toHaveLength(1);
    house.state.fault = null;
    house.state.installed = false;
    expect(await outcome()).toEqual({ state: 'lane-paused', reason: 'not-installed' });
  });

  it('sends a chart in words to a workspace that refuses the block, and only then', async () => {
    const bodies: string[] = [];
    const client = slackClient({
      token: async () => 'xoxb-uji',
      apiUrl: 'https://slack.com/api/',
      fetch: async (url, init) => {
        const body = String(init?.body);
        bodies.push(body);
        const status = String(url).includes('hooks') ? 400 : 200;
        return body.includes('data_visualization')
          ? Response.json({ ok: false, error: 'invalid_blocks' }, { status })
          : Response.json({ ok: true, channel: 'D1', ts: '17.1' });
      },
    });
    const chat = slackChat({ client });
    const series = [{ name: 'Hambatan', values: [3.1, 2.8] }];
    const chart = { type: 'chart', title: 'Tren', categories: ['W1', 'W2'] } as const;
    const message = withParts({ ...chart, series, alternative: 'W1 3,1; W2 2,8' });
    expect((await chat.deliver(strangerAt(userId), message, { key: 'kunci' })).state).toBe('sent');
    expect(bodies).toHaveLength(2);
    expect(new URLSearchParams(bodies[1]).get('blocks')).toContain('W1 3,1; W2 2,8');
    await chat.deliver(strangerAt(userId), lesson, { key: 'kunci' });
    expect(bodies).toHaveLength(3);
    const from = { ...strangerAt(userId), conversation: 'D1' };
    const target = { ref: '17.1', replyUrl: 'https://hooks.slack.com/actions/T1/1/x' };
    for (const how of ['reply', 'replace'] as const)
      sent(await chat.answer({ from, target }, message, how));
    sent(await chat.update({ address: from, ref: '17.1' }, message));
    expect(bodies.map((body) => body.includes('data_visualization'))).toEqual([
      ...[true, false, false, true, false, true, false, true, false],
    ]);
  });
});

describe('changing', () => {
  it('changes the message in place', async () => {
    const house = slackHouse(catalogue);
    const { ref, conversation } = await deliver(house);
    const address = { ...strangerAt(userId), conversation };
    sent(await house.chat.update({ address, ref }, notice));
    expect(titleOf(house, ref)).toBe('Kiat ditunda');
    expect(house.workspace.message(ref)?.changedAt).not.toBeNull();
  });

  it('says when there is nothing to change', async () => {
    const house = slackHouse(catalogue);
    const { conversation } = await deliver(house);
    const address = { ...strangerAt(userId), conversation };
    expect(await house.chat.update({ address, ref: '1.1' }, notice)).toEqual({
      state: 'unreachable',
      reason: 'message_not_found',
    });
    expect(await house.chat.update({ address: strangerAt(userId), ref: '1.1' }, notice)).toEqual({
      state: 'unreachable',
      reason: 'no-conversation',
    });
  });
});

describe('answering', () => {
  it('replaces a pressed message through its response URL, five times, and then by chat.update', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await deliver(house);
    const event = await pressFirst(house, ref);
    house.requests.length = 0;
    for (let use = 1; use <= 6; use += 1) {
      const outcome = await house.chat.answer(event, notice, 'replace');
      expect(outcome).toMatchObject({ state: 'sent', ref });
    }
    const hosts = house.requests.map((url) => new URL(url).pathname.split('/').slice(1, 3));
    expect(hosts.slice(0, 5).every(([first]) => first === 'actions')).toBe(true);
    expect(house.requests.at(-1)).toBe('https://slack.com/api/chat.update');
    expect(titleOf(house, ref)).toBe('Kiat ditunda');
    expect(house.screen(userId)).toHaveLength(1);
  });

  it('replaces by chat.update when the response URL is older than half an hour', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await deliver(house);
    const event = await pressFirst(house, ref);
    house.state.at += 31 * 60_000;
    sent(await house.chat.answer(event, notice, 'replace'));
    expect(house.requests.at(-1)).toBe('https://slack.com/api/chat.update');
    expect(titleOf(house, ref)).toBe('Kiat ditunda');
  });

  it('adds a message below for a reply, also to typed words and to the command', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await deliver(house);
    const pressed = await pressFirst(house, ref);
    await house.door(house.workspace.type({ userId, text: 'apa ini?' }));
    await house.door(house.workspace.command({ userId, text: '' }));
    const [typed, command] = await house.drain();
    for (const event of [pressed, typed, command])
      if (event) sent(await house.chat.answer(event, notice, 'reply'));
    expect(house.screen(userId)).toHaveLength(4);
    expect(titleOf(house, ref)).toBe(lesson.title);
  });
});
