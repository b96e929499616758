import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../../core/store/database.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { settleAhead } from '../../../../core/store/pulse/waves.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

const slots = [
  { date: '2026-10-14', item: 'w1/1' },
  { date: '2026-10-20', item: 'w1/2' },
] as const;
const until = new Date('2026-10-23T10:00:00Z');
/** When the rows that are there were last changed, and when the agency's day of the skip began. */
const before = new Date('2026-10-13T22:00:00Z');
const today = new Date('2026-10-14T17:00:00Z');

describe('who skips the survey', () => {
  let db: Database;
  beforeAll(async () => {
    db = (await cloneDatabase()).db;
    await ensurePartitions(
      db,
      slots.map(({ date }) => date),
    );
    await sql`INSERT INTO units (id, code, name, level_label, valid_from)
      VALUES (1, 'KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01')`.execute(db);
    await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
      VALUES (1, 'slack', 'T0', 8, 20)`.execute(db);
  });

  let people = 0;
  /** A person whose first reminder stands so; gives how both stand after the skip. */
  const skip = async (state: string) => {
    people += 1;
    const id = people;
    await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
      VALUES (${id}, ${`kunci-${id}`}, 'Pegawai Contoh', 1, 'Asia/Jakarta')`.execute(db);
    await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
      VALUES ('slack', 'T0', ${`U${id}`}, ${id}, 1)`.execute(db);
    await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
        state, changed_at)
      VALUES (${id}, 'pulse-reminder', ${slots[0].date}, ${slots[0].item}, 1, 5, ${before}, ${until},
        ${state}, ${before})`.execute(db);
    await db
      .transaction()
      .execute((trx) => settleAhead(trx, id, { slots, priority: 5, until, today }));
    const rows = await sql<{ state: string; at: Date }>`SELECT state, changed_at AS at FROM outbox
      WHERE person_id = ${id} ORDER BY slot`.execute(db);
    return rows.rows.map(({ state: now, at }) => ({ now, at }));
  };
  const settled = { now: 'settled', at: today };

  it.each(['planned', 'retry'])('gets no reminder that is %s', async (state) => {
    expect(await skip(state)).toEqual([settled, settled]);
  });

  // A second hand on a row in flight would take it from its sender; one that is over tells nothing of the skip.
  it.each(['sending', 'unknown', 'settled', 'skipped', 'expired', 'unreachable'])(
    'leaves a reminder as it was that is %s',
    async (state) => {
      expect(await skip(state)).toEqual([{ now: state, at: before }, settled]);
    },
  );
});
