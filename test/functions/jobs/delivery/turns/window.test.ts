import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../../../core/ports.ts';
import { leaseLane } from '../../../../../core/store/outbox/lanes.ts';
import { sendLane } from '../../../../../functions/jobs/delivery/send.ts';
import { lessonTime, openDay } from '../lesson-day.ts';

const later = (seconds: number): Date => new Date(Date.parse(lessonTime) + seconds * 1_000);

/** Slack alone, at one message a second; `run` tells when its chat was asked to do anything. */
const openSlowLane = async () => {
  const house = await openDay();
  await sql`UPDATE lanes SET rate = 1, burst = 1 WHERE platform = 'slack'`.execute(house.db);
  const { id: lane } = await house.db
    .selectFrom('lanes')
    .select('id')
    .where('platform', '=', 'slack')
    .executeTakeFirstOrThrow();
  await sql`DELETE FROM outbox WHERE lane_id IS DISTINCT FROM ${lane}
    OR due <> ${lessonTime}`.execute(house.db);
  const { context, clock } = house.host;
  const slack = context.chats.get('slack');
  if (slack === undefined) throw new Error('no Slack');
  const run = async (at: Date): Promise<readonly Date[]> => {
    const asked: Date[] = [];
    const deliver: Chat['deliver'] = async (to, ...rest) => {
      asked.push(clock.now());
      return slack.deliver(to, ...rest);
    };
    clock.moveTo(at);
    const chats = new Map([['slack' as const, { ...slack, deliver }]]);
    await sendLane({ ...context, chats }, lane);
    return asked;
  };
  return { house, lane, run };
};

describe('a message whose turn in the pace comes late', () => {
  it('does not go once its person’s quiet hours have begun, and goes after them', async () => {
    const { house, run } = await openSlowLane();
    // From a minute after the lessons are due until ten.
    await sql`UPDATE preferences SET quiet_from = 511, quiet_to = 600`.execute(house.db);
    const zone = sql`person_id IN (SELECT id FROM people WHERE time_zone = 'Asia/Jakarta')`;
    await sql`DELETE FROM outbox WHERE NOT (${zone})`.execute(house.db);
    const asked = await run(later(52));
    expect(asked.length).toBeGreaterThan(1);
    for (const at of asked) expect(at.getTime()).toBeLessThan(later(60).getTime());
    const held = await sql<{ held: number }>`SELECT count(*)::int AS held FROM outbox
      WHERE reason = 'window' AND state = 'retry' AND ref IS NULL`.execute(house.db);
    expect(held.rows[0]?.held).toBeGreaterThan(0);
    // Their next claim moves them.
    expect(await run(later(120))).toEqual([]);
    expect((await run(new Date('2026-10-26T03:00:00Z'))).length).toBeGreaterThan(1);
  });

  it('opens nothing in the chat when it is over by then', async () => {
    const { house, run } = await openSlowLane();
    await sql`UPDATE outbox SET expires = ${later(5)}`.execute(house.db);
    const asked = await run(later(0));
    expect(asked.length).toBeGreaterThan(1);
    for (const at of asked) expect(at.getTime()).toBeLessThan(later(5).getTime());
  });
});

describe('a run over a lane', () => {
  it('leaves it free for the next one at once', async () => {
    const { house, lane, run } = await openSlowLane();
    await sql`DELETE FROM outbox WHERE person_id <> (SELECT min(person_id) FROM outbox
      WHERE state = 'planned')`.execute(house.db);
    expect(await run(later(0))).toHaveLength(1);
    const now = house.host.clock.now();
    expect(await leaseLane(house.db, lane, { holder: 'other', now })).not.toBeNull();
  });
});
