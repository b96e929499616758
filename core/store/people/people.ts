/** People, units and lanes as the roster left them. */
import type { Transaction } from 'kysely';
import { roles, type StoredPerson, type StoredUnit } from '../../people/person.ts';
import type { Platform } from '../../ports.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

/** Every unit, by id. */
export const listUnits = async (db: Database): Promise<readonly StoredUnit[]> => {
  const rows = await db.selectFrom('units').selectAll().orderBy('id').execute();
  const codes = new Map(rows.map((row) => [row.id, row.code]));
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    parentId: row.parent_id,
    parent: row.parent_id === null ? null : (codes.get(row.parent_id) ?? null),
    name: row.name,
    levelLabel: row.level_label,
  }));
};

/** Every person with the identities, those who left among them, by id. */
export const listPeople = async (db: Database): Promise<readonly StoredPerson[]> => {
  const rows = await db
    .selectFrom('people')
    .innerJoin('units', 'units.id', 'people.unit_id')
    .leftJoin('preferences', 'preferences.person_id', 'people.id')
    .selectAll('people')
    .select(['units.code as unit', 'preferences.language'])
    .orderBy('people.id')
    .execute();
  const identities = await db
    .selectFrom('identities')
    .select(['person_id', 'platform', 'workspace_id', 'user_id', 'preferred'])
    .orderBy('platform')
    .orderBy('workspace_id')
    .execute();
  const byPerson = new Map<number, typeof identities>();
  for (const identity of identities) {
    const own = byPerson.get(identity.person_id) ?? [];
    own.push(identity);
    byPerson.set(identity.person_id, own);
  }
  return rows.map((row): StoredPerson => {
    const own = byPerson.get(row.id) ?? [];
    return {
      id: row.id,
      key: row.employee_key,
      name: row.name,
      email: row.email,
      unitId: row.unit_id,
      unit: row.unit,
      // What the roster said last: the zone that the chat told since is nothing the roster would change.
      timeZone: row.roster_zone ?? row.time_zone,
      workPattern: row.work_pattern,
      roles: roles.filter((role) => row.roles.includes(role)),
      language: row.language ?? 'id',
      gradeBand: row.grade_band,
      identities: own.map((identity) => ({
        platform: identity.platform,
        workspaceId: identity.workspace_id,
        userId: identity.user_id,
      })),
      preferredChat: own.find((identity) => identity.preferred)?.platform ?? null,
      leave:
        row.leave_from === null || row.leave_to === null
          ? null
          : { from: row.leave_from, to: row.leave_to },
      status: row.status,
    };
  });
};

/** The lane of a workspace or tenant, made when missing; the pace of a known lane is left alone. */
export const ensureLane = async (
  trx: Transaction<Tables>,
  lane: {
    readonly platform: Platform;
    readonly workspaceId: string;
    /** Messages a second and the burst above it. */
    readonly rate: number;
    readonly burst: number;
  },
): Promise<number> => {
  const { platform, workspaceId, rate, burst } = lane;
  await trx
    .insertInto('lanes')
    .values({ platform, workspace_id: workspaceId, rate, burst })
    .onConflict((conflict) => conflict.columns(['platform', 'workspace_id']).doNothing())
    .execute();
  const { id } = await trx
    .selectFrom('lanes')
    .select('id')
    .where('platform', '=', platform)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return id;
};

/** The id of the person with this pseudonym, or null. */
export const findPersonId = async (db: Database, pseudonym: string): Promise<number | null> =>
  (
    await db
      .selectFrom('people')
      .select('id')
      .where('employee_key', '=', pseudonym)
      .executeTakeFirst()
  )?.id ?? null;
