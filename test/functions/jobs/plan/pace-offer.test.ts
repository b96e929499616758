import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import { markSilent } from '../../../../core/store/people/pace-offer.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import type { House } from '../../../support/house.ts';
import { lessonTime, openDay } from '../delivery/lesson-day.ts';

/** Five tips that reached somebody on the days before. */
const reached = async (house: House, person: number, tips = 5): Promise<void> => {
  await sql`CREATE TABLE outbox_earlier PARTITION OF outbox
    FOR VALUES FROM ('2026-09-01') TO ('2026-10-01')`
    .execute(house.db)
    .catch(() => undefined);
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
    SELECT ${person}, 'lesson', date '2026-09-07' + n, 'l' || (50 + n), 1, 4, ${lessonTime}, ${lessonTime},
      'sent', ${lessonTime} FROM generate_series(1, ${tips}) AS n`.execute(house.db);
};
const offer = async (house: House, person: number) =>
  (
    await sql<{ pace_offer: string | null; per_week: number }>`SELECT pace_offer, per_week
      FROM preferences WHERE person_id = ${person}`.execute(house.db)
  ).rows[0];

describe('somebody who lets five tips go by without a sign', () => {
  it.each([
    ['slack', sampleKeys.slackStaff],
    ['teams', sampleKeys.teamsStaff],
  ] as const)(
    'is offered a slower pace in %s with the next tip, once, and may take it there',
    async (platform, key) => {
      const house = await openDay();
      const id = await house.idOf(key);
      await reached(house, id);
      expect(await markSilent(house.db)).toBe(1);
      expect(await markSilent(house.db)).toBe(0);
      await house.tickAt(lessonTime);
      const [message] = house.messagesOf(platform, key);
      if (message === undefined) throw new Error('no tip came');
      expect(JSON.stringify(message.payload)).toContain('Satu kiat seminggu');
      const others = house.host.messages().filter(({ userId }) => userId !== message.userId);
      expect(JSON.stringify(others)).not.toContain('Satu kiat seminggu');
      expect(await offer(house, id)).toEqual({ pace_offer: 'made', per_week: 5 });
      await house.press(message, actionIds.frequency);
      expect(await offer(house, id)).toEqual({ pace_offer: 'made', per_week: 3 });
      await markSilent(house.db);
      expect(await offer(house, id)).toMatchObject({ pace_offer: 'made' });
    },
  );

  it('is not whoever answered one, put one off, got fewer, or chose one a week', async () => {
    const house = await openDay();
    const keys = ['KC-0002', 'KC-0003', 'KC-0004', 'KC-0005'];
    const [answered = 0, postponed = 0, fewer = 0, slow = 0] = await Promise.all(
      keys.map(house.idOf),
    );
    for (const person of [answered, postponed, slow]) await reached(house, person);
    await reached(house, fewer, 4);
    await sql`INSERT INTO progress VALUES (${answered}, 'l53', 'answered', true, ${lessonTime})`.execute(
      house.db,
    );
    await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
      VALUES (${postponed}, 'lesson-later', '2026-09-09', 'l52', 1, 4, ${lessonTime}, ${lessonTime}, 'sent', ${lessonTime})`.execute(
      house.db,
    );
    await sql`UPDATE preferences SET per_week = 1 WHERE person_id = ${slow}`.execute(house.db);
    expect(await markSilent(house.db)).toBe(0);
  });
});

describe('"mengapa"', () => {
  it('tells the messages of the week by kind and the pace that was chosen', async () => {
    const house = await openDay();
    await house.tickAt(lessonTime);
    await planAll(house.host.context, new Date(lessonTime));
    await house.type('slack', sampleKeys.slackStaff, 'mengapa saya menerima ini?');
    const answer = house.messagesOf('slack', sampleKeys.slackStaff).at(-1);
    expect(JSON.stringify(answer?.payload)).toContain(
      'Dalam tujuh hari terakhir Anda menerima 1 pesan: kiat 1.',
    );
    expect(JSON.stringify(answer?.payload)).toContain('paling banyak 5 kiat seminggu');
  });
});
