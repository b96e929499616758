import { describe, expect, it } from 'vitest';
import { day, minute } from '../../../core/clock.ts';
import { systemClock } from '../../../functions/app/clock.ts';
import { storeClock } from '../../../functions/app/store-clock.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const events: string[] = [];
const note = (event: string): void => void events.push(event);
const logger = { log: { info: note, warn: note, error: note } };

describe('the clocks of several hosts', () => {
  it.each([-5 * minute, 0, 5 * minute, 50 * minute])(
    'agree though one is %i ms off',
    async (skew) => {
      const { db } = await cloneDatabase();
      const host = systemClock(() => new Date(Date.now() + skew));
      const difference = async () => {
        const clock = await storeClock(db, host, logger.log);
        return Math.abs(clock.now().getTime() - Date.now());
      };
      // On a busy machine the way to the store may take too long to tell anything, and is gone once more.
      await expect.poll(difference, { timeout: 20_000 }).toBeLessThan(1_000);
    },
  );

  it('are set again when one jumps', async () => {
    const { db } = await cloneDatabase();
    let jump = 0;
    const clock = await storeClock(
      db,
      systemClock(() => new Date(Date.now() + jump)),
      logger.log,
    );
    jump = 10 * minute;
    await expect
      .poll(() => Math.abs(clock.now().getTime() - Date.now()), { timeout: 20_000 })
      .toBeLessThan(1_000);
  });

  it('are left alone, and told of, when they are days apart', async () => {
    const { db } = await cloneDatabase();
    const host = systemClock(() => new Date(Date.now() + 3 * day));
    const clock = await storeClock(db, host, logger.log);
    expect(Math.abs(clock.now().getTime() - host.now().getTime())).toBeLessThan(1_000);
    expect(events).toContain('clock.far-off');
  });
});
