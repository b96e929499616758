/** The real Postgres behind the world's queue: each statement takes its time there and back, and may be its sender's last. */
import { type CompiledQuery, Kysely, PostgresDialect, type QueryResult } from 'kysely';
import type { Database } from '../../../core/store/database.ts';
import type { Tables } from '../../../core/store/schema.ts';
import type { Machine } from '../machine.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { poolOf } from './driver.ts';
import { type Answer, type Link, openLinks } from './links.ts';
import { type Statement, statementOf } from './statement.ts';

/** Who looks on: fault points strike and the witness reads along, around each statement and each answer. */
export type Watcher = {
  /** Before a statement runs; false = its sender died and it never does. */
  readonly before: (machine: Machine, statement: Statement) => Promise<boolean>;
  readonly after: (machine: Machine, statement: Statement) => Promise<void>;
  /** Just before the answer reaches the machine. */
  readonly answered: (machine: Machine, statement: Statement) => void;
};

export type Store = {
  /** The machine's own pool; product code works with it as with any other. */
  readonly open: (machine: Machine, watcher: Watcher) => Database;
  /** Ends the machine's connections as a killed process or a stopped server does. */
  readonly cut: (machine: Machine) => Promise<void>;
  /** New connections are refused until then. */
  readonly refuse: (until: number) => void;
  /** Waits for everything that was cut to be gone. */
  readonly close: () => Promise<void>;
};

type Side = { readonly machine: Machine; readonly watcher: Watcher };

/** Milliseconds that a statement and its answer are under way, at most. */
const slowest = 3;

export const openStore = (
  world: World,
  settings: { readonly admin: Database; readonly url: string; readonly random: Random },
): Store => {
  const { random } = settings;
  const links = openLinks({ ...settings, note: world.note });
  const linksOf = new Map<Machine, Link[]>();
  let refusedUntil = 0;
  const under = (): number => world.now() + random.between(0, slowest);
  const ask = (
    link: Link,
    query: CompiledQuery,
    { machine, watcher }: Side,
  ): Promise<QueryResult<unknown>> =>
    new Promise((resolve, reject) => {
      machine.ask();
      const statement = statementOf(query.sql, link.within);
      const answer = (given: Answer): void =>
        machine.deliver(under(), () => {
          if (link.broken) reject(connectionLost());
          else if ('error' in given) reject(given.error);
          else resolve(given.rows);
        });
      const finish = async (given: Answer): Promise<void> => {
        track(link, statement, given);
        world.note(`${machine.name} ${statement.label} ${told(given)}`);
        if (!link.broken) await watcher.after(machine, statement);
        watcher.answered(machine, statement);
        answer(onWorldTime(query, given, world.now()));
      };
      world.at(under(), async () => {
        if (link.broken) answer({ error: connectionLost() });
        else if (await watcher.before(machine, statement)) await links.run(link, query, finish);
      });
    });
  const open = (machine: Machine, watcher: Watcher): Database => {
    const connect = (): Link => {
      if (refusedUntil > world.now()) throw refusedConnection();
      const link = links.connect();
      linksOf.set(machine, [...(linksOf.get(machine) ?? []), link]);
      return link;
    };
    const dialect = new PostgresDialect({ pool: poolNobodyAsks });
    return new Kysely<Tables>({
      dialect: {
        createAdapter: () => dialect.createAdapter(),
        createQueryCompiler: () => dialect.createQueryCompiler(),
        createIntrospector: (db) => dialect.createIntrospector(db),
        createDriver: () =>
          poolOf(connect, (link, query) => ask(link, query, { machine, watcher })),
      },
    });
  };
  return {
    open,
    cut: async (machine) => {
      const cut = linksOf.get(machine) ?? [];
      linksOf.delete(machine);
      await links.cut(cut);
    },
    refuse: (until) => {
      refusedUntil = until;
    },
    close: links.close,
  };
};

const poolNobodyAsks = async (): Promise<never> => {
  throw new Error('the simulated store has a pool of its own');
};

/** What is in a transaction counts at its commit. */
const track = ({ within }: Link, statement: Statement, answer: Answer): void => {
  const { kind } = statement;
  if (kind !== 'other') within.length = 0;
  const inside = kind === 'begin' || (kind === 'other' && statement.inside);
  if (inside && 'rows' in answer) within.push(statement);
};

/** The server's own clock is the world's. */
const onWorldTime = ({ sql }: CompiledQuery, answer: Answer, now: number): Answer =>
  'rows' in answer && /^\s*select clock_timestamp\(\) as at\s*$/i.test(sql)
    ? { rows: { ...answer.rows, rows: [{ at: new Date(now) }] } }
    : answer;

const told = (answer: Answer): string => {
  if ('rows' in answer) return `${answer.rows.rows.length}/${answer.rows.numAffectedRows ?? 0}`;
  const { error } = answer;
  return `fails: ${error instanceof Error ? error.message.slice(0, 80) : ''}`;
};

const connectionLost = (): Error => new Error('Connection terminated unexpectedly');
const refusedConnection = (): Error =>
  Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
