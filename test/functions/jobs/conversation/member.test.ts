import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../core/calendar/year-calendar.ts';
import { hour, minute } from '../../../../core/clock.ts';
import type { Member } from '../../../../core/people/member.ts';
import { keepCalendars } from '../../../../core/store/calendars.ts';
import { listUnmatched } from '../../../../core/store/people/unmatched.ts';
import { readContent } from '../../../../functions/app/files.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { planAll, planJob } from '../../../../functions/jobs/delivery/plan.ts';
import { directoryJob } from '../../../../functions/jobs/directory.ts';
import { known, openWithPeople, person, user } from '../../../support/slack/directory.ts';
import { eventFrom, type Organisation } from '../../../support/slack/house.ts';

const sariThere = {
  identities: [{ platform: 'slack', workspaceId: 'T0SATU', userId: 'U1' }],
} as const;

const tell = (house: Organisation, member: Partial<Member>, workspaceId = 'T0SATU') =>
  onEvent(house.context, {
    ...eventFrom(workspaceId, house.clock.now()),
    kind: 'member',
    member: { userId: 'U1', email: null, zone: 'Asia/Jakarta', status: 'staff', ...member },
  });

/** What waits for people: state, reason, hour in UTC. */
const waiting = async ({ db }: Organisation) => {
  const { rows } = await sql<{ told: string }>`
    SELECT concat_ws(' ', state, reason, to_char(due AT TIME ZONE 'UTC', 'HH24:MI')) AS told
    FROM outbox WHERE stream = 'lesson' ORDER BY slot`.execute(db);
  return rows.map(({ told }) => told);
};

/** Ten to eight in Jakarta, with the day's tip planned. */
const openEarly = async (more: object = sariThere) => {
  const house = await openWithPeople([person('sari', more)]);
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  const calendars = files.map(({ path, text }) => readCalendar({ file: path, text }));
  await keepCalendars(house.db, calendars, house.clock.now());
  await sql`UPDATE preferences SET welcomed_at = ${house.clock.now()}`.execute(house.db);
  house.state.at = Date.parse('2026-12-07T00:50:00.000Z');
  await planAll(house.context, house.clock.now());
  return house;
};

describe('a change of a member', () => {
  it('of zone plans what waits anew, at the same hour of the new zone', async () => {
    const house = await openEarly();
    const before = await waiting(house);
    await tell(house, { zone: 'Asia/Jayapura' });
    expect(await known(house)).toEqual(['sari U1 Asia/Jayapura']);
    const after = await waiting(house);
    expect(before.some((one) => one === 'planned 01:30')).toBe(true);
    expect(after).not.toEqual(before);
    expect(after.some((one) => one === 'planned 23:30')).toBe(true);
  });

  it('who is deactivated keeps the identity, is reached no more, and is planned again when back', async () => {
    const house = await openEarly();
    await tell(house, { status: 'gone' });
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta deactivated']);
    expect((await waiting(house)).every((one) => one.startsWith('unreachable deactivated'))).toBe(
      true,
    );
    await tell(house, {});
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
    house.state.at += 24 * hour;
    await planAll(house.context, house.clock.now());
    expect((await waiting(house)).at(-1)).toBe('planned 01:30');
  });

  it('who joins is matched by address and gets what the day still has', async () => {
    const house = await openEarly({});
    expect((await waiting(house)).every((one) => one.startsWith('skipped no-chat'))).toBe(true);
    await tell(house, { email: 'sari@contoh.example' });
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
    expect((await waiting(house)).some((one) => one.startsWith('planned'))).toBe(true);
  });

  it('comes twice, or of a stranger, without effect', async () => {
    const house = await openEarly();
    await tell(house, { zone: 'Asia/Makassar' });
    const once = await waiting(house);
    await tell(house, { zone: 'Asia/Makassar' });
    await tell(house, { userId: 'U8', email: 'lain@contoh.example' });
    await tell(house, { zone: 'Asia/Jakarta' }, 'T0ASING');
    expect(await waiting(house)).toEqual(once);
    expect(await known(house)).toEqual(['sari U1 Asia/Makassar']);
  });
});

