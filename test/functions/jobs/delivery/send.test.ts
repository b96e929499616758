import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { leaseLane, releaseLane } from '../../../../core/store/outbox/lanes.ts';
import { settle } from '../../../../core/store/outbox/outbox.ts';
import { sendLane } from '../../../../functions/jobs/delivery/send.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { copies, lessonTime, openDay, states } from './lesson-day.ts';

/** Messages under way at once: the shared clock may move on before the chat has stamped them. */
const inFlight = 16;

describe.each(['slack', 'teams'] as const)('sending on %s', (platform) => {
  it('waits when told to, then loses nothing', async () => {
    const house = await openDay();
    house.host.setFault(platform, 'throttled');
    await house.tickAt(lessonTime);
    expect(copies(house, platform).messages).toBe(0);
    const keys = () =>
      sql<{
        person_id: number;
      }>`SELECT o.person_id, o.key::text AS key FROM outbox o JOIN lanes l ON l.id = o.lane_id
        WHERE l.platform = ${platform} AND o.attempt = 1 ORDER BY 1`.execute(house.db);
    const before = await keys();
    expect(before.rows.length).toBeGreaterThan(10);
    house.host.setFault(platform, null);
    const hasty = await sql`SELECT 1 FROM lanes WHERE platform = ${platform}
      AND next_arrival < ${lessonTime}::timestamptz + interval '30 seconds'`.execute(house.db);
    expect(hasty.rows).toEqual([]);
    for (const minute of [31, 32, 33, 34]) await house.tickAt(`2026-10-26T01:${minute}:00Z`);
    const { retry = 0, planned = 0, sending = 0, sent = 0 } = await states(house, platform);
    expect([retry, planned, sending]).toEqual([0, 0, 0]);
    expect(copies(house, platform).messages).toBe(sent);
    expect(Math.max(...copies(house, platform).perPerson.values())).toBe(1);
    // Whatever went again kept the key of its first try.
    const again = await sql`SELECT o.person_id, o.key::text AS key
      FROM outbox o JOIN lanes l ON l.id = o.lane_id
      WHERE l.platform = ${platform} AND o.attempt > 1 AND o.person_id = ANY(${before.rows.map(
        ({ person_id }) => person_id,
      )}::int[]) ORDER BY 1`.execute(house.db);
    expect(again.rows.length).toBeGreaterThan(10);
    expect(before.rows).toEqual(expect.arrayContaining(again.rows as unknown[]));
  });

  it('tries again after a refused connection', async () => {
    const house = await openDay();
    house.host.setFault(platform, 'down');
    await house.tickAt(lessonTime);
    expect(copies(house, platform).messages).toBe(0);
    expect((await states(house, platform))['sent']).toBeUndefined();
    house.host.setFault(platform, null);
    for (const minute of [32, 33, 35]) await house.tickAt(`2026-10-26T01:${minute}:00Z`);
    const { sent = 0, retry = 0, unknown = 0 } = await states(house, platform);
    expect([retry, unknown]).toEqual([0, 0]);
    expect(copies(house, platform).messages).toBe(sent);
  });

  it('never sends again what was accepted but not answered', async () => {
    const house = await openDay();
    await sql`UPDATE identities SET conversation = 'a:' || user_id WHERE platform = 'teams'`.execute(
      house.db,
    );
    house.host.setFault(platform, 'lost-answer');
    await house.tickAt(lessonTime);
    const accepted = copies(house, platform).messages;
    expect(accepted).toBeGreaterThan(10);
    house.host.setFault(platform, null);
    for (const minute of [31, 34, 37, 41]) await house.tickAt(`2026-10-26T01:${minute}:00Z`);
    const { unconfirmed = 0, sent = 0, unknown = 0 } = await states(house, platform);
    expect(unknown).toBe(0);
    // Slack's history tells what arrived; on Teams nobody knows, not even of a refusal that was lost on the way.
    expect({ slack: sent, teams: unconfirmed }[platform]).toBeGreaterThanOrEqual(accepted);
    const shown = { slack: sent, teams: accepted + sent }[platform];
    expect(copies(house, platform).messages).toBe(shown);
    expect(Math.max(...copies(house, platform).perPerson.values())).toBe(1);
  });
});

