import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { planTimes } from '../../../../core/delivery/planner.ts';
import { listRhythms } from '../../../../core/store/outbox/crowd.ts';
import { planSlot, type SlotPlan } from '../../../../core/store/outbox/planning.ts';
import { dropStale, refreshSlot } from '../../../../core/store/outbox/replanning.ts';
import { calendar, clearCrowd, openCrowd } from './crowd.ts';

const slot = '2026-10-26';
const early = new Date('2026-10-25T22:00:00Z');
/** 09.00 WIB: the tips of half past eight are due in every zone. */
const morning = new Date('2026-10-26T02:00:00Z');

describe('a fresh look at a planned slot', async () => {
  const { db } = await openCrowd(6);
  const planAt = async (now: Date): Promise<SlotPlan> => {
    const rhythms = await listRhythms(db, 'lesson');
    const times = planTimes(calendar, rhythms, { date: slot, minute: 510, now });
    const audience = { kind: 'welcomed' } as const;
    return {
      stream: 'lesson',
      slot,
      item: 'l01',
      audience,
      times,
      openUntil: null,
      only: null,
      now,
    };
  };
  const look = async (now = early) => refreshSlot(db, await planAt(now));
  const drop = (now: Date) => dropStale(db, { from: slot, present: [], only: null, now });
  const row = async (person: number) =>
    (
      await sql<{ state: string; reason: string | null }>`SELECT state, reason FROM outbox
        WHERE person_id = ${person}`.execute(db)
    ).rows[0];
  /** The days on which a person's attention for tips is taken. */
  const heldBy = async (person: number) =>
    (
      await sql<{ day: string }>`SELECT local_day AS day FROM attention
        WHERE person_id = ${person} AND class = 'lesson' ORDER BY 1`.execute(db)
    ).rows.map(({ day }) => day);
  beforeEach(async () => {
    await clearCrowd(db);
  });

  it('takes no attention of who is out of reach, and gives them the tip when the chat is open again', async () => {
    await sql`UPDATE identities SET unreachable_reason = 'blocked' WHERE person_id = 1`.execute(db);
    await planSlot(db, await planAt(early));
    expect(await heldBy(1)).toEqual([]);
    await look();
    expect(await heldBy(1)).toEqual([]);
    expect(await row(1)).toEqual({ state: 'unreachable', reason: 'blocked' });
    await sql`UPDATE identities SET unreachable_reason = NULL`.execute(db);
    await look();
    expect(await row(1)).toEqual({ state: 'planned', reason: null });
    expect(await heldBy(1)).toEqual([slot]);
  });

  it('leaves to another message the attention that a tip left out never held', async () => {
    await sql`UPDATE preferences SET paused_until = ${slot} WHERE person_id = 1`.execute(db);
    await planSlot(db, await planAt(early));
    await sql`INSERT INTO attention VALUES (1, ${slot}, 'lesson')`.execute(db);
    await look();
    expect(await heldBy(1)).toEqual([slot]);
  });

  it('leaves what is due to the sender: it keeps its time, and its tip when the programme has another', async () => {
    await planSlot(db, await planAt(early));
    const due = () =>
      sql`SELECT person_id, state, due, moved_reason FROM outbox WHERE due <= ${morning}
        ORDER BY 1`.execute(db);
    const before = (await due()).rows;
    expect(before.length).toBeGreaterThan(2);
    await look(morning);
    expect((await due()).rows).toEqual(before);
    await drop(morning);
    expect((await due()).rows).toEqual(before);
    expect(await heldBy(1)).toEqual([slot]);
  });

  it('leaves a tip that is sent once more the attention it holds, whatever is said meanwhile', async () => {
    await planSlot(db, await planAt(early));
    await sql`UPDATE outbox SET attempt = 1, moved_reason = 'resent' WHERE person_id = 1`.execute(
      db,
    );
    await sql`UPDATE preferences SET paused_until = ${slot} WHERE person_id = 1`.execute(db);
    await look();
    expect(await row(1)).toEqual({ state: 'planned', reason: null });
    expect(await heldBy(1)).toEqual([slot]);
  });

  it('frees the day that a tip was moved to when the tip is taken back', async () => {
    await planSlot(db, await planAt(early));
    await sql`UPDATE outbox SET held_day = '2026-10-27', due = '2026-10-27T01:30:00Z',
      moved_reason = 'after-work' WHERE person_id = 1`.execute(db);
    await sql`INSERT INTO attention VALUES (1, '2026-10-27', 'lesson')`.execute(db);
    await drop(early);
    expect(await row(1)).toBeUndefined();
    expect(await heldBy(1)).toEqual([slot]);
  });
});
