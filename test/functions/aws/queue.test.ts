import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cloneDatabase } from '../../support/run/database.ts';
import {
  doorSettings,
  jobSettings,
  openWorkspace,
  seedOnePerson,
  userId,
  workspaceId,
} from '../one-person.ts';
import { startAmazon } from './amazon.ts';
import { sqsEvent } from './event.ts';

/** Wednesday 3 February 2027, 09.00 WIB. */
const now = new Date('2027-02-03T02:00:00Z');

const amazon = await startAmazon();
const { db, url } = await cloneDatabase();
const { workspace, said } = openWorkspace();
let handler: typeof import('../../../functions/aws/queue/main.ts').handler;

beforeAll(async () => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  await seedOnePerson(db, now);
  for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
  vi.stubEnv('SETTINGS_SECRETS', 'langkah/doors,langkah/jobs');
  vi.stubEnv('DATABASE_SECRET', 'langkah/database');
  const { username, password, hostname: host, port, pathname } = new URL(url);
  const login = { username, password, host, port: Number(port), dbname: pathname.slice(1) };
  amazon.secrets.set('langkah/database', JSON.stringify(login));
  const doors = { ...doorSettings, SLACK_SIGNING_SECRET: workspace.signingSecret };
  amazon.secrets.set('langkah/doors', JSON.stringify(doors));
  amazon.secrets.set('langkah/jobs', JSON.stringify(jobSettings));
  const token = await workspace.botToken(workspaceId);
  amazon.secrets.set(`langkah/run/slack-token-${workspaceId}`, token ?? '');
  vi.stubGlobal('fetch', workspace.fetch);
  ({ handler } = await import('../../../functions/aws/queue/main.ts'));
});
afterAll(async () => {
  await amazon.stop();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** What the door writes for typed words. */
const inbound = async (text: string): Promise<string> => {
  const body: { readonly event_id: string } = await workspace.type({ userId, text }).json();
  const receivedAt = now.toISOString();
  const key = `slack/${workspaceId}/${body.event_id}`;
  return JSON.stringify({ platform: 'slack', key, receivedAt, body, ballot: null });
};

describe('the function behind the queue on AWS', () => {
  it('handles what it can, names only what it cannot, and answers nothing twice', async () => {
    const pause = await inbound('jeda 3');
    const stranger = JSON.stringify({ platform: 'telepati', key: 'k', body: {}, ballot: null });
    const batch = sqsEvent('{"platform": "sla', pause, stranger);
    expect(await handler(batch)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'record-0' }, { itemIdentifier: 'record-2' }],
    });
    const { paused_until } = await db
      .selectFrom('preferences')
      .select('paused_until')
      .executeTakeFirstOrThrow();
    expect(paused_until).toBe('2027-02-05');
    expect(said).toHaveLength(1);
    expect(await handler(sqsEvent(pause))).toEqual({ batchItemFailures: [] });
    expect(said).toHaveLength(1);
  });

  it('gives back what a broken store kept from being handled', async () => {
    await db.schema.alterTable('seen_events').renameTo('seen_events_away').execute();
    const help = await inbound('bantuan');
    const failed = { batchItemFailures: [{ itemIdentifier: 'record-0' }] };
    expect(await handler(sqsEvent(help))).toEqual(failed);
    await db.schema.alterTable('seen_events_away').renameTo('seen_events').execute();
    expect(await handler(sqsEvent(help))).toEqual({ batchItemFailures: [] });
    expect(said).toHaveLength(2);
  });

  it('takes corrected settings up within minutes while it is warm, and lets go of what the old ones held', async () => {
    const connections = async () =>
      Number(
        (
          await sql<{ n: string }>`SELECT count(*) n FROM pg_stat_activity
        WHERE datname = current_database()`.execute(db)
        ).rows[0]?.n,
      );
    const before = await connections();
    const contact = 'pengganti@kementerian.example';
    amazon.secrets.set('langkah/jobs', JSON.stringify({ ...jobSettings, AGENCY_CONTACT: contact }));
    vi.setSystemTime(new Date(now.getTime() + 5 * 60_000));
    expect(await handler(sqsEvent(await inbound('hak saya')))).toEqual({ batchItemFailures: [] });
    expect(JSON.stringify(said.at(-1)?.payload)).toContain(contact);
    expect(await connections()).toBeLessThanOrEqual(before);
  });
});
