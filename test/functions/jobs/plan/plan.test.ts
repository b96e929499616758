import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepLessonDates } from '../../../../core/store/outbox/lesson-dates.ts';
import { changePreferences } from '../../../../core/store/people/conversation.ts';
import { advanceWave } from '../../../../core/store/pulse/waves.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { openInvited } from '../../../support/closing.ts';
import { type House, openHouse } from '../../../support/house.ts';

const monday = '2026-10-25T17:01:00Z';

type Row = {
  person_id: number;
  stream: string;
  slot: string;
  item: string;
  state: string;
  reason: string | null;
  moved_reason: string | null;
  due: Date;
};
const rowsOf = async ({ db }: House, stream: string, slot: string): Promise<readonly Row[]> =>
  (
    await sql<Row>`SELECT * FROM outbox WHERE stream = ${stream} AND slot = ${slot}::date
      ORDER BY person_id`.execute(db)
  ).rows;

describe('a day planned for the whole agency', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: monday, welcomed: true });
    await planAll(house.host.context, new Date(monday));
  });

  it('adds nothing when planned again, or by eight planners at once', async () => {
    const { context } = house.host;
    const plans = Array.from({ length: 8 }, () => planAll(context, new Date(monday)));
    expect(await Promise.all(plans)).toEqual(plans.map(() => 0));
  });

  it('gives each person on the roster one row a slot, whose states add up to the audience', async () => {
    const count = await sql<{ all: number; leaders: number }>`
      SELECT count(*)::int AS all, (count(*) FILTER (WHERE 'leader' = ANY (roles)))::int AS leaders
      FROM people WHERE status = 'active'`.execute(house.db);
    const { all, leaders } = count.rows[0] ?? { all: 0, leaders: 0 };
    expect(all).toBe(239);
    for (const slot of ['2026-10-26', '2026-10-27'])
      expect(await rowsOf(house, 'lesson', slot)).toHaveLength(all);
    expect(await rowsOf(house, 'leader', '2026-10-26')).toHaveLength(leaders);
    const unreasoned = (await rowsOf(house, 'lesson', '2026-10-26')).filter(
      ({ state, reason }) => state !== 'planned' && reason === null,
    );
    expect(unreasoned).toEqual([]);
  });

  it('leaves out who stopped, who paused and who left, each with the reason', async () => {
    const rows = await rowsOf(house, 'lesson', '2026-10-27');
    const of = async (key: string) => {
      const id = await house.idOf(key);
      const row = rows.find(({ person_id }) => person_id === id);
      return row === undefined ? null : [row.state, row.reason];
    };
    expect(await of(sampleKeys.stopped)).toEqual(['skipped', 'stopped']);
    expect(await of(sampleKeys.paused)).toEqual(['skipped', 'paused']);
    expect(await of(sampleKeys.left)).toBeNull();
    expect(await of(sampleKeys.slackStaff)).toEqual(['planned', null]);
  });

  it('plans one copy for a person on both chats, on the preferred one', async () => {
    const id = await house.idOf(sampleKeys.prefersTeams);
    const lanes = await sql<{ platform: string }>`SELECT l.platform FROM outbox o
      JOIN lanes l ON l.id = o.lane_id
      WHERE o.person_id = ${id} AND o.stream = 'lesson' AND o.slot = '2026-10-26'`.execute(
      house.db,
    );
    expect(lanes.rows).toEqual([{ platform: 'teams' }]);
  });

  it('refuses a second message of a class on a day, whoever inserts it', async () => {
    const id = await house.idOf(sampleKeys.slackStaff);
    const again = sql`INSERT INTO attention (person_id, local_day, class)
      VALUES (${id}, '2026-10-26', 'lesson')`.execute(house.db);
    await expect(again).rejects.toThrow(/attention_pkey/);
    const copy = sql`INSERT INTO outbox SELECT * FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson' AND slot = '2026-10-26'`.execute(house.db);
    await expect(copy).rejects.toThrow(/duplicate key/);
  });

  it('sends a Monday lesson at its time in each zone', async () => {
    const rows = await rowsOf(house, 'lesson', '2026-10-26');
    const dueOf = async (key: string) => {
      const id = await house.idOf(key);
      return rows.find(({ person_id }) => person_id === id)?.due.toISOString();
    };
    expect(await dueOf(sampleKeys.slackStaff)).toBe('2026-10-26T01:30:00.000Z');
    expect(await dueOf(sampleKeys.eastStaff)).toBe('2026-10-25T23:30:00.000Z');
  });
});

describe('how long a plan takes', () => {
  it('is told for each lane, and what a lane is too slow for in time', async () => {
    const { db, host, lines } = await openHouse({ now: monday, welcomed: true });
    await sql`UPDATE lanes SET rate = 0.002, burst = 1 WHERE platform = 'teams'`.execute(db);
    await planAll(host.context, new Date(monday));
    const told = (event: string) =>
      lines.flatMap((line) => (line.event === event ? [line.fields] : []));
    expect(told('plan.finish')).toEqual([
      expect.objectContaining({ platform: 'slack', at: expect.stringMatching(/^2026-10-27T/) }),
    ]);
    expect(told('plan.too-slow')).toEqual([
      expect.objectContaining({ platform: 'teams', late: expect.any(Number) }),
    ]);
    // Once planned, nothing new is to be told.
    lines.splice(0);
    await planAll(host.context, new Date(monday));
    expect(lines).toEqual([]);
  });
});

