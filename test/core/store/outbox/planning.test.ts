import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { planTimes } from '../../../../core/delivery/planner.ts';
import { loadCalendar } from '../../../../core/store/calendars.ts';
import { crowdSteps, listRhythms } from '../../../../core/store/outbox/crowd.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { planCrowd, planSlot, type SlotPlan } from '../../../../core/store/outbox/planning.ts';
import { openHouse } from '../../../support/house.ts';

const now = new Date('2026-10-25T17:01:00Z');
const slot = '2026-10-26';

describe('a crowd planned in steps', () => {
  it('has steps that hold everybody once', async () => {
    const { db } = await openHouse({ now: now.toISOString(), welcomed: true });
    await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
      VALUES (100000, 'a', 'A', 1, 'Asia/Jakarta'), (100001, 'b', 'B', 1, 'Asia/Jakarta'),
        (250001, 'c', 'C', 1, 'Asia/Jakarta')`.execute(db);
    const steps = await crowdSteps(db);
    expect(steps).toHaveLength(3);
    const people = await sql<{ id: number }>`SELECT id FROM people`.execute(db);
    for (const { id } of people.rows)
      expect(steps.filter((step) => step && step.after < id && id <= step.upTo)).toHaveLength(1);
  });

  it('comes to the same as in one, and goes on where a planner died between two', async () => {
    const { db, plan } = await openPlan();
    const first = await planSlot(db, { ...plan, span: { after: 0, upTo: 100 } });
    expect(first).toBeGreaterThan(50);
    expect(first).toBeLessThanOrEqual(100);
    const rest = await planSlot(db, plan);
    const people = await sql<{ all: number }>`SELECT count(*)::int AS all FROM people
      WHERE status = 'active'`.execute(db);
    expect(first + rest).toBe(people.rows[0]?.all);
    expect(await planSlot(db, plan)).toBe(0);
  });

  it('counts what steps side by side add, and keeps what the others added when one fails', async () => {
    const { db, plan } = await openPlan();
    const steps = Array.from({ length: 10 }, (_, step) => ({
      after: step * 10,
      upTo: step * 10 + 10,
    }));
    const broken = { after: 0, upTo: Number.NaN };
    await expect(planCrowd(db, plan, [broken, ...steps.slice(2)])).rejects.toThrow(/NaN/);
    expect(await planCrowd(db, plan, steps)).toBe(20);
    expect(await planCrowd(db, plan, steps)).toBe(0);
  });

  it('gives who has no attention left on that day an expired row, and the others theirs', async () => {
    const { db, plan } = await openPlan();
    await sql`INSERT INTO attention (person_id, local_day, class)
      SELECT id, ${slot}::date, 'lesson' FROM people WHERE id IN (3, 5)`.execute(db);
    const steps = [
      { after: 0, upTo: 50 },
      { after: 50, upTo: 100 },
    ];
    const added = await planCrowd(db, plan, steps);
    const { rows } = await sql<{ id: number; state: string; reason: string | null }>`
      SELECT person_id AS id, state, reason FROM outbox
      WHERE person_id <= 100 AND stream = 'lesson'`.execute(db);
    expect(rows).toHaveLength(added);
    const expired = rows.filter(({ state }) => state === 'expired');
    expect(expired.map(({ id }) => id).sort()).toEqual([3, 5]);
    expect(new Set(expired.map(({ reason }) => reason))).toEqual(new Set(['attention-budget']));
    expect(await planCrowd(db, plan, steps)).toBe(0);
    const held = await sql<{ count: number }>`SELECT count(*)::int AS count FROM attention a
      JOIN outbox o ON o.person_id = a.person_id AND o.slot = a.local_day
      WHERE o.state = 'planned' AND o.stream = 'lesson'`.execute(db);
    expect(held.rows[0]?.count).toBe(rows.filter(({ state }) => state === 'planned').length);
  });

  // A second plan of 20,000 people right after the first took 5 s: each was compared with all.
  it('is known to the server before anybody asks for it', async () => {
    const { db, plan } = await openPlan();
    await sql`INSERT INTO people (employee_key, name, unit_id, time_zone)
      SELECT 'k' || n, 'Pegawai ' || n, 1, 'Asia/Jakarta' FROM generate_series(1, 3000) n`.execute(
      db,
    );
    await sql`INSERT INTO preferences (person_id, welcomed_at)
      SELECT id, ${now} FROM people ON CONFLICT DO NOTHING`.execute(db);
    const added = await planCrowd(db, plan, await crowdSteps(db));
    expect(added).toBeGreaterThan(3000);
    const known = await sql<{ rows: number }>`SELECT reltuples::int AS rows FROM pg_class
      WHERE oid = ${`outbox_${slot.slice(0, 7).replace('-', '_')}`}::regclass`.execute(db);
    expect(known.rows[0]?.rows).toBeGreaterThanOrEqual(added);
  });

  it('adds each row once when two planners plan at the same time', async () => {
    const { db, plan } = await openPlan();
    const steps = [{ after: 0, upTo: 1_000 }];
    const added = await Promise.all([1, 2, 3].map(() => planCrowd(db, plan, steps)));
    const rows = await sql<{ all: number }>`SELECT count(*)::int AS all FROM outbox
      WHERE stream = 'lesson' AND person_id <= 1000`.execute(db);
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(rows.rows[0]?.all);
  });
});

const openPlan = async () => {
  const { db } = await openHouse({ now: now.toISOString(), welcomed: true });
  await ensurePartitions(db, [slot]);
  const calendar = await loadCalendar(db);
  const times = planTimes(calendar, await listRhythms(db, 'lesson'), {
    date: slot,
    minute: 510,
    now,
  });
  const plan: SlotPlan = {
    stream: 'lesson',
    slot,
    item: 'l01',
    audience: { kind: 'welcomed' },
    times,
    openUntil: null,
    only: null,
    now,
  };
  return { db, plan };
};
