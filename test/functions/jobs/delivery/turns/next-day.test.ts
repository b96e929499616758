/** What a day that is over leaves to the next one. */
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { actionIds } from '../../../../../core/conversation/message.ts';
import { resendPlaces } from '../../../../../core/delivery/resend.ts';
import { loadCalendar } from '../../../../../core/store/calendars.ts';
import { listUnreachedRhythms, resend } from '../../../../../core/store/runs/resending.ts';
import { sampleKeys } from '../../../../../functions/local/sample/agency.ts';
import { openHouse } from '../../../../support/house.ts';
import { lessonTime, openDay } from '../lesson-day.ts';

it('a welcome whose day went by on a lane that stood still comes on another day', async () => {
  const house = await openHouse({ now: '2026-10-25T22:00:00Z' });
  const id = await house.idOf(sampleKeys.slackStaff);
  await house.tickAt('2026-10-25T22:00:00Z');
  await sql`UPDATE outbox SET expires = '2026-10-26T09:00:00Z'
    WHERE stream = 'welcome' AND slot = '2026-10-26'`.execute(house.db);
  await sql`UPDATE lanes SET paused_reason = 'invalid_auth'`.execute(house.db);
  for (const at of ['26T01:30', '26T09:01']) await house.tickAt(`2026-10-${at}:00Z`);
  await sql`UPDATE lanes SET paused_reason = NULL`.execute(house.db);
  for (const at of ['27T00:01', '27T01:30', '27T01:31']) await house.tickAt(`2026-10-${at}:00Z`);
  const { rows } = await sql`SELECT slot, state FROM outbox
    WHERE person_id = ${id} AND stream = 'welcome' ORDER BY slot`.execute(house.db);
  expect(rows).toEqual([
    { slot: '2026-10-26', state: 'expired' },
    { slot: '2026-10-27', state: 'sent' },
  ]);
});

it('a postponed tip that is sent once more comes on a day that has a tip of its own', async () => {
  const house = await openDay();
  const { db } = house;
  const key = sampleKeys.slackStaff;
  const id = await house.idOf(key);
  await house.tickAt(lessonTime);
  const [tip] = house.messagesOf('slack', key);
  if (tip === undefined) throw new Error('no tip came');
  await house.press(tip, actionIds.later);
  await sql`UPDATE lanes SET paused_reason = 'invalid_auth'`.execute(db);
  await house.tickAt('2026-10-26T12:00:00Z');
  await sql`UPDATE lanes SET paused_reason = NULL`.execute(db);
  const now = new Date('2026-10-27T01:45:00Z');
  const held = await sql`SELECT class FROM attention
    WHERE person_id = ${id} AND local_day = '2026-10-27'`.execute(db);
  expect(held.rows).toEqual([{ class: 'lesson' }]);
  const wish = { stream: 'lesson-later', slot: '2026-10-26', unconfirmed: false, now } as const;
  const calendar = await loadCalendar(db);
  const places = resendPlaces(calendar, await listUnreachedRhythms(db, wish), now);
  expect(await resend(db, { ...wish, places })).toMatchObject([{ state: 'expired', count: 1 }]);
  for (const at of ['27T01:45', '27T02:45']) await house.tickAt(`2026-10-${at}:00Z`);
  const { rows } = await sql`SELECT state, held_day FROM outbox
    WHERE person_id = ${id} AND stream = 'lesson-later'`.execute(db);
  expect(rows).toEqual([{ state: 'sent', held_day: '2026-10-27' }]);
});
