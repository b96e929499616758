import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { planTimes } from '../../../../core/delivery/planner.ts';
import { listRhythms } from '../../../../core/store/outbox/crowd.ts';
import { planSlot, type SlotPlan } from '../../../../core/store/outbox/planning.ts';
import { calendar, clearCrowd, openCrowd } from './crowd.ts';

const slot = '2026-10-26';
const now = new Date('2026-10-25T22:00:00Z');

describe('whom a slot is for', async () => {
  const { db } = await openCrowd(6);
  const plan = async (wish: Pick<SlotPlan, 'stream' | 'item' | 'audience'>) => {
    const rhythms = await listRhythms(db, wish.stream);
    const times = planTimes(calendar, rhythms, { date: slot, minute: 510, now });
    await planSlot(db, { ...wish, slot, times, openUntil: null, only: null, now });
    const { rows } = await sql<{ id: number; end: string }>`
      SELECT person_id AS id, concat_ws(' ', state, reason) AS end FROM outbox
      WHERE stream = ${wish.stream} ORDER BY 1`.execute(db);
    return rows.map(({ id, end }) => [id, end]);
  };
  beforeEach(() => clearCrowd(db));

  it('has neither who is away nor who paused, up to the last day of it and no longer', async () => {
    await sql`UPDATE people SET leave_from = '2026-10-19',
      leave_to = CASE id WHEN 1 THEN date '2026-10-26' ELSE date '2026-10-25' END
      WHERE id IN (1, 2)`.execute(db);
    await sql`UPDATE preferences SET
      paused_until = CASE person_id WHEN 3 THEN date '2026-10-26' ELSE date '2026-10-25' END
      WHERE person_id IN (3, 4)`.execute(db);
    const audience = { kind: 'welcomed' } as const;
    expect(await plan({ stream: 'lesson', item: 'l01', audience })).toEqual([
      [1, 'skipped leave'],
      [2, 'planned'],
      [3, 'skipped paused'],
      [4, 'planned'],
      [5, 'planned'],
      [6, 'planned'],
    ]);
  });

  it('has no welcome for who stopped before it came, not even a row that says so', async () => {
    await sql`UPDATE preferences SET welcomed_at = NULL WHERE person_id IN (1, 2)`.execute(db);
    await sql`UPDATE preferences SET stopped_at = ${now} WHERE person_id = 2`.execute(db);
    const audience = { kind: 'unwelcomed' } as const;
    expect(await plan({ stream: 'welcome', item: 'welcome', audience })).toEqual([[1, 'planned']]);
    await sql`UPDATE preferences SET welcomed_at = ${now}`.execute(db);
  });

  it('has a correction for who knows only the earlier text, and owes none to who is out of reach', async () => {
    await sql`INSERT INTO seen (person_id, item, version, at)
      SELECT n, 'l01', 'earlier', ${now}::timestamptz FROM generate_series(1, 4) n
      UNION ALL SELECT 2, 'l01', 'present', ${now}::timestamptz`.execute(db);
    await sql`UPDATE preferences SET stopped_at = ${now} WHERE person_id = 3`.execute(db);
    await sql`UPDATE identities SET unreachable_reason = 'blocked' WHERE person_id = 4`.execute(db);
    const audience = { kind: 'saw-earlier', item: 'l01', version: 'present' } as const;
    expect(await plan({ stream: 'correction', item: 'l01@present', audience })).toEqual([
      [1, 'planned'],
    ]);
  });
});