describe('in an organisation', () => {
  it('a change told in another workspace reaches the identity the person has, and so does a word', async () => {
    const house = await openEarly();
    house.state.at += minute;
    await house.install('E0ORG');
    await tell(house, { zone: 'Asia/Makassar' }, 'T0DUA');
    expect(await known(house)).toEqual(['sari U1 Asia/Makassar']);
    const common = eventFrom('T0DUA', house.clock.now());
    const from = { ...common.from, userId: 'U1' };
    await onEvent(house.context, { ...common, from, kind: 'text', text: 'berhenti' });
    const stopped = await sql<{ stopped: boolean }>`SELECT stopped_at IS NOT NULL AS stopped
      FROM preferences`.execute(house.db);
    expect(stopped.rows).toEqual([{ stopped: true }]);
  });

  it('an account of a workspace outside of it with the same id is somebody else', async () => {
    const house = await openEarly();
    house.state.at += minute;
    await house.install('T0LUAR');
    await tell(house, { zone: 'Asia/Makassar' }, 'T0LUAR');
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
  });
});

describe('people whom no chat reaches', () => {
  it('are listed with the reason, once the directory has told', async () => {
    const house = await openWithPeople([
      person('ada', sariThere),
      person('hilang'),
      person('kembar1', { email: 'k@contoh.example' }),
      person('kembar2', { email: 'k@contoh.example' }),
      person('tanpa', { email: null }),
      person('pergi', { status: 'left' }),
    ]);
    const why = async () =>
      (await listUnmatched(house.db)).map(
        ({ name, why: reason }) => `${name.split(' ')[0]} ${reason}`,
      );
    expect(await why()).toEqual([
      'hilang not-looked',
      'kembar1 email-twice',
      'kembar2 email-twice',
      'tanpa no-email',
    ]);
    house.grid.users.set('T0SATU', [user('U1', null, { deleted: true })]);
    await directoryJob.run(house.context, house.clock.now());
    expect(await why()).toEqual([
      'ada unreachable',
      'hilang not-found',
      'kembar1 email-twice',
      'kembar2 email-twice',
      'tanpa no-email',
    ]);
    expect((await listUnmatched(house.db))[0]).toMatchObject({
      platform: 'slack',
      reason: 'deactivated',
    });
  });
});

describe('what was committed before its plan failed', () => {
  /** Runs an act while every plan fails. */
  const withoutPlans = async ({ db }: Organisation, act: () => Promise<void>): Promise<void> => {
    await sql`ALTER TABLE lesson_dates RENAME TO away`.execute(db);
    await expect(act()).rejects.toThrow(/lesson_dates/);
    await sql`ALTER TABLE away RENAME TO lesson_dates`.execute(db);
  };

  it('a chosen time is planned when its event comes again, and not a third time', async () => {
    const house = await openEarly();
    const common = eventFrom('T0SATU', house.clock.now());
    const choose = () =>
      onEvent(house.context, {
        ...common,
        from: { ...common.from, userId: 'U1' },
        kind: 'text',
        text: 'jam 10.00',
      });
    await withoutPlans(house, choose);
    await choose();
    const planned = await waiting(house);
    expect(planned[0]).toBe('planned 03:00');
    await choose();
    expect(await waiting(house)).toEqual(planned);
  });

  it('a member’s new zone is planned with the next tick', async () => {
    const house = await openEarly();
    await planJob.run(house.context, house.clock.now());
    const before = await waiting(house);
    await withoutPlans(house, () => tell(house, { zone: 'Asia/Makassar' }));
    expect(await waiting(house)).toEqual(before);
    await planJob.run(house.context, house.clock.now());
    expect(await waiting(house)).not.toEqual(before);
  });
});
