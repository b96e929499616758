import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../functions/jobs/context.ts';
import { sendLane } from '../../../functions/jobs/delivery/send.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import { onWakeUp } from '../../../functions/jobs/wake.ts';
import type { House } from '../../support/house.ts';
import { copies, lessonTime, openDay, states } from './delivery/lesson-day.ts';

/** A house whose wake-ups are kept until a test hands them out. */
const openWaking = async () => {
  const house = await openDay();
  const put: string[] = [];
  const context: Context = {
    ...house.host.context,
    wakeUps: { put: async (body) => void put.push(body) },
  };
  house.host.clock.moveTo(new Date(lessonTime));
  return { house, put, context };
};

const lanesOf = async ({ db }: House) => {
  const { rows } = await sql<{ id: number; platform: string }>`SELECT id, platform FROM lanes
    ORDER BY id`.execute(db);
  return rows;
};

/** Slack alone, at one message a second: longer than one run. */
const slowly = async ({ db }: House): Promise<void> => {
  await sql`UPDATE lanes SET rate = 1, burst = 1 WHERE platform = 'slack'`.execute(db);
  await sql`DELETE FROM outbox WHERE lane_id IS DISTINCT FROM
    (SELECT id FROM lanes WHERE platform = 'slack')`.execute(db);
};

describe('a tick with a queue for wake-ups', () => {
  it('puts one for each lane with due work, and sends nothing itself', async () => {
    const { house, put, context } = await openWaking();
    await tick(context);
    expect(put.map((body) => JSON.parse(body))).toEqual(
      (await lanesOf(house)).map(({ id }) => ({ lane: id })),
    );
    expect(house.host.messages()).toEqual([]);
  });

  it('puts none for a lane that is paused, that somebody runs, or that has nothing to do', async () => {
    const { house, put, context } = await openWaking();
    await sql`UPDATE lanes SET paused_reason = 'token_revoked' WHERE platform = 'slack'`.execute(
      house.db,
    );
    await sql`UPDATE lanes SET leased_until = ${lessonTime}::timestamptz + interval '3 seconds'
      WHERE platform = 'teams'`.execute(house.db);
    await tick(context);
    expect(put).toEqual([]);
    await sql`UPDATE outbox SET due = due + interval '1 day'`.execute(house.db);
    await sql`UPDATE lanes SET paused_reason = NULL, leased_until = NULL`.execute(house.db);
    await tick(context);
    expect(put).toEqual([]);
  });
});

describe('a wake-up', () => {
  it('that comes four times at once sends every message once', async () => {
    const { house, put, context } = await openWaking();
    await tick(context);
    const taken = ['a', 'b', 'c', 'd'].flatMap((holder) =>
      put.map((body) => onWakeUp({ ...context, holder }, body)),
    );
    await Promise.all(taken);
    for (const platform of ['slack', 'teams']) {
      const { messages, perPerson } = copies(house, platform);
      expect(messages).toBeGreaterThan(20);
      expect(Math.max(...perPerson.values())).toBe(1);
    }
    const twice = await sql`SELECT 1 FROM outbox WHERE attempt > 1`.execute(house.db);
    expect(twice.rows).toEqual([]);
  });

  it('that is lost comes again with the next tick', async () => {
    const { house, put, context } = await openWaking();
    await tick(context);
    const lost = put.splice(0);
    house.host.clock.moveTo(new Date(Date.parse(lessonTime) + 60_000));
    await tick(context);
    expect(put).toEqual(lost);
    for (const body of put) await onWakeUp(context, JSON.parse(body));
    expect((await states(house, 'slack'))['planned']).toBeUndefined();
    expect(copies(house, 'slack').messages).toBeGreaterThan(20);
  });

  it('puts another where the time of its run is up before the work: the lane hardly rests', async () => {
    const { house, put, context } = await openWaking();
    await slowly(house);
    await tick(context);
    let runs = 0;
    for (let body = put.shift(); body !== undefined; body = put.shift()) {
      await onWakeUp(context, body);
      runs += 1;
    }
    const sent = house.host.messages().map(({ sentAt }) => sentAt.getTime());
    const rests = sent.slice(1).map((at, index) => at - (sent[index] ?? at));
    expect(sent.length).toBeGreaterThan(50);
    expect(runs).toBe(Math.ceil(sent.length / 45));
    // A message may be stamped a second late, because the clock moves on while it is under way.
    expect(Math.max(...rests)).toBeLessThanOrEqual(2_000);
    expect((await states(house, 'slack'))['planned']).toBeUndefined();
  });

  it('puts no other when the workspace asked for an hour of silence', async () => {
    const { house, put, context } = await openWaking();
    await slowly(house);
    const chats = new Map(
      [...context.chats].map(([name, chat]): [typeof name, typeof chat] => [
        name,
        {
          ...chat,
          deliver: async () => ({ state: 'retry', reason: 'ratelimited', afterSeconds: 3_600 }),
        },
      ]),
    );
    const lane = (await lanesOf(house)).find(({ platform }) => platform === 'slack');
    await onWakeUp({ ...context, chats }, { lane: lane?.id });
    const waiting = await sql`SELECT 1 FROM outbox WHERE state = 'retry'`.execute(house.db);
    expect(waiting.rows.length).toBeGreaterThan(0);
    expect(put).toEqual([]);
  });

  it('that nobody can read, or whose run fails, is told and not tried again', async () => {
    const { house, put, context } = await openWaking();
    const failing = { ...context, db: context.db.withSchema('nowhere') };
    await onWakeUp(context, '{"lane": "satu"}');
    await onWakeUp(context, 'bukan JSON');
    await onWakeUp(failing, { lane: 1 });
    const told = house.lines.filter(({ event }) => event === 'job.failed');
    expect(told).toHaveLength(3);
    for (const { fields } of told) expect(fields).toMatchObject({ job: 'send' });
    expect(put).toEqual([]);
  });
});

describe('without a queue for wake-ups', () => {
  it('a tick runs the lanes itself, as a single run would', async () => {
    const [ticked, run] = [await openDay(), await openDay()];
    await ticked.tickAt(lessonTime);
    run.host.clock.moveTo(new Date(lessonTime));
    for (const { id } of await lanesOf(run)) await sendLane(run.host.context, id);
    expect(copies(ticked, 'slack').perPerson).toEqual(copies(run, 'slack').perPerson);
  });
});
