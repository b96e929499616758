import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readMigrations } from '../../../functions/app/files.ts';
import { cloneDatabase } from '../../support/run/database.ts';
import { beforeFirstLesson, doorSettings, jobSettings } from '../one-person.ts';
import { onTeams, openReader, tabHost } from '../tab-reader.ts';
import { startAmazon } from './amazon.ts';
import { gatewayEvent, sqsEvent } from './event.ts';

const amazon = await startAmazon();
/** Nobody has made a store in it yet, as after a first deployment. */
const { db, url } = await cloneDatabase('template1');
const reader = await openReader(() => new Date());

beforeAll(() => {
  vi.useFakeTimers({ now: beforeFirstLesson, toFake: ['Date'] });
  for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
  vi.stubEnv('SETTINGS_SECRETS', 'langkah/doors,langkah/jobs');
  vi.stubEnv('DATABASE_SECRET', 'langkah/database');
  const { username, password, hostname: host, port, pathname } = new URL(url);
  const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
  const doors = { ...doorSettings, TEAMS_TAB_HOST: tabHost };
  const stored = { database: login, doors, jobs: jobSettings };
  for (const [name, value] of Object.entries(stored))
    amazon.secrets.set(`langkah/${name}`, JSON.stringify(value));
  vi.stubGlobal('fetch', reader.fetch);
});
beforeEach(() => void vi.resetModules());
afterAll(async () => {
  // A worker's files share modules: the next one would find the one that was refused.
  vi.resetModules();
  await amazon.stop();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const functions = {
  'the tick': () => import('../../../functions/aws/tick/main.ts'),
  'a run over a lane': () => import('../../../functions/aws/wake/main.ts'),
  'the queue’s function': () => import('../../../functions/aws/queue/main.ts'),
} as const;

const openTab = async () => {
  const { handler } = await import('../../../functions/aws/tab/main.ts');
  return (await handler(await gatewayEvent(await reader.ask(), { base64: true }))).statusCode;
};

const applied = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`SELECT name FROM migrations ORDER BY 1`.execute(db);
  return rows.map(({ name }) => name);
};

const waiting = ['a run over a lane', 'the queue’s function'] as const;

describe('an empty database', () => {
  it.each(waiting)('is left alone by %s, which says what it waits for', async (name) => {
    await expect(functions[name]()).rejects.toThrow(
      /earlier version, found no store yet, .*the next tick/,
    );
  });

  it('is left alone by the tab, which answers with an error', async () => {
    expect(await openTab()).toBe(500);
    await expect(applied()).rejects.toThrow('"migrations" does not exist');
  });

  it('becomes a store with the first tick, and all others start on it by themselves', async () => {
    const { handler: tick } = await functions['the tick']();
    await tick();
    const migrations = (await readMigrations('migrations')).map(({ name }) => name);
    expect(await applied()).toEqual(migrations.sort());
    const { handler: wake } = await functions['a run over a lane']();
    await wake(sqsEvent());
    const { handler: queue } = await functions['the queue’s function']();
    expect(await queue(sqsEvent())).toEqual({ batchItemFailures: [] });
    // Teams vouches for this reader, who is not on the roster.
    expect([onTeams.platform, await openTab()]).toEqual(['teams', 200]);
  });
});

describe('a store of another version', () => {
  // Killed at the end of their own time, they left a migration half done, and its lock with a server that nobody asked.
  it.each(waiting)(
    'that lacks a migration is refused by %s, which names it and applies nothing',
    async (name) => {
      const last = (await applied()).at(-1) ?? '';
      const kept = await sql`DELETE FROM migrations WHERE name = ${last}`.execute(db);
      expect(kept.numAffectedRows).toBe(1n);
      await expect(functions[name]()).rejects.toThrow(`found it without ${last}`);
      expect(await applied()).not.toContain(last);
      await sql`INSERT INTO migrations (name, applied_at) VALUES (${last}, now())`.execute(db);
    },
  );

  it.each(Object.keys(functions))('that is newer is refused by %s', async (name) => {
    const later = 'migrations/9999_of_a_later_version.sql';
    await sql`INSERT INTO migrations (name, applied_at) VALUES (${later}, now())`.execute(db);
    const starting = functions[name as keyof typeof functions]();
    await expect(starting).rejects.toThrow(`of a later version, found ${later}`);
    await sql`DELETE FROM migrations WHERE name = ${later}`.execute(db);
  });
});
