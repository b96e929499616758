/** Installed apps: sealed tokens, the workspaces they serve, and the lanes that stand or fall with them. */
import { sql, type Transaction } from 'kysely';
import type { InstallationPlace } from '../../installation.ts';
import type { Platform } from '../../ports.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';
import { ensureLane } from './people.ts';

type Trx = Transaction<Tables>;

/** An installation as it is kept: nobody reads a token out of the store alone. */
export type KeptInstallation = InstallationPlace & {
  readonly sealed: string;
  readonly installedAt: Date;
};

/** Pace of a lane that is made now. */
type Lanes = {
  readonly platform: Platform;
  readonly rate: number;
  readonly burst: number;
};

/** Keeps a new or repeated installation; its token still has to be published. */
export const keepInstallation = async (
  trx: Trx,
  kept: KeptInstallation & { readonly renewAt: Date | null },
): Promise<void> => {
  const told = {
    sealed: kept.sealed,
    renew_at: kept.renewAt,
    published: false,
    installed_at: kept.installedAt,
  };
  await trx
    .insertInto('installations')
    .values({ ...keyOf(kept), ...told })
    .onConflict((conflict) => conflict.columns(['enterprise_id', 'team_id']).doUpdateSet(told))
    .execute();
};

/** Workspaces that are not reached any more, and their lanes, which stand still. */
type Lost = { readonly workspaces: readonly string[]; readonly lanes: readonly number[] };

/**
 * The workspaces an installation reaches now: each gets a lane, and one that had stopped goes on. Returns those that it
 * reached before and no longer does; their lanes stand still for `reason`.
 */
export const setWorkspaces = async (
  trx: Trx,
  place: InstallationPlace,
  given: {
    readonly workspaces: readonly string[];
    readonly lanes: Lanes;
    readonly reason: string;
  },
): Promise<Lost> => {
  const { workspaces, lanes, reason } = given;
  const { enterprise_id, team_id } = keyOf(place);
  const before = await listWorkspaces(trx, place);
  for (const workspaceId of workspaces) await ensureLane(trx, { ...lanes, workspaceId });
  const fresh = workspaces.filter((id) => !before.includes(id));
  if (fresh.length > 0)
    await trx
      .insertInto('installed_workspaces')
      .values(fresh.map((workspace_id) => ({ workspace_id, enterprise_id, team_id })))
      .onConflict((conflict) =>
        conflict.column('workspace_id').doUpdateSet({ enterprise_id, team_id }),
      )
      .execute();
  const lost = before.filter((id) => !workspaces.includes(id));
  if (lost.length > 0)
    await trx.deleteFrom('installed_workspaces').where('workspace_id', 'in', lost).execute();
  const paused = await setPaused(trx, lanes.platform, { workspaces: lost, reason });
  if (fresh.length > 0) await askToPublish(trx, place);
  return { workspaces: lost, lanes: paused };
};

/** Lets the lanes of an installation go on: a new token deserves a new try, whatever stopped them. */
export const resumeLanes = async (
  db: Database,
  platform: Platform,
  place: InstallationPlace,
): Promise<void> => {
  const workspaces = await listWorkspaces(db, place);
  await setPaused(db, platform, { workspaces, reason: null });
};

/** Gives the lanes' ids. */
const setPaused = async (
  db: Database,
  platform: Platform,
  given: { readonly workspaces: readonly string[]; readonly reason: string | null },
): Promise<readonly number[]> => {
  if (given.workspaces.length === 0) return [];
  const rows = await db
    .updateTable('lanes')
    .set({ paused_reason: given.reason })
    .where('platform', '=', platform)
    .where('workspace_id', 'in', [...given.workspaces])
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
};

/** Forgets tokens and workspaces; the lanes stand still for `reason`. Returns what it had served. */
export const forgetInstallation = async (
  trx: Trx,
  place: InstallationPlace,
  given: { readonly platform: Platform; readonly reason: string },
): Promise<Lost> => {
  const workspaces = await listWorkspaces(trx, place);
  const lanes = await setPaused(trx, given.platform, { workspaces, reason: given.reason });
  await at(trx.deleteFrom('installations'), place).execute();
  return { workspaces, lanes };
};

