import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Install } from '../../../bot/teams/microsoft/graph.ts';
import { installMissing } from '../../../functions/local/cli/chats/teams-install.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { unzip } from '../../../functions/local/ingest/readers/zip.ts';
import { type House, openHouse } from '../../support/house.ts';
import { onDatabase } from '../../support/run/server.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const printing = (env: Record<string, string> = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const shell = {
    env,
    now: () => new Date(),
    print: (line: string) => void out.push(line),
    complain: (line: string) => void err.push(line),
  };
  return { out, err, shell };
};

describe('langkah teams package', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-teams-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'app.zip');
  const args = ['teams', 'package', '--website', 'https://kementerian.example/', '--out', out];

  it('writes the archive with what the settings say', async () => {
    const { shell, out: said } = printing({
      TEAMS_APP_ID: appId,
      AGENCY_NAME: 'Kementerian Contoh',
    });
    expect(await run(args, shell)).toBe(0);
    const parts = unzip(await readFile(out), { wanted: /json$/, most: 2 ** 20 });
    expect(JSON.parse(Buffer.from(parts.get('manifest.json') ?? '').toString())).toMatchObject({
      id: appId,
      developer: { name: 'Kementerian Contoh' },
    });
    expect(said.join('\n')).toContain('Upload new app');
  });

  it.each([
    [{}, /no app id: set TEAMS_APP_ID/],
    [{ TEAMS_APP_ID: `${appId},${appId}` }, /names several: choose with --app-id/],
    [{ TEAMS_APP_ID: appId }, /agency’s name has 1 to 32/],
  ])('says in one line what is missing or wrong', async (env, told) => {
    const { shell, err } = printing(env);
    expect(await run(args, shell)).toBe(2);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(told);
  });
});

describe('langkah teams install', () => {
  let house: House;
  let database: string;
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-25T22:00:00Z' });
    await sql`UPDATE identities SET conversation = 'a:' || user_id,
      unreachable_reason = NULL`.execute(house.db);
    await sql`UPDATE identities SET unreachable_reason = 'not-installed', conversation = NULL
      WHERE person_id IN (SELECT person_id FROM identities WHERE platform = 'teams' AND preferred
        ORDER BY person_id LIMIT 4) AND platform = 'teams'`.execute(house.db);
    const { rows } = await sql<{ url: string }>`SELECT current_database() AS url`.execute(house.db);
    database = rows[0]?.url ?? '';
  });

  it('asks for what it needs before it looks at anybody', async () => {
    const { shell, err } = printing({ TEAMS_APP_ID: appId });
    expect(await run(['teams', 'install'], shell)).toBe(2);
    expect(err[0]).toContain('set TEAMS_TENANTS, TEAMS_APP_PASSWORD, TEAMS_CATALOG_APPS');
  });

  it('counts first, then installs, and lets those in reach be planned for', async () => {
    const options = { database: onDatabase(inject('databaseUrl'), database) };
    const asked: string[] = [];
    const answers: Awaited<ReturnType<Install>>[] = [
      { state: 'installed' },
      { state: 'unreachable', reason: 'unlicensed' },
      { state: 'retry', reason: 'graph-throttled', afterSeconds: null },
      { state: 'installed' },
    ];
    const open = () => () => async (userId: string) => {
      asked.push(userId);
      return answers[asked.length - 1] ?? { state: 'installed' as const };
    };
    const first = printing();
    await installMissing(first.shell, { ...options, yes: false }, open);
    expect(first.out).toEqual([
      'without the app: 4',
      'nothing was installed; add --yes to install',
    ]);
    expect(asked).toEqual([]);
    const second = printing();
    await installMissing(second.shell, { ...options, yes: true }, open);
    expect(second.out).toEqual([
      'without the app: 4',
      '  installed: 2',
      '  unlicensed: 1',
      '  graph-throttled: 1',
    ]);
    const { rows } = await sql`SELECT unreachable_reason AS reason, count(*)::int AS count
      FROM identities WHERE platform = 'teams' AND (unreachable_reason IS NOT NULL
        OR conversation IS NULL) GROUP BY 1 ORDER BY 1`.execute(house.db);
    expect(rows).toEqual([
      { reason: 'not-installed', count: 1 },
      { reason: 'unlicensed', count: 1 },
      { reason: null, count: 2 },
    ]);
  });
});
