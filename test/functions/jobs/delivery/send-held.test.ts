import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { copies, lessonTime, openDay } from './lesson-day.ts';

describe('a message held up on its way', () => {
  it('follows a person whose chat changed after the plan', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.prefersTeams);
    await sql`UPDATE identities SET preferred = false WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE identities SET preferred = true WHERE person_id = ${id}
      AND platform = 'slack'`.execute(house.db);
    const bare = await house.idOf('KC-0002');
    await sql`DELETE FROM identities WHERE person_id = ${bare}`.execute(house.db);
    await house.tickAt(lessonTime);
    expect(house.messagesOf('slack', sampleKeys.prefersTeams)).toHaveLength(1);
    expect(house.messagesOf('teams', sampleKeys.prefersTeams)).toHaveLength(0);
    const ends = await sql`SELECT state, reason FROM outbox WHERE person_id = ${bare}`.execute(
      house.db,
    );
    expect(ends.rows).toEqual([{ state: 'skipped', reason: 'no-chat' }]);
  });

  it('follows a person who left a chat whose lane is paused at the next tick, though nothing else is due', async () => {
    const house = await openDay();
    const id = await house.idOf('KC-0010');
    await sql`DELETE FROM outbox WHERE person_id <> ${id}`.execute(house.db);
    await sql`UPDATE lanes SET paused_reason = 'token_revoked' WHERE platform = 'slack'`.execute(
      house.db,
    );
    await house.tickAt(lessonTime);
    await sql`UPDATE identities SET preferred = false WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE identities SET preferred = true WHERE person_id = ${id}
      AND platform = 'teams'`.execute(house.db);
    await house.tickAt('2026-10-26T01:31:00Z');
    expect(house.messagesOf('teams', 'KC-0010')).toHaveLength(1);
  });

  it.each([
    ['is paused', sql`paused_reason = 'token_revoked'`],
    [
      'was told to wait',
      sql`slow_from = '2026-10-27T00:00:00Z', slow_until = '2026-10-27T00:00:07Z',
      slow_share = 0.5, next_arrival = '2026-10-27T00:00:03Z'`,
    ],
  ])(
    'expires with its window on a lane that %s: nothing is pending for ever',
    async (_why, still) => {
      const house = await openDay();
      const id = await house.idOf(sampleKeys.slackStaff);
      await sql`DELETE FROM outbox WHERE person_id <> ${id}`.execute(house.db);
      await sql`UPDATE lanes SET ${still}`.execute(house.db);
      const row = async () =>
        (await sql`SELECT state, reason FROM outbox WHERE person_id = ${id}`.execute(house.db))
          .rows;
      await house.tickAt('2026-10-26T08:29:00Z');
      expect(await row()).toEqual([{ state: 'planned', reason: null }]);
      await house.tickAt('2026-10-26T08:30:00Z');
      expect(await row()).toEqual([{ state: 'expired', reason: 'window-over' }]);
    },
  );

  it('keeps the attention it holds when its person is in a zone far west by now', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    await sql`UPDATE outbox SET stream = 'pulse', item = 'w1', due = '2026-10-26T03:00:00Z',
      expires = '2026-11-06T10:00:00Z' WHERE person_id = ${id}`.execute(house.db);
    await sql`UPDATE attention SET class = 'survey' WHERE person_id = ${id}
      AND local_day = '2026-10-26'`.execute(house.db);
    await sql`UPDATE people SET time_zone = 'America/New_York' WHERE id = ${id}`.execute(house.db);
    await house.tickAt('2026-10-26T03:01:00Z');
    const { rows } = await sql`SELECT state, reason, held_day, due > '2026-10-26T11:00:00Z' AS later
      FROM outbox WHERE person_id = ${id} AND stream = 'pulse'`.execute(house.db);
    expect(rows).toEqual([{ state: 'planned', reason: null, held_day: null, later: true }]);
  });

  it('moves to the next window once a day at most, and keeps the first reason', async () => {
    const house = await openDay();
    const id = await house.idOf(sampleKeys.slackStaff);
    const row = async () =>
      (
        await sql`SELECT state, reason, moved_reason, due FROM outbox
          WHERE person_id = ${id} AND stream = 'welcome'`.execute(house.db)
      ).rows;
    await sql`UPDATE outbox SET stream = 'welcome', item = 'welcome', due = '2026-10-26T10:30:00Z',
      expires = '2026-11-20T00:00:00Z' WHERE person_id = ${id}`.execute(house.db);
    await sql`DELETE FROM attention WHERE person_id = ${id} AND local_day > '2026-10-26'`.execute(
      house.db,
    );
    await house.tickAt('2026-10-26T10:30:00Z');
    expect(await row()).toMatchObject([
      { state: 'planned', moved_reason: 'after-work', due: new Date('2026-10-27T00:30:00Z') },
    ]);
    // On its new day it meets quiet hours: the same day's attention is still its own, in whatever zone its person is.
    await sql`UPDATE preferences SET quiet_from = 0, quiet_to = 600 WHERE person_id = ${id}`.execute(
      house.db,
    );
    await house.tickAt('2026-10-27T00:30:00Z');
    expect(await row()).toMatchObject([
      { state: 'planned', moved_reason: 'after-work', due: new Date('2026-10-27T03:00:00Z') },
    ]);
    await house.tickAt('2026-10-27T03:00:00Z');
    expect(await row()).toMatchObject([{ state: 'sent', reason: null }]);
  });

  it('keeps no other from going when it cannot be put into words', async () => {
    const house = await openDay();
    const [bad] = await Promise.all([house.idOf('KC-0002')]);
    await sql`INSERT INTO waves VALUES ('wx', 'pulse', '{reg-a}', '2026-10-25T22:00:00Z', '2026-11-06T10:00:00Z',
      'open', '{}'::jsonb, 1)`.execute(house.db);
    await sql`UPDATE outbox SET stream = 'pulse', item = 'wx' WHERE person_id = ${bad}`.execute(
      house.db,
    );
    await house.tickAt(lessonTime);
    const ends = await sql`SELECT state, reason FROM outbox WHERE person_id = ${bad}`.execute(
      house.db,
    );
    expect(ends.rows).toEqual([{ state: 'retry', reason: 'not-composed' }]);
    expect(copies(house, 'slack').messages).toBeGreaterThan(10);
    expect(house.lines.map(({ event }) => event)).toContain('message.not-composed');
  });
});
