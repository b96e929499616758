/** The real local host on a database of its own: both chats, doors, queue, secrets and a clock one moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pseudonym } from '../../core/people/person.ts';
import type { Log, Platform, Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import type { BallotMode } from '../../core/survey/form.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { once } from '../../functions/app/once.ts';
import { ownSecret } from '../../functions/jobs/own-secret.ts';
import { tick } from '../../functions/jobs/tick.ts';
import type { Actor, Button } from '../../functions/local/chat/actor.ts';
import { type Host, openHost } from '../../functions/local/host.ts';
import { type LocalQueue, openQueue } from '../../functions/local/queue.ts';
import { samplePeople } from '../../functions/local/sample/agency.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { seed } from '../../functions/local/story/begin.ts';
import { afterFile } from './run/after-file.ts';
import { cloneDatabase, createDatabase } from './run/database.ts';

const anyLeave = { from: '2026-01-01', to: '2026-01-01' };

/** Chat users of the sample's people by employee key. */
const users: ReadonlyMap<string, Readonly<Partial<Record<Platform, string>>>> = new Map(
  samplePeople({ leave: anyLeave }).map(({ employeeKey, identities }) => [
    employeeKey,
    Object.fromEntries(identities.map(({ platform, userId }) => [platform, userId])),
  ]),
);

/** The chat user of a person of the sample. */
export const userOf = (platform: Platform, key: string): string => {
  const user = users.get(key)?.[platform];
  if (user === undefined) throw new Error(`${key} is not on ${platform}`);
  return user;
};

/** One line of the log, as written. */
type Line = { readonly level: keyof Log; readonly event: string; readonly fields: unknown };

export type House = {
  readonly db: Database;
  readonly host: Host;
  readonly secrets: Secrets;
  readonly queue: LocalQueue;
  readonly home: string;
  readonly lines: Line[];
  /** Moves the clock to `at` and lets the timer fire once. */
  readonly tickAt: (at: string) => Promise<void>;
  /** The id of a person of the sample. */
  readonly idOf: (key: string) => Promise<number>;
  readonly messagesOf: (platform: Platform, key: string) => readonly LocalMessage[];
  readonly actor: (platform: Platform) => Actor;
  /** Presses the first button of a message with this action and handles what the door queued. */
  readonly press: (message: LocalMessage, action: Button['action']) => Promise<void>;
  /** Types a text in the person's chat and handles it. */
  readonly type: (platform: Platform, key: string, text: string) => Promise<void>;
};

type Wish = {
  /** Where the clock starts; waves closed before it are never launched. */
  readonly now: string;
  /** Everybody has had the welcome already. */
  readonly welcomed?: boolean;
  /** A folder of content other than the shipped one. */
  readonly content?: string;
  readonly wrapSecrets?: (secrets: Secrets) => Secrets;
  /** Where ballots are given; in chat unless told otherwise. */
  readonly ballot?: BallotMode;
};

/** Opens the house; database and folder go after the file's tests. */
export const openHouse = async (wish: Wish): Promise<House> => {
  const home = await mkdtemp(join(tmpdir(), 'langkah-house-'));
  const files = fileSecrets(join(home, 'secrets'));
  await files.put('roster-key', rosterKey);
  const secrets = wish.wrapSecrets?.(files) ?? files;
  seeded ??= seedOnce(files);
  const { db } = await cloneDatabase(await seeded);
  if (wish.welcomed) await welcomeAll(db, new Date(wish.now));
  const lines: Line[] = [];
  const log = logInto(lines);
  const queue = await openQueue(join(home, 'queue.jsonl'), log);
  const catalogue = await (wish.content === undefined ? shipped() : readCatalogue(wish.content));
  const { ballot = 'chat' } = wish;
  const host = await openHost({ db, catalogue, secrets, queue, log, ballot });
  host.clock.moveTo(new Date(wish.now));
  afterFile(async () => {
    await queue.close();
    await rm(home, { recursive: true, force: true });
  });
  return { db, host, secrets, queue, home, lines, ...handles(db, host, files) };
};

/** The shipped content is read once a worker. */
const shipped = once(() => readCatalogue());

const rosterKey = 'kunci-daftar-pegawai-untuk-uji-coba';

/** The sample agency is put in once a worker; every house is a clone of it. */
let seeded: Promise<string> | null = null;
const seedOnce = async (secrets: Secrets): Promise<string> => {
  const { db, name } = await createDatabase();
  await seed(db, secrets);
  // A template must have no connection open.
  await db.destroy();
  return name;
};

const handles = (db: Database, host: Host, secrets: Secrets) => {
  const actor = (platform: Platform): Actor => {
    const found = host.actors.get(platform);
    if (found === undefined) throw new Error(`no chat ${platform}`);
    return found;
  };
  return {
    tickAt: async (at: string) => {
      host.clock.moveTo(new Date(at));
      await tick(host.context);
    },
    idOf: async (key: string) => {
      const hidden = pseudonym(key, await ownSecret(secrets, 'roster-key'));
      const row = await db
        .selectFrom('people')
        .select('id')
        .where('employee_key', '=', hidden)
        .executeTakeFirstOrThrow();
      return row.id;
    },
    messagesOf: (platform: Platform, key: string) =>
      host
        .messages()
        .filter((one) => one.platform === platform && one.userId === users.get(key)?.[platform]),
    actor,
    press: async (message: LocalMessage, action: Button['action']) => {
      const { platform, ref, userId, payload } = message;
      const button = actor(platform)
        .buttons(payload)
        .find((one) => one.action === action);
      if (button === undefined) throw new Error(`the message has no button ${action}`);
      await actor(platform).press({ userId, ref, element: button.element, inputs: {} });
      await host.drain();
    },
    type: async (platform: Platform, key: string, text: string) => {
      await actor(platform).type({ userId: userOf(platform, key), text });
      await host.drain();
    },
  };
};

const welcomeAll = (db: Database, at: Date) =>
  sql`INSERT INTO preferences (person_id, welcomed_at) SELECT id, ${at} FROM people
    ON CONFLICT (person_id) DO UPDATE SET welcomed_at = excluded.welcomed_at`.execute(db);

const logInto = (lines: Line[]): Log => {
  const write =
    (level: keyof Log) =>
    (event: string, fields: unknown = {}): void => {
      lines.push({ level, event, fields });
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
};

/** Every row of every table as text, less the tables named. */
export const dump = async (db: Database, without: readonly string[] = []): Promise<string> => {
  const tables = await sql<{ name: string }>`SELECT c.relname AS name FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`.execute(db);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    if (without.includes(name)) continue;
    const rows = await sql<{
      line: string;
    }>`SELECT t::text AS line FROM ${sql.table(name)} t`.execute(db);
    texts.push(name, ...rows.rows.map(({ line }) => line));
  }
  return texts.join('\n');
};
