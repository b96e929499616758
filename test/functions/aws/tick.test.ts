import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { cloneDatabase } from '../../support/run/database.ts';
import {
  afterFirstLesson,
  beforeFirstLesson,
  doorSettings,
  jobSettings,
  openWorkspace,
  seedOnePerson,
  userId,
  workspaceId,
} from '../one-person.ts';
import { startAmazon } from './amazon.ts';
import { sqsEvent } from './event.ts';

const amazon = await startAmazon();
const { db, url } = await cloneDatabase();
const { workspace, said } = openWorkspace();

afterAll(async () => {
  // A worker's files share modules: the next one would find the one that was refused.
  vi.resetModules();
  await amazon.stop();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('the tick on AWS', () => {
  it('does not start while settings are missing, and names all of them', async () => {
    for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
    vi.stubEnv('SETTINGS_SECRETS', 'langkah/doors,langkah/jobs');
    vi.stubEnv('DATABASE_SECRET', 'langkah/database');
    const { username, password, hostname: host, port, pathname } = new URL(url);
    const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
    amazon.secrets.set('langkah/database', JSON.stringify(login));
    const empty = { AGENCY_NAME: '', AGENCY_LETTER: ' ', TICKET_KEY: doorSettings.TICKET_KEY };
    amazon.secrets.set('langkah/doors', JSON.stringify(empty));
    amazon.secrets.set('langkah/jobs', '{}');
    const starting = import('../../../functions/aws/tick/main.ts');
    await expect(starting).rejects.toThrow(/AGENCY_NAME: missing[\s\S]*ROSTER_KEY: missing/);
  });

  it('plans in the morning, and at the time of the first message wakes the lane, which sends it', async () => {
    vi.resetModules();
    vi.useFakeTimers({ now: beforeFirstLesson, toFake: ['Date'] });
    await seedOnePerson(db, beforeFirstLesson);
    const doors = { ...doorSettings, SLACK_SIGNING_SECRET: workspace.signingSecret };
    amazon.secrets.set('langkah/doors', JSON.stringify(doors));
    amazon.secrets.set('langkah/jobs', JSON.stringify(jobSettings));
    const token = await workspace.botToken(workspaceId);
    amazon.secrets.set(`langkah/run/slack-token-${workspaceId}`, token ?? '');
    vi.stubGlobal('fetch', workspace.fetch);
    const { handler } = await import('../../../functions/aws/tick/main.ts');
    await handler();
    expect(said).toEqual([]);
    vi.setSystemTime(afterFirstLesson);
    await handler();
    expect(said).toEqual([]);
    const [body = '', ...others] = await amazon.take('wake');
    expect(others).toEqual([]);
    const { handler: wake } = await import('../../../functions/aws/wake/main.ts');
    // Delivered twice, as a standard queue may.
    await wake(sqsEvent(body, body));
    expect(said.map((message) => message.userId)).toEqual([userId]);
    expect(await amazon.take('wake')).toEqual([]);
    const sent = await db
      .selectFrom('outbox')
      .select(['state', 'reason'])
      .where('state', '=', 'sent')
      .execute();
    expect(sent).toEqual([{ state: 'sent', reason: null }]);
  });

  it('of an older version does not start on a newer store, and says which migration it does not know', async () => {
    vi.resetModules();
    const name = 'migrations/9999_of_a_later_version.sql';
    await sql`INSERT INTO migrations (name, applied_at) VALUES (${name}, now())`.execute(db);
    await expect(import('../../../functions/aws/tick/main.ts')).rejects.toThrow(name);
  });
});
