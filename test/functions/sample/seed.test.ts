import { describe, expect, it } from 'vitest';
import { pseudonym } from '../../../core/people/person.ts';
import { readRoster, rosterColumns } from '../../../core/people/roster.ts';
import { listPeople, listUnits } from '../../../core/store/people/people.ts';
import {
  refusingUser,
  sampleKeys,
  samplePeople,
  sampleUnits,
  smallestUnit,
} from '../../../functions/local/sample/agency.ts';
import { seedSample } from '../../../functions/local/sample/seed.ts';
import { slackWorkspace, teamsTenant } from '../../../functions/local/story/agency.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const options = {
  secret: 'rahasia-contoh',
  now: new Date('2026-09-07T00:00:00Z'),
  today: '2026-09-07',
  leave: { from: '2026-09-14', to: '2026-09-27' },
  pausedUntil: '2026-12-31',
  pace: { slack: { rate: 8, burst: 20 }, teams: { rate: 35, burst: 40 } },
};

describe('Kementerian Contoh in the store', async () => {
  const { db } = await cloneDatabase();
  const seed = () => db.transaction().execute((trx) => seedSample(trx, options));
  await seed();
  const people = await listPeople(db);
  const units = await listUnits(db);
  const person = (key: string) => people.find((one) => one.key === pseudonym(key, options.secret));

  it('has 240 people in 12 units on three levels, one of them of exactly 3', () => {
    expect(people).toHaveLength(240);
    expect(new Set(people.map(({ name }) => name)).size).toBe(240);
    expect(units).toHaveLength(12);
    const depthOf = (code: string | null): number =>
      code === null ? 0 : 1 + depthOf(units.find((unit) => unit.code === code)?.parent ?? null);
    expect([...new Set(units.map(({ code }) => depthOf(code)))]).toEqual([1, 2, 3]);
    const sizes = units.map(({ code }) => people.filter(({ unit }) => unit === code).length);
    expect(sizes.filter((size) => size < 12)).toEqual([3]);
    expect(people.filter(({ unit }) => unit === smallestUnit)).toHaveLength(3);
  });

  it('spreads over three zones and two chats, six people on both with one preferred', async () => {
    expect(new Set(people.map(({ timeZone }) => timeZone))).toEqual(
      new Set(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']),
    );
    const on = (workspace: string) =>
      people.filter(({ identities }) =>
        identities.some(({ workspaceId }) => workspaceId === workspace),
      ).length;
    expect(on(slackWorkspace) + on(teamsTenant)).toBe(246);
    expect(Math.abs(on(slackWorkspace) - on(teamsTenant))).toBeLessThan(10);
    const preferred = await db
      .selectFrom('identities')
      .select(['person_id', 'platform'])
      .where('preferred', '=', true)
      .execute();
    expect(new Set(preferred.map((one) => one.person_id)).size).toBe(240);
    const both = people.filter(({ identities }) => identities.length === 2);
    expect(both.map(({ preferredChat }) => preferredChat).sort()).toEqual([
      'slack',
      'slack',
      'slack',
      'slack',
      'slack',
      'teams',
    ]);
    const lanes = await db.selectFrom('lanes').select(['platform', 'rate']).orderBy('id').execute();
    expect(lanes).toHaveLength(2);
  });

  it('has one who stopped, paused, is on leave, left, and one whose chat refuses', async () => {
    const choices = await db
      .selectFrom('preferences')
      .select(['person_id', 'stopped_at', 'paused_until'])
      .where((where) =>
        where.or([where('stopped_at', 'is not', null), where('paused_until', 'is not', null)]),
      )
      .orderBy('person_id')
      .execute();
    expect(choices).toEqual([
      { person_id: person(sampleKeys.stopped)?.id, stopped_at: options.now, paused_until: null },
      { person_id: person(sampleKeys.paused)?.id, stopped_at: null, paused_until: '2026-12-31' },
    ]);
    const away = people.filter(({ leave }) => leave !== null);
    expect(away).toEqual([person(sampleKeys.onLeave)]);
    expect(people.filter(({ status }) => status === 'left')).toEqual([person(sampleKeys.left)]);
    expect(person(sampleKeys.refusing)?.identities.map(({ userId }) => userId)).toEqual([
      refusingUser,
    ]);
  });

  it('has a leader for each unit, two in HR and one operator', () => {
    const withRole = (role: 'leader' | 'hr' | 'operator') =>
      people.filter(({ roles }) => roles.includes(role));
    expect(withRole('leader').map(({ unit }) => unit)).toEqual(sampleUnits.map(({ code }) => code));
    expect(withRole('hr')).toHaveLength(2);
    expect(withRole('operator')).toHaveLength(1);
  });

  it('changes nothing when seeded again, and no employee key is stored', async () => {
    await seed();
    expect(await listPeople(db)).toEqual(people);
    expect(await listUnits(db)).toEqual(units);
    const history = await db.selectFrom('unit_history').selectAll().execute();
    expect(history).toHaveLength(240);
    expect(JSON.stringify(people)).not.toContain('KC-0');
  });

  it('is what the roster file of the same people would give', () => {
    const sample = samplePeople(options);
    const lines = sample.map((one) => {
      const [slack, teams] = (['slack', 'teams'] as const).map((platform) =>
        one.identities.find((identity) => identity.platform === platform),
      );
      return [
        ...[one.employeeKey, one.name, one.email, one.unit, one.timeZone, one.workPattern],
        ...[one.roles.join(' '), one.language, one.gradeBand],
        ...[slack?.workspaceId, slack?.userId, teams?.workspaceId, teams?.userId],
        ...[one.leave?.from, one.leave?.to, one.status, one.preferredChat],
      ].map((cell) => cell ?? '');
    });
    const head = [...rosterColumns, 'preferred_chat'];
    const text = [head, ...lines].map((cells) => cells.join(';')).join('\r\n');
    expect(readRoster({ file: 'people.csv', text }, sampleUnits)).toEqual(sample);
  });
});
