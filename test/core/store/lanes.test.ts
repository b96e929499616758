import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { holdLane, leaseLane, reservePace } from '../../../core/store/lanes.ts';
import { ensureLane } from '../../../core/store/people.ts';
import { cloneDatabase } from '../../support/database.ts';

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
    await holdLane(db, lease, later(30_000));
    const at = await db.transaction().execute(async (trx) => {
      const pace = await reservePace(trx, lease, { most: 5, now, until: later(45_000) });
      return pace?.take(5);
    });
    expect(at).toHaveLength(5);
    for (const instant of at ?? [])
      expect(instant.getTime()).toBeGreaterThanOrEqual(later(30_000).getTime());
  });

  it('gives no pace to a holder whose lease was taken over', async () => {
    await sql`UPDATE lanes SET leased_until = NULL`.execute(db);
    const stale = await leaseLane(db, lane, { holder: 'a', now });
    const fresh = await leaseLane(db, lane, { holder: 'b', now: later(60_000) });
    if (stale === null || fresh === null) throw new Error('no lease');
    const ask = (lease: typeof stale) =>
      db
        .transaction()
        .execute((trx) =>
          reservePace(trx, lease, { most: 1, now: later(60_001), until: later(90_000) }),
        );
    expect(await ask(stale)).toBeNull();
    expect((await ask(fresh))?.room).toBe(1);
  });
});
