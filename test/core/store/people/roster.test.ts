import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  keyRoster,
  pseudonym,
  type RosterPerson,
  type Unit,
} from '../../../../core/people/person.ts';
import { ensureLane, listPeople, listUnits } from '../../../../core/store/people/people.ts';
import { applyRoster } from '../../../../core/store/people/roster.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

const secret = 'rahasia-contoh';
const units = [
  { code: 'A', parent: null, name: 'Akar', levelLabel: 'Kementerian' },
  { code: 'B', parent: 'A', name: 'Biro', levelLabel: 'Biro' },
];
const slack = (userId: string) => ({ platform: 'slack', workspaceId: 'T1', userId }) as const;
const teams = (userId: string) => ({ platform: 'teams', workspaceId: 'ten', userId }) as const;
const rina: RosterPerson = {
  employeeKey: '1',
  name: 'Rina Contoh',
  email: 'rina@contoh.example',
  unit: 'A',
  timeZone: 'Asia/Jakarta',
  workPattern: 'five-day',
  roles: ['staff'],
  language: 'id',
  gradeBand: 'staff',
  identities: [slack('U1')],
  preferredChat: null,
  leave: null,
  status: 'active',
};
const bagas: RosterPerson = { ...rina, employeeKey: '2', name: 'Bagas Umpama', identities: [] };
const pace = { slack: { rate: 8, burst: 20 }, teams: { rate: 35, burst: 40 } };

