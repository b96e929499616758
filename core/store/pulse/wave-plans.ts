/** Survey periods as HR plans them, and what may still be changed of one that was launched. */
import { sql, type Transaction } from 'kysely';
import type { Depth } from '../../results/release.ts';
import type { WavePlan } from '../../survey/schedule/schedule.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

/** Acts of HR and launches follow one another until each transaction ends: an act never meets half a launch. */
export const lockWaves = async (trx: Transaction<Tables>): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('waves', 0))`.execute(trx);
};

/** What HR has changed, by id. */
export const listWavePlans = async (db: Database): Promise<readonly WavePlan[]> =>
  db
    .selectFrom('wave_plans')
    .select(['id', 'opens', 'working_days as workingDays', 'rotating', 'depth', 'state'])
    .orderBy('id')
    .execute();

/** Puts a plan in the place of the one before. */
export const putWavePlan = async (
  trx: Transaction<Tables>,
  { id, opens, workingDays, rotating, depth, state }: WavePlan,
  now: Date,
): Promise<void> => {
  await sql`INSERT INTO wave_plans (id, opens, working_days, rotating, depth, state, changed_at)
    VALUES (${id}, ${opens}::date, ${workingDays}, ${rotating}::text[], ${depth}, ${state}, ${now})
    ON CONFLICT (id) DO UPDATE SET opens = excluded.opens, working_days = excluded.working_days,
      rotating = excluded.rotating, depth = excluded.depth, state = excluded.state,
      changed_at = excluded.changed_at`.execute(trx);
};

/** Ends an open wave at `now`; what was sent before then and waits on the queue still counts. */
export const closeEarly = async (
  trx: Transaction<Tables>,
  wave: string,
  now: Date,
): Promise<void> => {
  await trx.updateTable('waves').set({ closes_at: now }).where('id', '=', wave).execute();
};

/** Lets an open wave publish figures of larger groups only; the store itself refuses smaller ones. */
export const coarsenWave = async (
  trx: Transaction<Tables>,
  wave: string,
  depth: Depth,
): Promise<void> => {
  await trx.updateTable('waves').set({ depth }).where('id', '=', wave).execute();
};
