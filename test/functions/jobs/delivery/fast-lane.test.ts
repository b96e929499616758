import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Chat, Outcome } from '../../../../core/ports.ts';
import { leaseLane } from '../../../../core/store/outbox/lanes.ts';
import { sendLane } from '../../../../functions/jobs/delivery/send.ts';
import { openFastLane } from './fast-lane.ts';

/** Messages in all, and the intents of two batches. */
const people = 7_000;
const twoBatches = 4_000;

/** The POST at which something happens: the next batch has been claimed by then. */
const turn = 1_500;

describe('a lane that is faster than a batch a second', () => {
  it('claims the next batch while one is posted, and sends each message once', async () => {
    const house = await openFastLane(people);
    const context = house.sender('a', (post) =>
      post >= turn ? house.intents(twoBatches).then(() => sent(`1.U${post}`)) : null,
    );
    await sendLane(context, house.lane);
    await context.db.destroy();
    expect(await house.states()).toEqual({ sent: people });
    expect(new Set(house.posted).size).toBe(people);
    const { rows } = await sql<{ keys: number; tries: number }>`
      SELECT count(DISTINCT key)::int AS keys, max(attempt)::int AS tries FROM outbox`.execute(
      house.db,
    );
    expect(rows).toEqual([{ keys: people, tries: 1 }]);
  });

  it.each([
    ['silence', { state: 'retry', reason: 'throttled', afterSeconds: 3600 }],
    ['a token that is gone', { state: 'lane-paused', reason: 'token_revoked' }],
  ] as const)(
    'gives back what it has claimed ahead when it is told of %s, and claims no more',
    async (_what, told) => {
      const house = await openFastLane(people);
      const context = house.sender('a', (post) =>
        post >= turn ? house.intents(twoBatches).then(() => told) : null,
      );
      await sendLane(context, house.lane);
      await context.db.destroy();
      const { sent = 0, retry = 0, planned = 0, ...others } = await house.states();
      expect(others).toEqual({});
      expect(sent).toBe(house.posted.length);
      expect(sent).toBe(turn - 1);
      expect(sent + retry).toBe(twoBatches);
      expect(planned).toBe(people - twoBatches);
      const { rows } = await sql<{ paused: string | null; held: boolean }>`
        SELECT paused_reason AS paused, next_arrival >= ${house.clock.now()}::timestamptz + interval '1 hour'
          AS held FROM lanes`.execute(house.db);
      const paused = told.state === 'lane-paused';
      expect(rows).toEqual([{ paused: paused ? told.reason : null, held: !paused }]);
      expect(new Set(house.lines)).toEqual(new Set([paused ? 'lane.paused' : 'lane.held']));
    },
  );

  it('leaves the rest alone once another has the lane, and neither sends a message twice', async () => {
    const house = await openFastLane(people);
    const other = house.sender('b');
    // From then on every POST stands still with it: none runs ahead while somebody looks.
    let frozen: Promise<Outcome> | null = null;
    const first = house.sender('a', (post) => {
      if (post < turn) return null;
      frozen ??= freeze();
      return frozen;
    });
    const freeze = async (): Promise<Outcome> => {
      await house.intents(twoBatches);
      // Before the clock moves: the first would renew its lease.
      const over = new Date(house.clock.now().getTime() + 3_000);
      expect(await leaseLane(house.db, house.lane, { holder: 'c', now: over })).not.toBeNull();
      house.clock.moveTo(over);
      return sent('1.U0');
    };
    await sendLane(first, house.lane);
    const { planned = 0, sending = 0, unknown = 0 } = await house.states();
    expect(planned).toBeGreaterThan(0);
    expect([sending, unknown]).toEqual([0, 0]);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 3_600_000));
    await sendLane(other, house.lane);
    await Promise.all([first, other].map(({ db }) => db.destroy()));
    expect(await house.states()).toEqual({ sent: people });
    expect(new Set(house.posted).size).toBe(house.posted.length);
  });

  it('gives back what it has claimed ahead when its run breaks off: nothing of it stands in doubt', async () => {
    const house = await openFastLane(people);
    const context = house.sender('a');
    const slack = context.chats.get('slack');
    if (slack === undefined) throw new Error('no Slack');
    let posts = 0;
    const deliver: Chat['deliver'] = (...message) => {
      posts += 1;
      if (posts === turn) throw new Error('broken');
      return slack.deliver(...message);
    };
    const breaking = { ...context, chats: new Map([['slack' as const, { ...slack, deliver }]]) };
    await expect(sendLane(breaking, house.lane)).rejects.toThrow('broken');
    expect(await house.states()).toEqual({
      sent: turn - 1,
      retry: twoBatches - turn + 1,
      planned: people - twoBatches,
    });
    await sendLane(context, house.lane);
    await context.db.destroy();
    expect(await house.states()).toEqual({ sent: people });
    expect(new Set(house.posted).size).toBe(house.posted.length);
  });

  it('killed, leaves no more in doubt than three batches, and nobody sends those again blindly', async () => {
    const house = await openFastLane(people);
    const dead = house.sender('a', (post) => (post >= turn ? kill() : null));
    const next = house.sender('b');
    const kill = async (): Promise<Outcome> => {
      await house.intents(twoBatches);
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'a'`.execute(house.db);
      return new Promise(() => undefined);
    };
    void sendLane(dead, house.lane).catch(() => undefined);
    await house.intents(twoBatches);
    while (await isThere(house, 'a')) await house.clock.sleep(0);
    const { sending = 0 } = await house.states();
    expect(sending).toBeLessThanOrEqual(3 * (twoBatches / 2));
    house.clock.moveTo(new Date(house.clock.now().getTime() + 4_000));
    await sendLane(next, house.lane);
    expect(await house.states()).toEqual({ sending, sent: people - sending });
    expect(new Set(house.posted).size).toBe(house.posted.length);
    await Promise.all([dead, next].map(({ db }) => db.destroy()));
  });
});

const sent = (ref: string): Outcome => ({ state: 'sent', ref, conversation: 'DU0' });

type House = Awaited<ReturnType<typeof openFastLane>>;

const isThere = async ({ db }: House, name: string): Promise<boolean> => {
  const { rows } = await sql`SELECT 1 FROM pg_stat_activity
    WHERE application_name = ${name}`.execute(db);
  return rows.length > 0;
};
