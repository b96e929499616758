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
    // On its new day it meets quiet hours: the same day's attention is still its own.
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
