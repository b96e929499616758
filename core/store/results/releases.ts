/** Releases in the store: written once at the close, read ever after. */
import { sql, type Transaction } from 'kysely';
import type { Made } from '../../results/make.ts';
import { readRelease } from '../../results/old-release.ts';
import type { Release } from '../../results/release.ts';
import type { Basis, Earlier } from '../../results/waves/basis.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

/** Keeps a release and its basis; a second one of the same wave throws. */
export const insertRelease = async (
  trx: Transaction<Tables>,
  { release, basis }: Made,
  now: Date,
): Promise<void> => {
  await sql`INSERT INTO releases (wave_id, body, basis, published_at)
    VALUES (${release.wave}, ${JSON.stringify(release)}::jsonb, ${JSON.stringify(basis)}::jsonb,
      ${now})`.execute(trx);
};

/** The published waves and when each was, oldest first. */
export const listPublished = async (
  db: Database,
): Promise<readonly { readonly wave: string; readonly at: Date }[]> =>
  db
    .selectFrom('releases')
    .select(['wave_id as wave', 'published_at as at'])
    .orderBy('published_at')
    .orderBy('wave_id')
    .execute();

/** One release; null before the wave is published. */
export const findRelease = async (db: Database, wave: string): Promise<Release | null> => {
  const row = await db
    .selectFrom('releases')
    .select('body')
    .where('wave_id', '=', wave)
    .executeTakeFirst();
  return row === undefined ? null : readRelease(row.body);
};

/** All releases, oldest first. */
export const listReleases = async (db: Database): Promise<readonly Release[]> => {
  const rows = await db
    .selectFrom('releases')
    .select('body')
    .orderBy('published_at')
    .orderBy('wave_id')
    .execute();
  return rows.map((row) => readRelease(row.body));
};

/** What a close compares with, oldest first. */
export const listEarlier = async (db: Database): Promise<readonly Earlier[]> => {
  const rows = await db
    .selectFrom('releases')
    .select(['body', 'basis'])
    .orderBy('published_at')
    .orderBy('wave_id')
    .execute();
  return rows.map(({ body, basis }) => ({
    release: readRelease(body),
    basis: basis as Basis | null,
  }));
};