describe('applying a roster', async () => {
  const { db } = await cloneDatabase();
  const apply = (
    people: readonly RosterPerson[],
    given: { today?: string; secret?: string; units?: readonly Unit[] } = {},
  ) =>
    db.transaction().execute((trx) =>
      applyRoster(trx, keyRoster({ units: given.units ?? units, people }, given.secret ?? secret), {
        now: new Date('2026-11-02T01:00:00Z'),
        today: given.today ?? '2026-11-02',
        pace,
      }),
    );
  const stored = async (key: string) =>
    (await listPeople(db)).find((person) => person.key === pseudonym(key, secret));

  beforeEach(async () => {
    for (const table of ['identities', 'unit_history', 'people', 'units', 'lanes'] as const)
      await db.deleteFrom(table).execute();
    await db.deleteFrom('settings').execute();
  });

  it('keeps the person, the id and the history when the e-mail changes', async () => {
    await apply([rina]);
    const before = await stored('1');
    await apply([{ ...rina, email: 'lain@contoh.example', name: 'Rina Umpama' }]);
    const after = await stored('1');
    expect(after?.id).toBe(before?.id);
    expect(after).toMatchObject({ email: 'lain@contoh.example', name: 'Rina Umpama' });
    expect(await db.selectFrom('unit_history').selectAll().execute()).toHaveLength(1);
  });

  it('writes a line of history for a move and only then', async () => {
    await apply([rina]);
    await apply([rina], { today: '2026-11-03' });
    await apply([{ ...rina, unit: 'B' }], { today: '2026-11-04' });
    const history = await db
      .selectFrom('unit_history')
      .innerJoin('units', 'units.id', 'unit_id')
      .select(['code', 'from_date'])
      .orderBy('from_date')
      .execute();
    expect(history).toEqual([
      { code: 'A', from_date: '2026-11-02' },
      { code: 'B', from_date: '2026-11-04' },
    ]);
  });

  it('leaves the absent as they are and marks only those told to have left', async () => {
    await apply([rina, bagas]);
    await apply([{ ...rina, status: 'left' }]);
    expect((await listPeople(db)).map(({ status }) => status)).toEqual(['left', 'active']);
  });

  it('keeps a language and a conversation that came from chat', async () => {
    await apply([rina]);
    await db.updateTable('preferences').set({ language: 'en' }).execute();
    await db.updateTable('identities').set({ conversation: 'D1' }).execute();
    await apply([rina]);
    expect((await stored('1'))?.language).toBe('en');
    const rows = await db.selectFrom('identities').select('conversation').execute();
    expect(rows).toEqual([{ conversation: 'D1' }]);
  });

  it('prefers Slack to Teams unless told, and one copy always', async () => {
    await apply([{ ...rina, identities: [teams('t1')] }]);
    expect((await stored('1'))?.preferredChat).toBe('teams');
    await apply([{ ...rina, identities: [slack('U1'), teams('t1')] }]);
    expect((await stored('1'))?.preferredChat).toBe('slack');
    await apply([{ ...rina, identities: [slack('U1'), teams('t1')], preferredChat: 'teams' }]);
    expect((await stored('1'))?.preferredChat).toBe('teams');
  });

  it('keeps an identity the file leaves empty, and replaces another user of the same workspace', async () => {
    await apply([{ ...rina, identities: [slack('U1'), teams('t1')] }]);
    await apply([{ ...rina, identities: [slack('U2')] }]);
    expect((await stored('1'))?.identities).toEqual([slack('U2'), teams('t1')]);
  });

  it('hands an identity over to its new owner, and the old owner keeps a preferred one', async () => {
    await apply([{ ...rina, identities: [slack('U1'), teams('t1')] }, bagas]);
    await apply([{ ...bagas, identities: [slack('U1')] }]);
    expect(await stored('1')).toMatchObject({ identities: [teams('t1')], preferredChat: 'teams' });
    expect(await stored('2')).toMatchObject({ identities: [slack('U1')], preferredChat: 'slack' });
    // Two people exchange their identities in one file.
    await apply([
      { ...rina, identities: [slack('U1')] },
      { ...bagas, identities: [slack('U9')] },
    ]);
    await apply([
      { ...rina, identities: [slack('U9')] },
      { ...bagas, identities: [slack('U1')] },
    ]);
    expect((await stored('1'))?.identities).toEqual([slack('U9'), teams('t1')]);
    expect((await stored('2'))?.identities).toEqual([slack('U1')]);
  });

  it('reads a few rows for each person, however many the same import has written before', async () => {
    const people = Array.from({ length: 6_000 }, (_, nth) => ({
      ...rina,
      employeeKey: `k${nth}`,
      identities: [slack(`U${nth}`)],
    }));
    const roster = keyRoster({ units, people }, secret);
    const now = new Date('2026-11-02T01:00:00Z');
    const told: number[] = [];
    const onWritten = (written: number) => told.push(written);
    const rows = await db.transaction().execute(async (trx) => {
      await applyRoster(trx, roster, { now, today: '2026-11-02', pace, onWritten });
      return sql<{ read: number }>`
        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) AS read FROM pg_stat_xact_user_tables
        WHERE relname IN ('people', 'preferences', 'unit_history', 'identities')`.execute(trx);
    });
    expect(rows.rows[0]?.read).toBeLessThan(people.length * 20);
    expect(told).toEqual([5_000, 6_000]);
  });

  it('moves and renames units by code', async () => {
    await apply([]);
    const ids = (await listUnits(db)).map(({ id }) => id);
    await apply([], { units: [{ code: 'B', parent: null, name: 'Baru', levelLabel: 'Pusat' }] });
    const after = await listUnits(db);
    expect(after.map(({ id }) => id)).toEqual(ids);
    expect(after[1]).toMatchObject({ code: 'B', parent: null, parentId: null, name: 'Baru' });
  });

  it('refuses another secret and an unknown unit, and writes nothing then', async () => {
    await apply([rina]);
    await expect(apply([bagas], { secret: 'lain' })).rejects.toThrow('roster key');
    await expect(apply([bagas, { ...rina, unit: 'Z' }])).rejects.toThrow('unit of the roster');
    expect(await listPeople(db)).toHaveLength(1);
  });

  it('leaves the pace of a known lane alone', async () => {
    const lane = { platform: 'slack', workspaceId: 'T1', rate: 1, burst: 1 } as const;
    const ids = await db
      .transaction()
      .execute(async (trx) => [
        await ensureLane(trx, lane),
        await ensureLane(trx, { ...lane, rate: 9 }),
      ]);
    expect(ids[0]).toBe(ids[1]);
    expect(await db.selectFrom('lanes').select('rate').execute()).toEqual([{ rate: 1 }]);
  });

  it('stores no readable employee key and notes the import in the audit log', async () => {
    await apply([{ ...rina, employeeKey: 'NIP-198001' }]);
    expect(JSON.stringify(await db.selectFrom('people').selectAll().execute())).not.toContain(
      'NIP',
    );
    const acts = await db.selectFrom('audit_log').select('act').execute();
    expect(acts.at(-1)).toEqual({ act: 'roster.applied' });
  });
});
