import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import { streams } from '../../../../core/delivery/streams.ts';
import { markSilent } from '../../../../core/store/people/pace-offer.ts';
import { findSent } from '../../../../core/store/runs/nudges.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import type { House } from '../../../support/house.ts';
import { textOf } from '../../../support/slack/payloads.ts';
import { shippedCatalogue } from '../../../support/teams/messages.ts';
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
      expect(JSON.stringify(message.payload)).toContain('Satu kiat sepekan');
      const others = house.host.messages().filter(({ userId }) => userId !== message.userId);
      expect(JSON.stringify(others)).not.toContain('Satu kiat sepekan');
      expect(await offer(house, id)).toEqual({ pace_offer: 'made', per_week: 5 });
      await house.press(message, actionIds.frequency);
      expect(await offer(house, id)).toEqual({ pace_offer: 'made', per_week: 3 });
      await markSilent(house.db);
      expect(await offer(house, id)).toMatchObject({ pace_offer: 'made' });
    },
  );

  it('is offered it once, also where the answer to the message was lost and it is found later', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    await reached(house, id);
    await sql`DELETE FROM attention WHERE local_day > '2026-10-26'`.execute(house.db);
    await markSilent(house.db);
    house.host.setFault('slack', 'lost-answer');
    await house.tickAt(lessonTime);
    house.host.setFault('slack', null);
    expect(await offer(house, id)).toMatchObject({ pace_offer: 'due' });
    for (const minute of [33, 36, 39]) await house.tickAt(`2026-10-26T01:${minute}:00Z`);
    expect(await offer(house, id)).toMatchObject({ pace_offer: 'made' });
    for (const at of ['27T00:00', '27T01:30', '28T00:00', '28T01:30'])
      await house.tickAt(`2026-10-${at}:00Z`);
    const tips = house.messagesOf('slack', sampleKeys.slackStaff);
    const offers = tips.filter(({ payload }) =>
      textOf(payload).join().includes('Satu kiat sepekan'),
    );
    expect([tips.length, offers.length]).toEqual([3, 1]);
  });

  it('is offered nothing when a sign came after all, and may be after five more', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    await reached(house, id);
    await markSilent(house.db);
    await sql`INSERT INTO progress VALUES (${id}, 'l53', 'answered', true, ${lessonTime})`.execute(
      house.db,
    );
    await house.tickAt(lessonTime);
    const [tip] = house.messagesOf('slack', sampleKeys.slackStaff);
    expect(textOf(tip?.payload).join()).not.toContain('Satu kiat sepekan');
    expect(await offer(house, id)).toMatchObject({ pace_offer: null });
  });

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
  it('tells the basis, the messages of the week with the reason of each kind, and the pace in force', async () => {
    const house = await openDay();
    await house.tickAt(lessonTime);
    await planAll(house.host.context, new Date(lessonTime));
    const { name, letter } = house.host.context.agency;
    const answerTo = async (words: string) => {
      await house.type('slack', sampleKeys.slackStaff, words);
      return textOf(house.messagesOf('slack', sampleKeys.slackStaff).at(-1)?.payload).join('\n');
    };
    const told = await answerTo('mengapa saya menerima ini?');
    expect(told).toContain(`karena ${name} mengenalkan AI kepada pegawainya (dasar: ${letter})`);
    expect(told).toContain('Pesan dalam tujuh hari terakhir: 1 (kiat pada hari kerja: 1).');
    expect(told).toContain('Pengaturan Anda: paling banyak 5 kiat sepekan.');
    expect(told).not.toContain('memilih');
    await answerTo('bahasa en');
    const inEnglish = await answerTo('why');
    expect(inEnglish).toContain('Messages in the last seven days: 1 (tips on working days: 1).');
  });

  it('counts what came this week, also what was sent again from an older day', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    await sql`UPDATE outbox SET slot = '2026-10-15', moved_reason = 'resent', held_day = slot
      WHERE person_id = ${id}`.execute(house.db);
    await house.tickAt(lessonTime);
    const [tip] = house.messagesOf('slack', sampleKeys.slackStaff);
    expect(await findSent(house.db, [tip?.ref ?? ''])).toMatchObject([{ inWeek: 1 }]);
    const count = async (at: string) => {
      house.host.clock.moveTo(new Date(at));
      await house.type('slack', sampleKeys.slackStaff, 'mengapa saya menerima ini?');
      const told = textOf(house.messagesOf('slack', sampleKeys.slackStaff).at(-1)?.payload);
      return /tujuh hari terakhir: (\d)/.exec(told.join())?.[1];
    };
    expect(await count('2026-10-26T02:00:00Z')).toBe('1');
    // Six days later it still counts, on the seventh from the local midnight on no more.
    expect(await count('2026-11-01T16:59:00Z')).toBe('1');
    expect(await count('2026-11-01T17:01:00Z')).toBe('0');
  });

  it('has a reason for every kind of message that is counted', async () => {
    const { messages } = await shippedCatalogue();
    const counted = Object.keys(streams).filter((stream) => stream !== 'pulse-reminder');
    expect(counted.filter((stream) => !messages.has(`answer.why.${stream}`))).toEqual([]);
  });
});