describe('two senders on one lane', () => {
  it('send each message once', async () => {
    const house = await openDay();
    const { context, clock } = house.host;
    clock.moveTo(new Date(lessonTime));
    const lanes = await sql<{ id: number }>`SELECT id FROM lanes`.execute(house.db);
    const holders = ['a', 'b', 'c', 'd'];
    await Promise.all(
      lanes.rows.flatMap(({ id }) => holders.map((holder) => sendLane({ ...context, holder }, id))),
    );
    for (const platform of ['slack', 'teams'])
      expect(Math.max(...copies(house, platform).perPerson.values())).toBe(1);
    const twice = await sql`SELECT 1 FROM outbox WHERE attempt > 1`.execute(house.db);
    expect(twice.rows).toEqual([]);
  });

  it('hold a lane one at a time, and a stale holder’s result is ignored', async () => {
    const house = await openDay();
    const [row] = (
      await sql<{ person_id: number; lane_id: number }>`SELECT person_id, lane_id FROM outbox
        WHERE state = 'planned' LIMIT 1`.execute(house.db)
    ).rows;
    if (row === undefined) throw new Error('nothing planned');
    const at = (iso: string) => new Date(iso);
    const take = (holder: string, now: string) =>
      leaseLane(house.db, row.lane_id, { holder, now: at(now) });
    const stale = await take('a', '2026-10-26T01:30:00Z');
    expect(await take('b', '2026-10-26T01:30:02Z')).toBeNull();
    const fresh = await take('b', '2026-10-26T01:30:03Z');
    if (stale === null || fresh === null) throw new Error('no lease');
    await sql`UPDATE outbox SET state = 'sending', fence = ${fresh.fence}
      WHERE person_id = ${row.person_id}`.execute(house.db);
    const end = {
      personId: row.person_id,
      stream: 'lesson',
      slot: '2026-10-26',
      state: 'sent',
      reason: null,
      due: null,
      ref: 'x',
      conversation: null,
    } as const;
    const now = at('2026-10-26T01:30:04Z');
    expect(await settle(house.db, stale, { now, rows: [end] })).toBe(0);
    await releaseLane(house.db, stale);
    expect(await take('c', '2026-10-26T01:30:05Z')).toBeNull();
    expect(await settle(house.db, fresh, { now, rows: [end] })).toBe(1);
  });
});

describe('a message on its way', () => {
  it('carries a name-based UUID, and reaches who refuses as unreachable', async () => {
    const house = await openDay();
    await house.tickAt(lessonTime);
    const keys = await sql<{ key: string }>`SELECT key::text AS key FROM outbox
      WHERE key IS NOT NULL`.execute(house.db);
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(keys.rows.filter(({ key }) => !shape.test(key))).toEqual([]);
    expect(new Set(keys.rows.map(({ key }) => key)).size).toBe(keys.rows.length);
    const id = await house.idOf(sampleKeys.refusing);
    const refused = await sql`SELECT state FROM outbox WHERE person_id = ${id}`.execute(house.db);
    expect(refused.rows).toEqual([{ state: 'unreachable' }]);
  });

  // One lane at a time: two would move the one simulated clock under each other.
  it.each(['slack', 'teams'] as const)('stays within the pace of %s', async (platform) => {
    const house = await openDay();
    const lane = await sql<{ id: number; rate: number; burst: number }>`
      SELECT id, rate, burst FROM lanes WHERE platform = ${platform}`.execute(house.db);
    const { id = 0, rate = 0, burst = 0 } = lane.rows[0] ?? {};
    await sql`DELETE FROM outbox WHERE lane_id <> ${id}`.execute(house.db);
    await house.tickAt(lessonTime);
    const sent = house.host
      .messages()
      .map(({ sentAt }) => sentAt.getTime())
      .sort((a, b) => a - b);
    expect(sent.length).toBeGreaterThan(20);
    sent.forEach((at, index) => {
      const inSpan = sent.slice(index).filter((other) => other < at + 1000).length;
      expect(inSpan).toBeLessThanOrEqual(burst + rate + inFlight);
    });
  });

  it('is held back from who went on leave, paused, stopped or left after the plan', async () => {
    const house = await openDay();
    const keys = ['KC-0002', 'KC-0003', 'KC-0004', 'KC-0005'];
    const [away, paused, stopped, left] = await Promise.all(keys.map(house.idOf));
    await sql`UPDATE people SET leave_from = '2026-10-26', leave_to = '2026-10-27'
      WHERE id = ${away}`.execute(house.db);
    await sql`UPDATE preferences SET paused_until = '2026-10-26' WHERE person_id = ${paused}`.execute(
      house.db,
    );
    await sql`UPDATE preferences SET stopped_at = ${lessonTime} WHERE person_id = ${stopped}`.execute(
      house.db,
    );
    await sql`UPDATE people SET status = 'left' WHERE id = ${left}`.execute(house.db);
    await house.tickAt(lessonTime);
    const ends = await sql<{ reason: string }>`SELECT state, reason FROM outbox
      WHERE person_id = ANY (${[away, paused, stopped, left]}::int[]) ORDER BY person_id`.execute(
      house.db,
    );
    expect(ends.rows).toEqual(
      ['leave', 'paused', 'stopped', 'left'].map((reason) => ({ state: 'skipped', reason })),
    );
    expect(keys.flatMap((key) => house.messagesOf('slack', key))).toEqual([]);
    expect(keys.flatMap((key) => house.messagesOf('teams', key))).toEqual([]);
  });

  it('expires with its reason when the day’s window has closed before it', async () => {
    const house = await openDay();
    await house.tickAt('2026-10-26T11:00:00Z');
    expect(house.host.messages()).toEqual([]);
    const ends = await sql`SELECT DISTINCT state, reason FROM outbox
      WHERE state NOT IN ('skipped', 'unreachable')`.execute(house.db);
    expect(ends.rows).toEqual([{ state: 'expired', reason: 'window-over' }]);
  });
});
