/** Sealed ballots of the wave that is open, under keys that do not tell whose they are. */
import { sql, type Transaction } from 'kysely';
import type { Address } from '../../ports.ts';
import { withdrawn } from '../../survey/ballot/opening.ts';
import { arrayText } from '../arrays.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

/** A sealed box on its way into the store. */
export type CastBallot = {
  readonly ballotKey: string;
  readonly platformTime: Date;
  readonly sealed: string;
};

/**
 * Until when the wave takes ballots, and sealed to which key; 'closed' when it takes none any more: HR may have closed it
 * before the day that its tickets name; 'missing' when the store has no such wave. The lock keeps the close from starting
 * before this transaction has ended.
 */
export const takesBallots = async (
  trx: Transaction<Tables>,
  waveId: string,
): Promise<{ readonly until: Date; readonly publicKey: unknown } | 'closed' | 'missing'> => {
  const wave = await trx
    .selectFrom('waves')
    .select(['status', 'closes_at as until', 'public_key as publicKey'])
    .where('id', '=', waveId)
    .forShare()
    .executeTakeFirst();
  if (wave === undefined) return 'missing';
  return wave.status === 'open' ? wave : 'closed';
};

/**
 * Stores the newest of each key's boxes; an older platform time never replaces a newer one, and of two with the same
 * time the later in the list stands.
 */
export const castBallots = async (
  trx: Transaction<Tables>,
  waveId: string,
  boxes: readonly CastBallot[],
): Promise<void> => {
  const newest = new Map<string, CastBallot>();
  for (const box of boxes) {
    const known = newest.get(box.ballotKey);
    if (known === undefined || known.platformTime <= box.platformTime)
      newest.set(box.ballotKey, box);
  }
  // In one order everywhere: two transactions with the same people would else wait for each other for ever.
  const rows = [...newest.values()].sort((a, b) => (a.ballotKey < b.ballotKey ? -1 : 1));
  if (rows.length === 0) return;
  await sql`INSERT INTO ballots (wave_id, ballot_key, platform_time, sealed)
    SELECT ${waveId}, box.* FROM unnest(
      ${arrayText(rows.map(({ ballotKey }) => ballotKey))}::text[],
      ${arrayText(rows.map(({ platformTime }) => platformTime.toISOString()))}::timestamptz[],
      ${arrayText(rows.map(({ sealed }) => sealed))}::text[]) AS box
    ON CONFLICT (wave_id, ballot_key) DO UPDATE
      SET platform_time = excluded.platform_time, sealed = excluded.sealed
      WHERE ballots.platform_time <= excluded.platform_time`.execute(trx);
};

/** Ids of active people behind chat addresses, in the addresses' order; null for a stranger. */
export const findVoters = async (
  trx: Transaction<Tables>,
  addresses: readonly Pick<Address, 'platform' | 'workspaceId' | 'userId'>[],
): Promise<readonly (number | null)[]> => {
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ id: number | null }>`
    SELECT p.id FROM unnest(
      ${arrayText(addresses.map(({ platform }) => platform))}::text[],
      ${arrayText(addresses.map(({ workspaceId }) => workspaceId))}::text[],
      ${arrayText(addresses.map(({ userId }) => userId))}::text[])
      WITH ORDINALITY AS sender (platform, workspace_id, user_id, nth)
    LEFT JOIN identities i USING (platform, workspace_id, user_id)
    LEFT JOIN people p ON p.id = i.person_id AND p.status = 'active'
    ORDER BY nth`.execute(trx);
  return rows.map(({ id }) => id);
};

/** Those of the people who belong to the wave's frozen members. */
export const findMembers = async (
  db: Database,
  waveId: string,
  people: readonly number[],
): Promise<ReadonlySet<number>> => {
  const { rows } = await sql<{ id: number }>`
    SELECT person_id AS id FROM wave_members
    WHERE wave_id = ${waveId} AND person_id = ANY(${people}::bigint[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

/** Marks what may be used once, and gives those of the marks that are new. */
export const markOnce = async (
  trx: Transaction<Tables>,
  marks: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  if (marks.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    INSERT INTO seen_events (key, at) SELECT key, ${now}
    FROM unnest(${[...new Set(marks)].sort()}::text[]) AS key
    ON CONFLICT DO NOTHING RETURNING key`.execute(trx);
  return new Set(rows.map(({ key }) => key));
};

/** Those of the marks that are there. */
export const findMarks = async (
  db: Database,
  marks: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ key: string }>`
    SELECT key FROM seen_events WHERE key = ANY(${arrayText(marks)}::text[])`.execute(db);
  return new Set(rows.map(({ key }) => key));
};

/** Where people are best reached, by id. */
export const findAddresses = async (
  db: Database,
  people: readonly number[],
): Promise<ReadonlyMap<number, Address>> => {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('identities')
    .select(['platform', 'conversation', 'person_id as personId'])
    .select(['workspace_id as workspaceId', 'user_id as userId', 'service_url as serviceUrl'])
    .where('preferred', '=', true)
    .where('person_id', 'in', people)
    .execute();
  return new Map(rows.map(({ personId, ...address }) => [personId, address]));
};

/** The ballot keys cast so far; only a holder of the wave's secret can tell whose they are. */
export const ballotKeys = async (db: Database, waveId: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('ballots')
    .select('ballot_key')
    .where('wave_id', '=', waveId)
    .where('sealed', '<>', withdrawn)
    .execute();
  return new Set(rows.map((row) => row.ballot_key));
};

/** The sealed boxes, in key order. */
export const readBallots = async (
  db: Database,
  waveId: string,
): Promise<readonly { readonly ballotKey: string; readonly sealed: string }[]> =>
  db
    .selectFrom('ballots')
    .select(['ballot_key as ballotKey', 'sealed'])
    .where('wave_id', '=', waveId)
    .orderBy('ballot_key')
    .execute();
