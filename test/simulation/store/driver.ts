/** Kysely's side of a simulated pool: as many connections as the product opens, each statement handed to `ask`. */
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type { Link } from './links.ts';

/** Connections of one machine, as the product's pool has. */
const mostLinks = 8;

type Ask = (link: Link, query: CompiledQuery) => Promise<QueryResult<unknown>>;

/** A pool that drops broken connections when they come back or are wanted again. */
export const poolOf = (connect: () => Link, ask: Ask): Driver => {
  const linkOf = new Map<DatabaseConnection, Link>();
  const idle: DatabaseConnection[] = [];
  const queue: ((connection: DatabaseConnection) => void)[] = [];
  const fresh = (): DatabaseConnection => {
    const link = connect();
    const connection: DatabaseConnection = {
      executeQuery: <R>(query: CompiledQuery) => ask(link, query) as Promise<QueryResult<R>>,
      streamQuery: () => {
        throw new Error('the simulated store streams nothing');
      },
    };
    linkOf.set(connection, link);
    return connection;
  };
  const isWhole = (connection: DatabaseConnection): boolean => {
    const whole = linkOf.get(connection)?.broken === false;
    if (!whole) linkOf.delete(connection);
    return whole;
  };
  return {
    init: async () => undefined,
    destroy: async () => undefined,
    acquireConnection: async () => {
      for (let known = idle.pop(); known !== undefined; known = idle.pop())
        if (isWhole(known)) return known;
      if (linkOf.size < mostLinks) return fresh();
      return new Promise((given) => queue.push(given));
    },
    releaseConnection: async (connection) => {
      const whole = isWhole(connection);
      const next = queue.shift();
      if (next !== undefined) next(whole ? connection : fresh());
      else if (whole) idle.push(connection);
    },
    beginTransaction: async (connection) => {
      await order(connection, 'begin');
    },
    commitTransaction: async (connection) => {
      const { rows } = await order(connection, 'commit');
      if (rows[0]?.command === 'ROLLBACK') throw new Error('the transaction was rolled back');
    },
    rollbackTransaction: async (connection) => {
      await order(connection, 'rollback');
    },
  };
};

const order = (connection: DatabaseConnection, text: string) =>
  connection.executeQuery<{ readonly command?: string }>(CompiledQuery.raw(text));
