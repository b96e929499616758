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

type Options = {
  readonly max?: number;
  /** Commits do not wait for the disk: for simulated time only, where a lost last second is replayed. */
  readonly relaxed?: boolean;
  /**
   * Milliseconds that one statement may take, of waiting for a lock too. A server that is gone without a farewell answers
   * never: its connection is closed then, and the next statement has another. @default as long as it takes
   */
  readonly patience?: number;
};

/** Opens a pool on `url`; `destroy` ends it. Nothing connects before the first query. */
export const openDatabase = (url: string, options: Options = {}): Database =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: async () => {
        const pool = new pg.Pool({
          connectionString: url,
          max: options.max ?? 8,
          connectionTimeoutMillis: 5_000,
          keepAlive: true,
          keepAliveInitialDelayMillis: 10_000,
          ...(options.relaxed ? { options: '-c synchronous_commit=off' } : {}),
          types,
        });
        // An idle connection lost to a server stop must not end the process; the next query reports it.
        pool.on('error', () => undefined);
        pool.on('connect', prepareOnce);
        if (options.patience !== undefined) pool.on('connect', losePatience(options.patience));
        // Nor one in use, lost between two statements of a transaction: the next statement reports it, too.
        pool.on('connect', (client) => client.on('error', () => undefined));
        return pool;
      },
    }),
  });

/** Closes a connection that has not answered in time, for good: the pool takes back none that was closed. */
const losePatience =
  (patience: number) =>
  (client: pg.PoolClient): void => {
    if (!(client instanceof pg.Client)) throw new Error('the pool made a client of another kind');
    const plain: (text: string, values?: unknown[]) => Promise<pg.QueryResult> =
      client.query.bind(client);
    let late = false;
    const giveUp = (): void => {
      late = true;
      // With a statement under way this does not wait for the server.
      client.end().catch(() => undefined);
    };
    const timed = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
      const timer = setTimeout(giveUp, patience);
      try {
        return await plain(text, values);
      } catch (cause) {
        // What follows in a transaction, its end too, fails for the same reason.
        if (late)
          throw new Error(`timeout: no answer of the database in ${patience} ms`, { cause });
        throw cause;
      } finally {
        clearTimeout(timer);
      }
    };
    client.query = timed as typeof client.query;
  };

/** Statements a connection keeps prepared; beyond them a statement is parsed and planned each time. */
const mostPrepared = 300;
const names = new Map<string, string>();

/** The name under which a statement is prepared; undefined = not at all. */
const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostPrepared) return known;
  const name = `langkah-${names.size + 1}`;
  names.set(text, name);
  return name;
};

/** Without parameters a text may be a migration's file, whose statements cannot be prepared; a question is one alone. */
const question = /^\s*select\b/i;

/** All columns of a table: once it gets another while the connection is open, the prepared statement would fail. */
const allColumns = /^\s*select (?:"\w+"\.)?\*/i;

/** Statements are prepared once a connection: Postgres plans the joins of a press once, not each time. */
const prepareOnce = (client: pg.PoolClient): void => {
  const plain: (query: pg.QueryConfig) => Promise<pg.QueryResult> = client.query.bind(client);
  const prepared = (text: string, values: unknown[] = []): Promise<pg.QueryResult> => {
    const prepares = (values.length > 0 || question.test(text)) && !allColumns.test(text);
    return plain(prepares ? { name: nameOf(text), text, values } : { text, values });
  };
  // Kysely asks with a text and its values only.
  client.query = prepared as typeof client.query;
};

/** Whether a statement failed because a row of its key was there (SQLSTATE 23505, unique_violation). */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
