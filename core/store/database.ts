/** One pool of connections and its types: dates stay `YYYY-MM-DD`, counts are numbers. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

const oids = { int8: 20, date: 1082, numeric: 1700 };

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === oids.date) return (value: string) => value;
    if (oid === oids.int8 || oid === oids.numeric) return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

/**
 * Opens a pool on `url`; `destroy` ends it. Nothing connects before the first query.
 * `relaxed` commits do not wait for the disk: for simulated time only, where a lost last second is replayed.
 */
export const openDatabase = (
  url: string,
  options: { readonly max?: number; readonly relaxed?: boolean } = {},
): Database =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: async () => {
        const pool = new pg.Pool({
          connectionString: url,
          max: options.max ?? 8,
          connectionTimeoutMillis: 5_000,
          ...(options.relaxed ? { options: '-c synchronous_commit=off' } : {}),
          types,
        });
        // An idle connection lost to a server stop must not end the process; the next query reports it.
        pool.on('error', () => undefined);
        return pool;
      },
    }),
  });
