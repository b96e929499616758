import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { planTimes } from '../../../core/delivery/planner.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import {
  crowdSteps,
  ensurePartitions,
  listRhythms,
  planSlot,
} from '../../../core/store/planning.ts';
import { openHouse } from '../../support/house.ts';

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
    const { db } = await openHouse({ now: now.toISOString(), welcomed: true });
    await ensurePartitions(db, [slot]);
    const calendar = await loadCalendar(db);
    const times = planTimes(calendar, await listRhythms(db, 'lesson'), {
      date: slot,
      minute: 510,
      now,
    });
    const plan = {
      stream: 'lesson' as const,
      slot,
      item: 'l01',
      audience: { kind: 'welcomed' as const },
      times,
      openUntil: null,
      only: null,
      now,
    };
    const first = await planSlot(db, { ...plan, span: { after: 0, upTo: 100 } });
    expect(first).toBeGreaterThan(50);
    expect(first).toBeLessThanOrEqual(100);
    const rest = await planSlot(db, plan);
    const people = await sql<{ all: number }>`SELECT count(*)::int AS all FROM people
      WHERE status = 'active'`.execute(db);
    expect(first + rest).toBe(people.rows[0]?.all);
    expect(await planSlot(db, plan)).toBe(0);
  });
});
