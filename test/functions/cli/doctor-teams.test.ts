/** What doctor says of a Teams tenant: the words that docs/install-teams.md promises, and which cloud it is asked in. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureLane } from '../../../core/store/people/people.ts';
import { root } from '../../../functions/app/files.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const tenant = '6f1c0000-0000-4000-8000-000000000001';
const now = new Date('2026-12-07T01:30:00.000Z');

afterEach(() => void vi.unstubAllGlobals());

/** Runs doctor on one Teams lane against Microsoft's addresses, answered by `answer`; tells what was asked and printed. */
const examined = async (
  env: Readonly<Record<string, string>>,
  answer: (url: URL) => Response,
): Promise<{ readonly out: readonly string[]; readonly asked: readonly string[] }> => {
  const { db, url } = await cloneDatabase();
  const lane = { platform: 'teams', workspaceId: tenant, rate: 35, burst: 40 } as const;
  await db.transaction().execute((trx) => ensureLane(trx, lane));
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (input: string | URL) => {
    const to = new URL(input);
    asked.push(`${to.host}${to.pathname}`);
    return to.host.startsWith('login.')
      ? Response.json({ access_token: 'x', expires_in: 3600 })
      : answer(to);
  });
  const out: string[] = [];
  const account = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'sandi', TEAMS_TENANTS: tenant };
  const shell = {
    env: { LANGKAH_HOME: '/nowhere', ...account, ...env },
    now: () => now,
    print: (line: string) => void out.push(line),
    complain: (line: string) => void out.push(line),
  };
  await run(['doctor', '--to', '6f1c0000-0000-4000-8000-00000000000a', '--database', url], shell);
  return { out, asked };
};

const well = () => Response.json({ id: 'a:1' }, { status: 201 });

describe('doctor on Teams', () => {
  it('prints what docs/install-teams.md says it should', async () => {
    const page = await readFile(join(root, 'docs/install-teams.md'), 'utf8');
    const [, after = ''] = page.split('should print\n\n');
    const [block = ''] = after.split('\n\n');
    const promised = block.split('\n').map((line) => line.slice(4));
    const { out } = await examined({}, well);
    expect([`${out[0]?.slice(0, 10)}…`, ...out.slice(1)]).toEqual(promised);
  });

  it('asks the cloud that TEAMS_CLOUD names, and no other', async () => {
    const { out, asked } = await examined({ TEAMS_CLOUD: 'gcc-high' }, well);
    expect(out[1]).toBe('  sends: the message arrived');
    expect(asked).toEqual([
      `login.microsoftonline.us/${tenant}/oauth2/v2.0/token`,
      'smba.infra.gov.teams.microsoft.us/teams/v3/conversations',
      'smba.infra.gov.teams.microsoft.us/teams/v3/conversations/a%3A1/activities',
    ]);
  });

  it('says which setting is missing where the tenant lies in another cloud', async () => {
    const refused = () =>
      Response.json({ error: { code: 'InvalidBotApiHost', message: 'x' } }, { status: 403 });
    const { out } = await examined({}, refused);
    expect(out[1]).toContain('cannot send (wrong-cloud)');
    expect(out[1]).toContain('set TEAMS_CLOUD');
  });

  it('names the clouds there are for a word that is none', async () => {
    const { out, asked } = await examined({ TEAMS_CLOUD: 'bulan' }, well);
    expect(out.join('\n')).toContain(
      'TEAMS_CLOUD: found bulan, allowed public, gcc, gcc-high, dod, china',
    );
    expect(asked).toEqual([]);
  });
});
