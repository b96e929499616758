import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../core/clock.ts';
import { openHost } from '../../../functions/local/host.ts';
import { openStory } from '../../../functions/local/story/story.ts';
import { type House, openHouse } from '../../support/house.ts';
import { expectSameByTicks } from '../../support/ticks.ts';

/** The first morning of the first wave, in all three zones: welcomes, invitations, answers, bands. */
const start = '2026-10-11T22:00:00Z';
const end = new Date('2026-10-12T06:00:00Z');

const nobody: ReadonlySet<string> = new Set();
const quiet = { onStep: async () => undefined, cancelled: () => false };

describe('moving the clock a morning', () => {
  it('by jumps comes to the same as by every minute, people included', async () => {
    await expectSameByTicks({ start, end });
  }, 90_000);
});

describe('a stopped journey', () => {
  const reopen = (house: House) =>
    openHost({
      db: house.db,
      catalogue: house.host.context.catalogue,
      secrets: house.secrets,
      queue: house.queue,
      log: house.host.context.log,
    });

  it('ends after the minute under way, and a second start goes on from there', async () => {
    const house = await openHouse({ now: start });
    const story = await openStory(house.host, nobody);
    let steps = 0;
    await story.advance({
      until: end,
      onStep: async () => {
        steps += 1;
      },
      cancelled: () => steps >= 3,
    });
    expect(steps).toBe(3);
    const stoodAt = house.host.clock.now();
    expect(stoodAt < end).toBe(true);
    await house.host.flush();
    const again = await reopen(house);
    expect(again.clock.now()).toEqual(stoodAt);
    expect(again.messages()).toHaveLength(house.host.messages().length);
  });

  it('lets nobody who had reacted before it react again', async () => {
    const house = await openHouse({ now: start });
    const noon = new Date('2026-10-12T05:00:00Z');
    await (await openStory(house.host, nobody)).advance({ until: noon, ...quiet });
    await house.host.flush();
    const ballots = () =>
      sql`SELECT ballot_key, platform_time FROM ballots ORDER BY 1`.execute(house.db);
    const before = (await ballots()).rows;
    expect(before.length).toBeGreaterThan(5);
    const again = await openStory(await reopen(house), nobody);
    const waiting = again.staff.next();
    expect(waiting === null || waiting > noon).toBe(true);
    await again.advance({ until: new Date(noon.getTime() + 5 * minute), ...quiet });
    expect((await ballots()).rows).toEqual(expect.arrayContaining(before));
  });
});
