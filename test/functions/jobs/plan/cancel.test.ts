import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../../core/ports.ts';
import {
  cancelCampaign,
  readStanding,
  stopWaiting,
  uncancelCampaign,
} from '../../../../core/store/runs/campaign.ts';
import { sendJob } from '../../../../functions/jobs/delivery/send.ts';
import { copies, lessonTime, openDay } from '../delivery/lesson-day.ts';

const now = new Date(lessonTime);
const campaign = { stream: 'lesson', slot: '2026-10-26', item: null, personId: null };
const act = { campaign, reason: 'keliru', now };

/** The operator cancels while the first POST of a chat is on its way. */
const openCancelledDay = async () => {
  const house = await openDay();
  house.host.clock.moveTo(now);
  let cancelled: Promise<unknown> | null = null;
  const watch = (chat: Chat): Chat => ({
    ...chat,
    deliver: async (...args) => {
      cancelled ??= cancelCampaign(house.db, act);
      await cancelled;
      return chat.deliver(...args);
    },
  });
  const chats = new Map(
    [...house.host.context.chats].map(([platform, chat]) => [platform, watch(chat)]),
  );
  return { house, context: { ...house.host.context, chats } };
};

describe('a run that is cancelled while messages are in flight', () => {
  it('lets those arrive that were on their way, and nothing after', async () => {
    const { house, context } = await openCancelledDay();
    await sendJob.run(context, now);
    const { inFlight, waiting, gone, cancelled } = await readStanding(house.db, campaign);
    expect([inFlight, waiting]).toEqual([0, 0]);
    expect(gone).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(0);
    const shown = copies(house, 'slack').messages + copies(house, 'teams').messages;
    expect(shown).toBe(gone);
    await house.tickAt('2026-10-26T04:00:00Z');
    expect(copies(house, 'slack').messages + copies(house, 'teams').messages).toBe(shown);
  });

  it('does not try again what the chat turned back, until the cancellation is taken back', async () => {
    const { house, context } = await openCancelledDay();
    for (const platform of ['slack', 'teams'] as const) house.host.setFault(platform, 'throttled');
    await sendJob.run(context, now);
    for (const platform of ['slack', 'teams'] as const) house.host.setFault(platform, null);
    for (const minute of ['35', '40', '50']) await house.tickAt(`2026-10-26T01:${minute}:00Z`);
    expect(house.host.messages()).toEqual([]);
    const { rows } = await sql<{ state: string }>`SELECT DISTINCT concat_ws(' ', state, reason)
      AS state FROM outbox WHERE attempt > 0`.execute(house.db);
    expect(rows).toEqual([{ state: 'skipped cancelled' }]);
    expect(await stopWaiting(house.db, campaign, now)).toBe(0);
    await uncancelCampaign(house.db, { ...act, now: new Date('2026-10-26T02:00:00Z') });
    await house.tickAt('2026-10-26T02:00:00Z');
    expect(house.host.messages().length).toBeGreaterThan(20);
    for (const platform of ['slack', 'teams'] as const)
      for (const count of copies(house, platform).perPerson.values()) expect(count).toBe(1);
  });
});
