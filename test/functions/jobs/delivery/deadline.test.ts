import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../core/clock.ts';
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
