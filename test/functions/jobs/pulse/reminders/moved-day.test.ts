import { expect, it } from 'vitest';
import { loadCalendar, setCalendar } from '../../../../../core/store/calendars.ts';
import { requestPlan } from '../../../../../core/store/outbox/replanning.ts';
import { openInvited } from '../../../../support/closing.ts';
import type { House } from '../../../../support/house.ts';
import { isPulse, voters } from '../../../../support/pulse.ts';

/** A holiday on the third working day of the wave, told when its reminders are out: another day is the third now. */
const enterHoliday = async ({ db }: House, at: string): Promise<void> => {
  const year = (await loadCalendar(db)).years.get(2026);
  if (year === undefined) throw new Error('2026 has no calendar');
  const added = {
    date: '2026-10-14',
    name: 'Libur tambahan',
    kind: 'national',
    estimated: false,
  } as const;
  await db.transaction().execute(async (trx) => {
    await setCalendar(trx, { ...year, holidays: [...year.holidays, added] }, new Date(at));
    await requestPlan(trx);
  });
};

/** How many messages of the survey everybody together has. */
const shown = (house: House): number =>
  house.host.messages().filter((message) => isPulse(house, message)).length;

it('a reminder comes once, also when a late holiday makes the next day the one it belongs to', async () => {
  const house = await openInvited();
  const invited = voters(house).size;
  for (const at of ['13T17:01', '14T01:00', '14T02:00', '14T03:00', '14T03:01'])
    await house.tickAt(`2026-10-${at}:00Z`);
  expect(shown(house)).toBe(2 * invited);
  await enterHoliday(house, '2026-10-14T08:00:00Z');
  for (const at of ['14T17:01', '15T01:00', '15T02:00', '15T03:00', '15T03:01'])
    await house.tickAt(`2026-10-${at}:00Z`);
  expect(shown(house)).toBe(2 * invited);
});
