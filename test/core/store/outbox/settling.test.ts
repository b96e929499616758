/** How claimed rows end, and whose word counts when two senders had them one after the other. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../../core/store/database.ts';
import { type Lease, leaseLane } from '../../../../core/store/outbox/lanes.ts';
import {
  endOverdue,
  type Settlement,
  settle,
  settleReminders,
} from '../../../../core/store/outbox/outbox.ts';
import { openCrowd } from './crowd.ts';

const slot = '2026-10-26';
const now = new Date('2026-10-26T03:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

/** Both lanes' people with one row each as told, and the leases of a sender on lane 2 and of the one after it. */
const openRows = async (people: number, stream: string) => {
  const { db } = await openCrowd(people);
  const lease = async (at: Date): Promise<Lease> => {
    const taken = await leaseLane(db, 2, { holder: `pengirim-${at.getTime()}`, now: at });
    if (taken === null) throw new Error('the lane is taken');
    return taken;
  };
  const first = await lease(now);
  const second = await lease(later(60));
  await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state,
      attempt, key, fence, changed_at)
    SELECT id, ${stream}, ${slot}, 'butir', 2, 5, ${now}, ${later(3_600)}, 'sending', 1,
      gen_random_uuid(), ${first.fence}::int, ${now} FROM people`.execute(db);
  return { db, first, second };
};

const stand = async (db: Database) =>
  (
    await sql<{ state: string; reason: string | null; attempt: number; key: string | null }>`
      SELECT state, reason, attempt, key FROM outbox ORDER BY person_id`.execute(db)
  ).rows;

const row = (state: Settlement['state'], reason: string | null = null): Settlement => ({
  personId: 1,
  stream: 'welcome',
  slot,
  state,
  reason,
  due: null,
  ref: null,
  conversation: null,
});

describe('a message of which an earlier try may have arrived', () => {
  it.each(['skipped', 'expired', 'unreachable'] as const)(
    'is told as unconfirmed, not as %s, with the reason why no other try followed',
    async (state) => {
      const { db, first } = await openRows(1, 'welcome');
      await sql`UPDATE outbox SET in_doubt = true`.execute(db);
      await settle(db, first, { now, rows: [row(state, 'alasan')] });
      expect(await stand(db)).toMatchObject([{ state: 'unconfirmed', reason: 'alasan' }]);
    },
  );

  it('is unconfirmed also when its window ends on a lane that stands still', async () => {
    const { db } = await openRows(1, 'welcome');
    await sql`UPDATE outbox SET in_doubt = true, state = 'retry'`.execute(db);
    await sql`UPDATE lanes SET paused_reason = 'invalid_auth'`.execute(db);
    await endOverdue(db, later(7_200));
    expect(await stand(db)).toMatchObject([{ state: 'unconfirmed', reason: 'window-over' }]);
  });
});

describe('an answer that comes late', () => {
  it('settles its message where that stands in doubt by then', async () => {
    const { db, first } = await openRows(1, 'welcome');
    await sql`UPDATE outbox SET state = 'unknown', reason = 'interrupted'`.execute(db);
    expect(await settle(db, first, { now, rows: [row('sent')] })).toBe(1);
    expect(await stand(db)).toMatchObject([{ state: 'sent', reason: null }]);
  });

  it('settles its message where that was given up by then, and no other sender does', async () => {
    const { db, first, second } = await openRows(1, 'welcome');
    await sql`UPDATE outbox SET state = 'unconfirmed', reason = 'interrupted'`.execute(db);
    expect(await settle(db, second, { now, rows: [row('retry', 'timeout')] })).toBe(0);
    expect(await settle(db, first, { now, rows: [row('sent')] })).toBe(1);
    expect(await stand(db)).toMatchObject([{ state: 'sent', reason: null }]);
  });
});

describe('survey reminders', () => {
  const keys = [3, 1, 2].map((personId) => ({ personId, stream: 'pulse-reminder', slot }));

  it('end without a trace of their tries, written in an order that says nothing of who got one', async () => {
    const { db, first } = await openRows(3, 'pulse-reminder');
    await settleReminders(db, first, { at: now, rows: keys, again: null });
    const ended = { state: 'settled', reason: 'reminder', attempt: 0, key: null };
    expect(await stand(db)).toEqual([ended, ended, ended]);
    const { rows } = await sql<{ id: number }>`
      SELECT person_id AS id FROM outbox ORDER BY ctid`.execute(db);
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('that another sender has claimed by then are left to it', async () => {
    const { db, first, second } = await openRows(3, 'pulse-reminder');
    await sql`UPDATE outbox SET fence = ${second.fence}::int, attempt = 2`.execute(db);
    const again = { reason: 'ratelimited', due: null };
    await settleReminders(db, first, { at: now, rows: keys, again });
    await settleReminders(db, first, { at: now, rows: keys, again: null });
    expect((await stand(db)).map(({ state }) => state)).toEqual(['sending', 'sending', 'sending']);
  });
});