/** The workspaces an installation serves. */
export const listWorkspaces = async (
  db: Database,
  place: InstallationPlace,
): Promise<readonly string[]> => {
  const { enterprise_id, team_id } = keyOf(place);
  const rows = await db
    .selectFrom('installed_workspaces')
    .select('workspace_id')
    .where('enterprise_id', '=', enterprise_id)
    .where('team_id', '=', team_id)
    .orderBy('workspace_id')
    .execute();
  return rows.map(({ workspace_id }) => workspace_id);
};

/**
 * The installation an event means: the workspace's own before its organisation's, for an event names a workspace even
 * where the whole organisation installed the app.
 */
export const findInstallation = async (
  trx: Trx,
  { enterpriseId, teamId }: InstallationPlace,
): Promise<KeptInstallation | null> => {
  const row = await trx
    .selectFrom('installations')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('team_id', '=', teamId ?? ''), where('team_id', '<>', '')]),
        where.and([where('enterprise_id', '=', enterpriseId ?? ''), where('team_id', '=', '')]),
      ]),
    )
    .orderBy('team_id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : keptOf(row);
};

/** When tokens are next to be renewed or published; null = nothing is to be done. */
export const nextTokenWork = async (db: Database): Promise<Date | null> => {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT min(CASE WHEN published THEN renew_at ELSE to_timestamp(0) END) AS at
    FROM installations`.execute(db);
  return rows[0]?.at ?? null;
};

/**
 * Takes one installation whose tokens are due, under a row lock that nobody waits for: a refresh token is used once, so
 * whoever comes second must find it renewed. `renew` gives what to keep, or when to try again.
 */
export const renewDue = async (
  db: Database,
  now: Date,
  renew: (
    kept: KeptInstallation,
  ) => Promise<{ readonly sealed: string | null; readonly renewAt: Date | null }>,
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('installations')
      .selectAll()
      .where('renew_at', '<=', now)
      .orderBy('renew_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return false;
    const kept = keptOf(row);
    const { sealed, renewAt } = await renew(kept);
    await at(trx.updateTable('installations'), kept)
      .set({
        renew_at: renewAt,
        ...(sealed === null ? {} : { sealed, published: false }),
      })
      .execute();
    return true;
  });

/** Installations whose current token does not stand in the secret store yet. */
export const listUnpublished = async (db: Database): Promise<readonly KeptInstallation[]> => {
  const rows = await db
    .selectFrom('installations')
    .selectAll()
    .where('published', '=', false)
    .orderBy('enterprise_id')
    .orderBy('team_id')
    .execute();
  return rows.map(keptOf);
};

/** Notes that what was published is the current token; if it changed meanwhile, it is published once more. */
export const notePublished = async (db: Database, kept: KeptInstallation): Promise<void> => {
  await at(db.updateTable('installations'), kept)
    .set({ published: true })
    .where('sealed', '=', kept.sealed)
    .execute();
};

const askToPublish = async (trx: Trx, place: InstallationPlace): Promise<void> => {
  await at(trx.updateTable('installations'), place).set({ published: false }).execute();
};

const keyOf = ({ enterpriseId, teamId }: InstallationPlace) => ({
  enterprise_id: enterpriseId ?? '',
  team_id: teamId ?? '',
});

type Keyed<T> = {
  readonly where: (column: 'enterprise_id' | 'team_id', is: '=', value: string) => T;
};

const at = <T extends Keyed<T>>(query: T, place: InstallationPlace): T => {
  const { enterprise_id, team_id } = keyOf(place);
  return query.where('enterprise_id', '=', enterprise_id).where('team_id', '=', team_id);
};

const keptOf = (row: {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly sealed: string;
  readonly installed_at: Date;
}): KeptInstallation => ({
  enterpriseId: row.enterprise_id || null,
  teamId: row.team_id || null,
  sealed: row.sealed,
  installedAt: row.installed_at,
});
