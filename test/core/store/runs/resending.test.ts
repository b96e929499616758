import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { resendPlaces } from '../../../../core/delivery/resend.ts';
import { dropStale } from '../../../../core/store/outbox/replanning.ts';
import { cancelCampaign, uncancelCampaign } from '../../../../core/store/runs/campaign.ts';
import {
  countUnreached,
  listUnreachedRhythms,
  type ResendWish,
  resend,
} from '../../../../core/store/runs/resending.ts';
import { calendar, claim, clearCrowd, openCrowd, planRun } from '../outbox/crowd.ts';

const run = { stream: 'lesson', slot: '2026-10-26' } as const;
const early = new Date('2026-10-25T22:00:00Z');
/** Monday, 09.00 WIB. */
const morning = new Date('2026-10-26T02:00:00Z');
const tuesday = new Date('2026-10-27T02:00:00Z');

describe('sending once more', async () => {
  const { db } = await openCrowd(6);
  const wishAt = (now: Date, more: Partial<ResendWish> = {}) => ({
    ...run,
    unconfirmed: false,
    now,
    ...more,
  });
  const again = async (now: Date, more: Partial<ResendWish> = {}) => {
    const wish = wishAt(now, more);
    const places = resendPlaces(calendar, await listUnreachedRhythms(db, wish), now);
    return (await resend(db, { ...wish, places })).map(({ state, count }) => `${state} ${count}`);
  };
  const end = (state: string, reason: string | null, people: readonly number[]) =>
    sql`UPDATE outbox SET state = ${state}, reason = ${reason}
      WHERE person_id = ANY(${people}::int[])`.execute(db);
  const row = async (personId: number) =>
    (
      await sql<{ state: string; day: string; key: string | null }>`
        SELECT state, (due AT TIME ZONE 'Asia/Makassar')::date AS day, key FROM outbox
        WHERE person_id = ${personId} AND stream = 'lesson' AND slot = '2026-10-26'`.execute(db)
    ).rows[0];
  beforeEach(async () => {
    await clearCrowd(db);
    await planRun(db, run, early);
  });

  it('takes those not reached and nobody else, unless those in doubt are asked for', async () => {
    const kept = '11111111-1111-5111-8111-111111111111';
    await sql`UPDATE outbox SET key = ${kept}, attempt = 1`.execute(db);
    await end('sent', null, [1]);
    await end('unconfirmed', 'timeout', [2]);
    await end('unreachable', 'blocked', [3]);
    await end('expired', 'window-over', [4]);
    await end('skipped', 'leave', [5]);
    expect(await again(morning)).toEqual(['expired 1', 'unreachable 1']);
    expect(await again(morning)).toEqual([]);
    expect(await again(morning, { unconfirmed: true })).toEqual(['unconfirmed 1']);
    // A chat that knows the key shows no second copy.
    expect(await row(2)).toMatchObject({ state: 'planned', key: kept });
    expect([(await row(1))?.state, (await row(5))?.state]).toEqual(['sent', 'skipped']);
  });

  it("uses the day's own attention, else takes that of a day with none taken", async () => {
    await end('expired', 'window-over', [1]);
    await end('expired', 'attention-budget', [2, 4]);
    await sql`INSERT INTO attention VALUES (4, '2026-10-27', 'lesson')`.execute(db);
    expect(await again(morning)).toEqual(['expired 3']);
    expect((await row(1))?.day).toBe('2026-10-26');
    expect((await row(2))?.day).toBe('2026-10-27');
    expect((await row(4))?.day).toBe('2026-10-28');
    const twice = await sql`SELECT person_id FROM attention WHERE person_id IN (1, 2, 4)
      GROUP BY person_id, local_day, class HAVING count(*) > 1`.execute(db);
    expect(twice.rows).toEqual([]);
  });

  it('takes another day for who had enough by the time it was tried again', async () => {
    await sql`UPDATE outbox SET attempt = 1`.execute(db);
    await end('expired', 'attention-budget', [1]);
    // On Monday it would only end the same way once more.
    expect(await again(morning)).toEqual(['expired 1']);
    expect((await row(1))?.day).toBe('2026-10-27');
  });

  it('passes leave and pauses, and leaves as they are who have no free day near', async () => {
    await end('expired', 'window-over', [1, 2, 3]);
    await sql`UPDATE people SET leave_from = '2026-10-20', leave_to = '2026-10-27'
      WHERE id = 1`.execute(db);
    await sql`UPDATE preferences SET paused_until = '2026-10-28' WHERE person_id = 2`.execute(db);
    await sql`INSERT INTO attention SELECT 3, day, 'lesson'
      FROM generate_series('2026-10-27'::date, '2026-12-01', '1 day') AS day`.execute(db);
    expect(await again(tuesday)).toEqual(['expired 2']);
    expect((await row(1))?.day).toBe('2026-10-28');
    expect((await row(2))?.day).toBe('2026-10-29');
    expect((await row(3))?.state).toBe('expired');
  });

  it('tries a chat that refused once more', async () => {
    await sql`UPDATE outbox SET attempt = 1`.execute(db);
    await end('unreachable', 'blocked', [3]);
    await sql`UPDATE identities SET unreachable_reason = 'blocked'
      WHERE person_id IN (3, 5)`.execute(db);
    await again(morning);
    const batch = await claim(db, 2, { now: morning, most: 9 });
    expect(batch?.rows.map(({ personId }) => personId)).toContain(3);
    const marks = await sql<{ id: number }>`SELECT person_id AS id FROM identities
      WHERE unreachable_reason IS NOT NULL`.execute(db);
    expect(marks.rows).toEqual([{ id: 5 }]);
  });

  it('waits while a cancellation stands, and takes what was left over when it is taken back', async () => {
    const act = { campaign: { ...run, item: null, personId: null }, reason: 'x', now: morning };
    await cancelCampaign(db, act);
    expect(await countUnreached(db, wishAt(tuesday))).toEqual([
      { state: 'skipped', reason: 'cancelled', hindrance: 'cancelled', count: 6 },
    ]);
    expect(await again(tuesday)).toEqual([]);
    await uncancelCampaign(db, { ...act, now: tuesday });
    expect(await again(tuesday)).toEqual(['skipped 6']);
  });

  it('stays with whoever it was sent to again, and on its day, when its own day gets another item', async () => {
    await end('expired', 'attention-budget', [1, 2]);
    expect(await again(morning)).toEqual(['expired 2']);
    const held = () =>
      sql`SELECT person_id, local_day FROM attention
      WHERE person_id IN (1, 2) ORDER BY 1, 2`.execute(db);
    const before = (await held()).rows;
    await dropStale(db, { from: '2026-10-26', present: [], only: null, now: morning });
    expect([await row(1), await row(2)]).toMatchObject([
      { state: 'planned', day: '2026-10-27' },
      { state: 'planned', day: '2026-10-27' },
    ]);
    expect((await held()).rows).toEqual(before);
  });

  it('leaves alone who left or stopped, and who was welcomed on another day', async () => {
    await end('expired', 'window-over', [1, 2, 3, 4, 5, 6]);
    await sql`UPDATE outbox SET stream = 'welcome', item = 'welcome'`.execute(db);
    await sql`UPDATE people SET status = 'left' WHERE id = 1`.execute(db);
    await sql`UPDATE preferences SET welcomed_at = NULL WHERE person_id <> 4`.execute(db);
    await sql`UPDATE preferences SET stopped_at = now() WHERE person_id = 2`.execute(db);
    await sql`INSERT INTO outbox (person_id, stream, slot, item, priority, due, expires, state, changed_at)
      VALUES (3, 'welcome', '2026-10-28', 'welcome', 3, now(), now(), 'planned', now())`.execute(
      db,
    );
    const counts = await countUnreached(db, wishAt(tuesday, { stream: 'welcome' }));
    expect(Object.fromEntries(counts.map((one) => [one.hindrance, one.count]))).toEqual({
      left: 1,
      stopped: 1,
      reached: 2,
      null: 2,
    });
    expect(await again(tuesday, { stream: 'welcome' })).toEqual(['expired 2']);
    await sql`UPDATE preferences SET welcomed_at = '2026-10-01'`.execute(db);
  });

  it('sends an invitation only while its survey is open, and never past the close', async () => {
    await end('unreachable', 'blocked', [1, 2]);
    await sql`UPDATE outbox SET stream = 'pulse', item = 'w1'`.execute(db);
    await sql`INSERT INTO waves (id, survey, items, opens_at, closes_at, status, public_key, invited)
      VALUES ('w1', 'pulse', '{}', ${early}, '2026-10-27T10:00:00Z', 'open', '{}', 6)`.execute(db);
    const pulse = { stream: 'pulse' } as const;
    expect(await again(morning, pulse)).toEqual(['unreachable 2']);
    const { rows } = await sql<{ expires: Date }>`SELECT DISTINCT expires FROM outbox
      WHERE state = 'planned' AND moved_reason = 'resent'`.execute(db);
    expect(rows).toEqual([{ expires: new Date('2026-10-27T10:00:00Z') }]);
    await end('unreachable', 'blocked', [1, 2]);
    for (const now of [new Date('2026-10-27T09:00:00Z'), new Date('2026-10-28T02:00:00Z')])
      expect(await again(now, pulse)).toEqual([]);
    expect((await countUnreached(db, wishAt(new Date('2026-10-28'), pulse)))[0]?.hindrance).toBe(
      'wave-closed',
    );
  });
});
