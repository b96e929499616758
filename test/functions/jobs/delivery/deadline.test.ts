import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { teamsChat } from '../../../../bot/teams/chat.ts';
import { connectorClient } from '../../../../bot/teams/client.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Chat } from '../../../../core/ports.ts';
import { leaseLane } from '../../../../core/store/outbox/lanes.ts';
import { sendLane } from '../../../../functions/jobs/delivery/send.ts';
import { lessonTime, openDay } from './lesson-day.ts';

/** Slack alone, at one message a second: a batch of intents is committed well ahead of its turns. */
const openSlowLane = async () => {
  const house = await openDay();
  await sql`UPDATE lanes SET rate = 1, burst = 1 WHERE platform = 'slack'`.execute(house.db);
  const { rows } = await sql<{ id: number }>`SELECT id FROM lanes WHERE platform = 'slack'`.execute(
    house.db,
  );
  const lane = rows[0]?.id ?? 0;
  await sql`DELETE FROM outbox WHERE lane_id IS DISTINCT FROM ${lane}
    OR due <> ${lessonTime}`.execute(house.db);
  house.host.clock.moveTo(new Date(lessonTime));
  const ends = async () =>
    (
      await sql<{ state: string; reason: string | null; count: number }>`
        SELECT state::text, reason, count(*)::int AS count FROM outbox
        WHERE state NOT IN ('skipped', 'unreachable') GROUP BY 1, 2 ORDER BY 1, 2`.execute(house.db)
    ).rows;
  return { house, lane, ends };
};

const later = (seconds: number): Date => new Date(Date.parse(lessonTime) + seconds * 1_000);

describe('between the intent and the bytes', () => {
  it('the end of a message is looked at once more: none leaves at or after it', async () => {
    const { house, lane, ends } = await openSlowLane();
    await sql`UPDATE outbox SET expires = ${later(5)}`.execute(house.db);
    await sendLane(house.host.context, lane);
    const sent = house.host.messages().map(({ sentAt }) => sentAt.getTime());
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.length).toBeLessThanOrEqual(5);
    const held = await sql`SELECT 1 FROM outbox WHERE reason = 'deadline' AND state = 'retry'
      AND attempt = 1 AND ref IS NULL`.execute(house.db);
    expect(held.rows.length).toBeGreaterThan(1);
    house.host.clock.moveTo(later(3_600));
    await sendLane(house.host.context, lane);
    expect(house.host.messages()).toHaveLength(sent.length);
    expect((await ends()).map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'expired window-over',
      'sent null',
    ]);
  });

  /** One message to a person whose conversation takes `seconds` to open; `meanwhile` happens then. */
  const sendSlowly = async (
    { house, lane }: Awaited<ReturnType<typeof openSlowLane>>,
    seconds: number,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ) => {
    await sql`DELETE FROM outbox WHERE person_id <> (SELECT min(person_id) FROM outbox
      WHERE state = 'planned')`.execute(house.db);
    const asked: string[] = [];
    const client = connectorClient({
      token: async () => 'token',
      allowedHosts: ['teams.example'],
      fetch: async (url) => {
        const path = new URL(String(url)).pathname;
        asked.push(path);
        if (path.endsWith('/conversations')) {
          house.host.clock.moveTo(later(seconds));
          await meanwhile();
        }
        return Response.json({ id: 'a:1' }, { status: 201 });
      },
    });
    const teams = teamsChat({ appId: 'app', serviceUrl: 'https://teams.example/', client });
    const slow: Chat = {
      ...teams,
      platform: 'slack',
      deliver: (to, ...rest) => teams.deliver({ ...to, conversation: null }, ...rest),
    };
    const chats = new Map([['slack' as const, slow]]);
    await sendLane({ ...house.host.context, chats }, lane);
    return asked;
  };

  it('the end is looked at once more when a conversation had to be opened first', async () => {
    const day = await openSlowLane();
    await sql`UPDATE outbox SET expires = ${later(5)}`.execute(day.house.db);
    expect(await sendSlowly(day, 14)).toEqual(['/v3/conversations']);
    expect(await day.ends()).toEqual([{ state: 'retry', reason: 'deadline', count: 1 }]);
  });

  it('a lease that ran out while a conversation was opened is renewed, unless another has the lane', async () => {
    const alone = await openSlowLane();
    expect(await sendSlowly(alone, 14)).toHaveLength(2);
    expect(await alone.ends()).toEqual([{ state: 'sent', reason: null, count: 1 }]);
    const taken = await openSlowLane();
    const other = () => leaseLane(taken.house.db, taken.lane, { holder: 'other', now: later(14) });
    expect(await sendSlowly(taken, 14, other)).toEqual(['/v3/conversations']);
    expect(await taken.ends()).toEqual([{ state: 'retry', reason: 'lease-over', count: 1 }]);
  });

  it('the lease is looked at once more: a process that stood still while another took the lane sends nothing more', async () => {
    const { house, lane, ends } = await openSlowLane();
    const { context, clock } = house.host;
    let stood = false;
    const standingStill: Clock = {
      now: clock.now,
      sleep: async (milliseconds) => {
        if (!stood) {
          stood = true;
          clock.moveTo(later(20));
          expect(
            await leaseLane(house.db, lane, { holder: 'other', now: clock.now() }),
          ).not.toBeNull();
        }
        await clock.sleep(milliseconds);
      },
    };
    await sendLane({ ...context, clock: standingStill }, lane);
    // The first may have left before.
    expect(house.host.messages().length).toBeLessThanOrEqual(1);
    const waiting = (await ends()).filter(({ reason }) => reason === 'lease-over');
    expect(waiting).toMatchObject([{ state: 'retry' }]);
    expect(waiting[0]?.count).toBeGreaterThan(5);
  });
});
