import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { look, nextTick, tick } from '../../../../functions/jobs/tick.ts';
import { openHouse } from '../../../support/house.ts';
import { lockWaited } from '../../../support/run/lock-waited.ts';
import { openDay } from '../delivery/lesson-day.ts';

describe('a plan made while something else goes on', () => {
  it('leaves alone what the sender claims before the plan gets to write', async () => {
    const house = await openDay();
    // Else the plan has nothing to write into the rows, and never comes to the locks.
    await sql`UPDATE preferences SET paused_until = '2026-10-26'`.execute(house.db);
    const beforeDue = new Date('2026-10-25T22:01:00Z');
    let plan: Promise<number> = Promise.resolve(0);
    await house.db.transaction().execute(async (trx) => {
      // As the sender claims: rows are locked, then on their way with one attempt.
      await sql`SELECT 1 FROM outbox WHERE state = 'planned' FOR UPDATE`.execute(trx);
      plan = planAll(house.host.context, beforeDue, { renew: true });
      await lockWaited(house.db);
      await sql`UPDATE outbox SET state = 'sending', attempt = 1 WHERE state = 'planned'`.execute(
        trx,
      );
    });
    await plan;
    const states = await sql`SELECT DISTINCT state FROM outbox WHERE attempt = 1`.execute(house.db);
    expect(states.rows).toEqual([{ state: 'sending' }]);
  });

  it('does not count for the fresh look that was asked for meanwhile', async () => {
    const now = '2026-10-25T22:00:00Z';
    const house = await openHouse({ now, welcomed: true });
    let ticking: Promise<void> = Promise.resolve();
    await house.db.transaction().execute(async (trx) => {
      await sql`LOCK TABLE attention IN EXCLUSIVE MODE`.execute(trx);
      ticking = tick(house.host.context);
      await lockWaited(house.db);
      await requestPlan(house.db);
    });
    await ticking;
    expect(nextTick(await look(house.host.context), house.host.clock.now())).toEqual(
      new Date(Date.parse(now) + 60_000),
    );
  });
});
