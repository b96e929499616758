import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  addRecall,
  removeRecall,
  wasPlanned,
} from '../../../../../core/store/outbox/amendments.ts';
import { planRecalls } from '../../../../../functions/jobs/delivery/recall.ts';
import { sampleKeys } from '../../../../../functions/local/sample/agency.ts';
import type { House } from '../../../../support/house.ts';
import { lessonTime, openDay } from '../lesson-day.ts';

const item = 'l01';
const withdrawn = /telah kami tarik|have withdrawn/;

/** The day on which one person has the lesson in Slack. */
const openShown = async () => {
  const house = await openDay();
  const id = await house.idOf(sampleKeys.slackStaff);
  await sql`DELETE FROM outbox WHERE person_id <> ${id}`.execute(house.db);
  await sql`UPDATE outbox SET item = ${item}`.execute(house.db);
  await house.tickAt(lessonTime);
  expect(replacedOf(house)).toEqual([false]);
  return { house, id };
};

/** Of the person's messages in Slack, in turn, whether each is replaced. */
const replacedOf = (house: House): readonly boolean[] =>
  house
    .messagesOf('slack', sampleKeys.slackStaff)
    .map(({ payload }) => withdrawn.test(JSON.stringify(payload)));

/** Recalls the item and lets the sender replace what shows it. */
const recall = async (house: House, at: string): Promise<void> => {
  const now = new Date(at);
  house.host.clock.moveTo(now);
  await addRecall(house.db, { item, reason: 'salah', at: now });
  await planRecalls(house.db, at.slice(0, 10), now);
  await house.tickAt(at);
};

describe('a recalled item', () => {
  it.each([
    ['the weekly message to leaders', 'leader', item],
    ['a correction', 'correction', `${item}@0123456789abcdef`],
  ])('is replaced also in %s', async (_what, stream, shown) => {
    const { house } = await openShown();
    await sql`UPDATE outbox SET stream = ${stream}, item = ${shown}`.execute(house.db);
    expect(await wasPlanned(house.db, item)).toBe(true);
    await recall(house, '2026-10-26T02:00:00Z');
    expect(replacedOf(house)).toEqual([true]);
  });

  it('is replaced in the chat where it stands, of who gets messages in another one by now', async () => {
    const { house, id } = await openShown();
    const other = await house.idOf(sampleKeys.teamsStaff);
    await sql`UPDATE identities SET preferred = false WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE identities SET person_id = ${id} WHERE person_id = ${other}`.execute(house.db);
    await recall(house, '2026-10-26T02:00:00Z');
    expect(replacedOf(house)).toEqual([true]);
  });

  it.each([
    { day: 'on another day', stream: 'lesson', slot: '2026-10-27', goes: '2026-10-27T01:30:00Z' },
    {
      day: 'on the same day',
      stream: 'lesson-later',
      slot: '2026-10-26',
      goes: '2026-10-26T03:00:00Z',
    },
  ])(
    'that went out again $day is replaced by the second recall too',
    async ({ stream, slot, goes }) => {
      const { house, id } = await openShown();
      await recall(house, '2026-10-26T02:00:00Z');
      expect(replacedOf(house)).toEqual([true]);
      await removeRecall(house.db, item);
      await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state)
      SELECT person_id, ${stream}, ${slot}::date, item, lane_id, priority, ${goes}::timestamptz,
        ${goes}::timestamptz + interval '6 hours', 'planned' FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson'`.execute(house.db);
      await house.tickAt(goes);
      expect(replacedOf(house)).toEqual([true, false]);
      await recall(house, goes.replace(/:\d\d:00Z/, ':45:00Z'));
      expect(replacedOf(house)).toEqual([true, true]);
    },
  );
});
