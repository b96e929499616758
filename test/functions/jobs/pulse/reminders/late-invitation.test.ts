import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type House, openHouse } from '../../../../support/house.ts';
import { isPulse, voters } from '../../../../support/pulse.ts';

/** How many messages of the survey everybody together has. */
const shown = (house: House): number =>
  house.host.messages().filter((message) => isPulse(house, message)).length;

it('nobody is reminded on the day of an invitation that came late, and everybody is by the next reminder', async () => {
  const house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
  await house.tickAt('2026-10-12T00:00:00Z');
  await sql`UPDATE lanes SET paused_reason = 'invalid_auth'`.execute(house.db);
  for (const at of ['12T03:01', '13T17:01', '14T02:00']) await house.tickAt(`2026-10-${at}:00Z`);
  await sql`UPDATE lanes SET paused_reason = NULL`.execute(house.db);
  for (const at of ['14T03:01', '14T03:02', '14T04:00', '14T05:00'])
    await house.tickAt(`2026-10-${at}:00Z`);
  const invited = voters(house).size;
  expect(invited).toBeGreaterThan(20);
  expect(shown(house)).toBe(invited);
  for (const at of ['19T17:01', '20T01:00', '20T02:00', '20T03:00', '20T03:01'])
    await house.tickAt(`2026-10-${at}:00Z`);
  expect(shown(house)).toBe(2 * invited);
});
