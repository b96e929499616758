import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { reserve } from '../../../../core/delivery/pacing.ts';
import {
  endSilence,
  holdLane,
  leaseLane,
  renewLease,
} from '../../../../core/store/outbox/lanes.ts';
import { ensureLane } from '../../../../core/store/people/people.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

const now = new Date('2026-12-07T01:30:00Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

describe('a lane', async () => {
  const { db } = await cloneDatabase();
  const lane = await db
    .transaction()
    .execute((trx) =>
      ensureLane(trx, { platform: 'slack', workspaceId: 'T0', rate: 8, burst: 20 }),
    );

  it('that was told to wait sends nothing before the time named, not even a burst', async () => {
    const lease = await leaseLane(db, lane, { holder: 'a', now });
    if (lease === null) throw new Error('no lease');
    await holdLane(db, lease, { sent: now, until: later(30_000) });
    const renewed = await renewLease(db, lease, now);
    if (renewed === null) throw new Error('the lease is lost');
    const { at } = reserve(renewed.pace, renewed.pace, { now, count: 5 });
    expect(at).toHaveLength(5);
    for (const instant of at)
      expect(instant.getTime()).toBeGreaterThanOrEqual(later(30_000).getTime());
  });

  it('is renewed for its holder, and not for one whose lease was taken over', async () => {
    await sql`UPDATE lanes SET leased_until = NULL`.execute(db);
    const stale = await leaseLane(db, lane, { holder: 'a', now });
    if (stale === null) throw new Error('no lease');
    const held = await renewLease(db, stale, later(2_000));
    expect(held?.until).toEqual(later(4_200));
    expect(await leaseLane(db, lane, { holder: 'b', now: later(3_000) })).toBeNull();
    const fresh = await leaseLane(db, lane, { holder: 'b', now: later(5_000) });
    if (fresh === null) throw new Error('no lease');
    expect(await renewLease(db, stale, later(5_001))).toBeNull();
    expect((await renewLease(db, fresh, later(5_001)))?.holder).toBe('b');
  });

  it('judges every refusal by what the lane is since the last, not by what it was when it was leased', async () => {
    await sql`UPDATE lanes SET leased_until = NULL, slow_from = NULL, slow_until = NULL, slow_share = NULL`.execute(
      db,
    );
    const lease = await leaseLane(db, lane, { holder: 'a', now: later(60_000) });
    if (lease === null) throw new Error('no lease');
    const slow = async (sent: number, until: number) => {
      await holdLane(db, lease, { sent: later(sent), until: later(until) });
      return (await renewLease(db, lease, later(until)))?.pace.slow;
    };
    const first = { from: later(61_000), until: later(68_000), share: 1 / 2 };
    expect(await slow(60_000, 61_000)).toEqual(first);
    // Under way when the first was refused.
    expect(await slow(60_100, 61_000)).toEqual(first);
    expect((await slow(62_000, 63_000))?.share).toBe(1 / 4);
  });

  it('whose silence an operator ends begins at once and slowly, and one that keeps none stays as it is', async () => {
    await sql`UPDATE lanes SET leased_until = NULL, next_arrival = NULL, slow_from = NULL, slow_until = NULL, slow_share = NULL`.execute(
      db,
    );
    const lease = await leaseLane(db, lane, { holder: 'a', now });
    if (lease === null) throw new Error('no lease');
    await endSilence(db, lane, now);
    expect((await renewLease(db, lease, now))?.pace).toEqual(lease.pace);
    await holdLane(db, lease, { sent: now, until: later(3_600_000) });
    await endSilence(db, lane, later(60_000));
    const pace = (await renewLease(db, lease, later(60_000)))?.pace;
    if (pace === undefined) throw new Error('the lease is lost');
    const { at } = reserve(pace, pace, { now: later(60_000), count: 3 });
    expect(at).toEqual([60_000, 60_250, 60_500].map(later));
    expect(pace.slow).toEqual({ from: later(60_000), until: later(67_000), share: 1 / 2 });
  });

  it('is left as it is by a refusal that is heard after it went to another holder', async () => {
    await sql`UPDATE lanes SET leased_until = NULL`.execute(db);
    const stale = await leaseLane(db, lane, { holder: 'a', now: later(90_000) });
    if (stale === null) throw new Error('no lease');
    const fresh = await leaseLane(db, lane, { holder: 'b', now: later(100_000) });
    if (fresh === null) throw new Error('no lease');
    await holdLane(db, stale, { sent: later(99_000), until: later(200_000) });
    expect((await renewLease(db, fresh, later(100_000)))?.pace).toEqual(fresh.pace);
  });
});
