import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RosterPerson } from '../../../core/people/person.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { known, openWithPeople, person, user } from '../../support/slack/directory.ts';

/** The command as an operator's machine runs it, with the global fetch leading to the organisation's Slack. */
const open = async (people: readonly RosterPerson[]) => {
  const house = await openWithPeople(people);
  vi.stubGlobal('fetch', house.grid.fetch);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const langkah = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const shell = {
      env: { SLACK_TOKEN: house.published('T0SATU') ?? '', LANGKAH_HOME: '/nowhere', ...env },
      now: () => new Date(house.state.at),
      print: (line: string) => void out.push(line),
      complain: (line: string) => void err.push(line),
    };
    const code = await run(['roster', ...args, '--database', house.url], shell);
    return { code, out, err };
  };
  return { ...house, langkah };
};

describe('langkah roster sync', () => {
  it('reads to the end, waits where Slack asks for it, and tells who is left', async () => {
    const house = await open([person('sari'), person('hilang')]);
    const crowd = Array.from({ length: 30 }, (_, index) => user(`U0${index}`, null));
    house.grid.users.set('T0SATU', [...crowd, user('U1', 'sari@contoh.example')]);
    const headers = { 'retry-after': '0' };
    house.grid.instead.set('users.list', [
      () => Response.json({ ok: false, error: 'ratelimited' }, { status: 429, headers }),
    ]);
    const { code, out, err } = await house.langkah(['sync']);
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual([
      'slack T0SATU: 31 members, 1 newly matched, 0 guests, 0 closed',
      'people whom no chat reaches: 1; langkah roster unmatched tells why',
    ]);
    expect(await known(house)).toEqual(['sari U1 Asia/Jakarta']);
  });

  it('says which scope is missing for addresses, which token is missing, and when Slack refuses', async () => {
    const house = await open([person('sari')]);
    house.grid.scopes = ['users:read'];
    expect((await house.langkah(['sync'])).out[1]).toContain('grant users:read.email');
    const without = await house.langkah(['sync'], { SLACK_TOKEN: '' });
    expect([without.code, without.out[0]]).toEqual([
      2,
      'slack T0SATU: no token: set SLACK_TOKEN_T0SATU, or SLACK_TOKEN for the only one',
    ]);
    house.grid.scopes = [];
    const refused = await house.langkah(['sync']);
    expect([refused.code, refused.out[0]]).toEqual([
      2,
      'slack T0SATU: the directory is refused (missing_scope)',
    ]);
    expect(refused.err.join()).toContain('not read to the end: slack T0SATU');
  });
});

describe('langkah roster unmatched', () => {
  it('lists people by reason, each with what to do, or all of them as a table', async () => {
    const house = await open([
      person('ada', { identities: [{ platform: 'slack', workspaceId: 'T0SATU', userId: 'U1' }] }),
      person('hilang'),
      person('tanpa', { email: null }),
    ]);
    await house.langkah(['sync']);
    const { out } = await house.langkah(['unmatched']);
    expect(out).toEqual([
      expect.stringMatching(/^no-email: 1; add the e-mail address, or slack_workspace/),
      '  tanpa Contoh, Kementerian Contoh',
      expect.stringMatching(/^not-found: 1; no account has this address/),
      '  hilang Contoh, Kementerian Contoh, hilang@contoh.example',
    ]);
    const table = (await house.langkah(['unmatched', '--csv'])).out;
    expect(table[0]).toBe('name,unit,email,why,chat,reason,what_to_do');
    expect(table).toHaveLength(3);
  });

  it('is empty when everybody is reached', async () => {
    const house = await open([person('sari')]);
    house.grid.users.set('T0SATU', [user('U1', 'sari@contoh.example')]);
    await house.langkah(['sync']);
    expect((await house.langkah(['unmatched'])).out).toEqual([
      'every active person is reached in a chat',
    ]);
  });
});
