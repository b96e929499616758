/** Real connections to the real Postgres: one statement at a time, waits for locks that are seen, ends as of a kill. */
import { setTimeout as wait } from 'node:timers/promises';
import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import { type Database, openDatabase } from '../../../core/store/database.ts';
import type { Statement } from './statement.ts';

/** One connection; `within` is what its open transaction has done so far. */
export type Link = {
  readonly name: string;
  readonly inner: Database;
  readonly within: Statement[];
  broken: boolean;
};

export type Answer = { readonly rows: QueryResult<unknown> } | { readonly error: unknown };

export type Links = {
  readonly connect: () => Link;
  /**
   * Runs a statement. One that waits for another's lock is left alone, and finished when some later statement or end
   * of a connection has set it free.
   */
  readonly run: (
    link: Link,
    query: CompiledQuery,
    finish: (answer: Answer) => Promise<void>,
  ) => Promise<void>;
  /** Ends connections as a killed process does: the server drops their sessions and whatever they had begun. */
  readonly cut: (cut: readonly Link[]) => Promise<void>;
  /** Waits for everything that was cut to be gone. */
  readonly close: () => Promise<void>;
};

/** Real milliseconds: between two looks, and past the server's own look for deadlocks (20 ms, clones.ts). */
const look = 3;
const pastDeadlock = 40;

export const openLinks = (settings: {
  readonly admin: Database;
  readonly url: string;
  readonly note: (line: string) => void;
}): Links => {
  const { admin, url, note } = settings;
  const ending: Promise<void>[] = [];
  let parked: readonly (() => Promise<boolean>)[] = [];
  let numbered = 0;
  const recheck = async (): Promise<void> => {
    const waiting = parked;
    parked = [];
    for (const one of waiting) if (!(await one())) parked = [...parked, one];
  };
  return {
    connect: () => {
      numbered += 1;
      const name = `sim-${numbered}`;
      const own = new URL(url);
      own.searchParams.set('application_name', name);
      return {
        name,
        inner: openDatabase(own.toString(), { max: 1 }),
        within: [],
        broken: false,
      };
    },
    run: async (link, query, finish) => {
      const running = ask(link, query);
      const done = async (): Promise<boolean> => {
        const answer = await answerOf(admin, link, running);
        if (answer !== null) await finish(answer);
        return answer !== null;
      };
      if (await done()) return recheck();
      note(`${link.name} waits for a lock`);
      parked = [...parked, done];
    },
    cut: async (cut) => {
      for (const link of cut) link.broken = true;
      await terminate(admin, cut);
      ending.push(...cut.map(({ inner }) => inner.destroy()));
      await recheck();
    },
    close: async () => {
      await Promise.all(ending);
    },
  };
};

const ask = ({ inner }: Link, query: CompiledQuery): Promise<Answer> =>
  inner.executeQuery(query).then(
    (rows) => ({ rows }),
    (error: unknown) => ({ error }),
  );

/** The answer, or null when the statement waits for somebody who does not move: both ends are stable. */
const answerOf = async (
  admin: Database,
  link: Link,
  running: Promise<Answer>,
): Promise<Answer | null> => {
  const within = (milliseconds: number): Promise<Answer | null> =>
    Promise.race([running, wait(milliseconds, null)]);
  for (;;) {
    const soon = (await within(look)) ?? ((await isBlocked(admin, link)) ? null : 'working');
    if (soon !== null && soon !== 'working') return soon;
    if (soon === 'working') continue;
    const late = await within(pastDeadlock);
    if (late !== null || (await isBlocked(admin, link))) return late;
  }
};

const isBlocked = async (admin: Database, { name }: Link): Promise<boolean> => {
  const { rows } = await sql<{ count: number }>`
    SELECT coalesce(sum(cardinality(pg_blocking_pids(pid))), 0)::int AS count
    FROM pg_stat_activity WHERE application_name = ${name}`.execute(admin);
  return (rows[0]?.count ?? 0) > 0;
};

const terminate = async (admin: Database, cut: readonly Link[]): Promise<void> => {
  const names = cut.map(({ name }) => name);
  if (names.length === 0) return;
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count
      FROM pg_stat_activity WHERE application_name = ANY(${names}::text[])`.execute(admin);
    return rows[0]?.count ?? 0;
  };
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ANY(${names}::text[])`.execute(admin);
  while ((await count()) > 0) await wait(2);
};