describe('a lane that is paused', () => {
  it('has no time at which it is through: the plan warns of it instead', async () => {
    const { db, host, lines } = await openHouse({ now: monday, welcomed: true });
    await sql`UPDATE lanes SET paused_reason = 'token_revoked' WHERE platform = 'teams'`.execute(
      db,
    );
    await planAll(host.context, new Date(monday));
    const told = lines.filter(({ event }) => event.startsWith('plan.') && event !== 'plan.added');
    expect(told.map(({ level, event }) => [level, event]).sort()).toEqual([
      ['info', 'plan.finish'],
      ['warn', 'plan.lane-paused'],
    ]);
    expect(told.find(({ level }) => level === 'warn')?.fields).toMatchObject({
      platform: 'teams',
      reason: 'token_revoked',
    });
  });
});

describe('people who all need their attention at once', () => {
  it('get one lesson-class message a day although eight planners race on an empty store', async () => {
    const house = await openHouse({ now: monday });
    const { context } = house.host;
    const plans = Array.from({ length: 8 }, () => planAll(context, new Date(monday)));
    const added = (await Promise.all(plans)).reduce((sum, count) => sum + count, 0);
    const total = await sql<{ rows: number }>`SELECT count(*)::int AS rows FROM outbox`.execute(
      house.db,
    );
    expect(total.rows).toEqual([{ rows: added }]);
    const crowded = await sql`SELECT person_id, slot FROM outbox
      WHERE stream IN ('welcome', 'lesson') AND state = 'planned'
      GROUP BY person_id, slot HAVING count(*) > 1`.execute(house.db);
    expect(crowded.rows).toEqual([]);
  });
});

describe('a rhythm of one’s own', () => {
  it.each([
    [1, 1],
    [3, 3],
    [5, 5],
  ] as const)('brings %i lessons in a week to who asked for so many', async (perWeek, lessons) => {
    const house = await openHouse({ now: monday, welcomed: true });
    const id = await house.idOf(sampleKeys.slackStaff);
    await house.db
      .transaction()
      .execute((trx) => changePreferences(trx, id, { per_week: perWeek }));
    for (const date of [26, 27, 28, 29, 30])
      await planAll(house.host.context, new Date(`2026-10-${date}T00:00:00Z`), { only: id });
    const rows = await sql`SELECT slot FROM outbox WHERE person_id = ${id} AND stream = 'lesson'
      AND slot < '2026-11-01' AND state = 'planned'`.execute(house.db);
    expect(rows.rows).toHaveLength(lessons);
  });

  it('still reaches who is planned after the usual time, the same day, and says it was late', async () => {
    const house = await openHouse({ now: '2026-10-26T03:00:00Z', welcomed: true });
    const id = await house.idOf(sampleKeys.slackStaff);
    await planAll(house.host.context, new Date('2026-10-26T03:00:00Z'));
    const [row] = (await rowsOf(house, 'lesson', '2026-10-26')).filter(
      ({ person_id }) => person_id === id,
    );
    expect(row?.moved_reason).toBe('planned-late');
    expect(row?.due.toISOString()).toBe('2026-10-26T03:00:00.000Z');
  });
});

describe('a programme that begins anew and is first planned after its start', () => {
  it('is joined where it is, as one that nobody has had a tip of', async () => {
    const house = await openHouse({ now: monday, welcomed: true });
    const { context } = house.host;
    const earlier = { slot: '2026-09-28', item: 'l60', begins: new Date('2026-09-28T01:30:00Z') };
    await keepLessonDates(house.db, [earlier], earlier.begins);
    await planAll(context, new Date('2026-10-28T00:00:00Z'));
    const items = (await rowsOf(house, 'lesson', '2026-10-28')).map(({ item }) => item);
    expect([...new Set(items)]).toEqual([context.catalogue.programme.lesson.order[2]]);
  });
});

describe('a survey that is being counted', () => {
  it('has no reminders any more, also on the day that would have had one', async () => {
    const house = await openInvited();
    await advanceWave(house.db, 'w1', { from: 'open', to: 'closing' });
    await planAll(house.host.context, new Date('2026-10-14T00:00:00Z'));
    expect(await rowsOf(house, 'pulse-reminder', '2026-10-14')).toEqual([]);
  });
});

describe('two weeks of leave', () => {
  it('bring one lesson on the first day back, not ten', async () => {
    const house = await openHouse({ now: monday, welcomed: true });
    const id = await house.idOf(sampleKeys.slackStaff);
    await sql`UPDATE people SET leave_from = '2026-10-26', leave_to = '2026-11-08'
      WHERE id = ${id}`.execute(house.db);
    // Only this one person, or a fortnight for all would be sent.
    await sql`UPDATE people SET status = 'left' WHERE id <> ${id}`.execute(house.db);
    for (let day = 26; day <= 41; day += 1) {
      const date = new Date(Date.UTC(2026, 9, day)).toISOString().slice(0, 10);
      await house.tickAt(`${date}T00:00:00Z`);
      await house.tickAt(`${date}T01:30:00Z`);
    }
    const sent = await sql`SELECT slot, stream FROM outbox WHERE person_id = ${id}
      AND state = 'sent' AND slot < '2026-11-10' AND stream = 'lesson'`.execute(house.db);
    expect(sent.rows).toEqual([{ slot: '2026-11-09', stream: 'lesson' }]);
    const away = await sql`SELECT DISTINCT reason FROM outbox WHERE person_id = ${id}
      AND stream = 'lesson' AND slot < '2026-11-09'`.execute(house.db);
    expect(away.rows).toEqual([{ reason: 'leave' }]);
    expect(house.messagesOf('slack', sampleKeys.slackStaff).length).toBeLessThanOrEqual(3);
  });
});
