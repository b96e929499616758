import { describe, expect, it } from 'vitest';
import { sealedInstallation, slackInstall } from '../../../../bot/slack/app/install.ts';
import { neededScopes } from '../../../../bot/slack/manifest.ts';
import { openInstallation, sealInstallation } from '../../../../core/installation-seal.ts';
import { slackGrid } from '../../../support/slack/grid.ts';
import { catalogue } from '../../../support/slack/sari.ts';

const key = 'kunci-pemasangan-untuk-uji-coba-yang-panjang';
const host = 'https://langkah.contoh.example';

const open = (allowed: readonly string[] = ['T0SATU', 'E0ORG']) => {
  const grid = slackGrid();
  const state = { at: Date.parse('2026-12-07T01:30:00.000Z'), queueFails: false };
  const bodies: string[] = [];
  const lines: string[] = [];
  const note = (event: string, fields = {}) =>
    void lines.push(JSON.stringify({ event, ...fields }));
  const door = slackInstall({
    clientId: grid.clientId,
    clientSecret: grid.clientSecret,
    fetch: grid.fetch,
    apiUrl: 'https://slack.com/api/',
    clock: { now: () => new Date(state.at) },
    scopes: Object.keys(neededScopes),
    allowed,
    seal: (installation) => sealInstallation([key], installation),
    stateKey: 'kunci-keadaan',
    catalogue,
    queue: {
      put: async (body) => {
        if (state.queueFails) throw new Error('disk of rahasia is full');
        bodies.push(body);
      },
    },
    log: { info: note, warn: note, error: note },
  });
  /** A browser that keeps its cookie, off to Slack. */
  const begin = async () => {
    const answer = await door.start(new Request(`${host}/slack/install`));
    const location = new URL(answer.headers.get('location') ?? '');
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { answer, location, cookie, state: location.searchParams.get('state') ?? '' };
  };
  const back = (query: Readonly<Record<string, string>>, cookie = '') =>
    door.finish(
      new Request(`${host}/slack/oauth_redirect?${new URLSearchParams(query)}`, {
        headers: { cookie },
      }),
    );
  return { grid, state, bodies, lines, begin, back };
};
type House = ReturnType<typeof open>;

const agree = async (house: House, owner: string) => {
  const { state, cookie } = await house.begin();
  return house.back({ code: house.grid.code(owner), state }, cookie);
};

const installed = (house: House) => {
  const [body] = house.bodies;
  const sealed = sealedInstallation(JSON.parse(body ?? 'null')?.body);
  if (sealed === null) throw new Error('nothing was queued');
  return openInstallation([key], sealed);
};

describe('the way to install', () => {
  it('leads to Slack with the least scopes and a state that this browser alone can bring back', async () => {
    const { answer, location, cookie } = await open().begin();
    expect(answer.status).toBe(302);
    expect(location.origin + location.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(location.searchParams.get('scope')).toBe('chat:write,commands,im:write,users:read');
    expect(location.searchParams.get('user_scope')).toBeNull();
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-.*Secure; HttpOnly; SameSite=Lax$/);
    expect(cookie).toMatch(/=\S{32}$/);
  });

  it('comes back to a workspace: the tokens are sealed before they are queued, and thanks are said in both languages', async () => {
    const house = open();
    const answer = await agree(house, 'T0SATU');
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('Langkah terpasang');
    expect(page).toContain('Langkah is installed');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const [grant] = house.grid.grants;
    expect(await installed(house)).toMatchObject({
      enterpriseId: 'E0ORG',
      teamId: 'T0SATU',
      appId: 'A0LANGKAH',
      tokens: {
        access: grant?.access,
        refresh: grant?.refresh,
        expiresAt: '2026-12-07T13:30:00.000Z',
      },
    });
    const kept = [...house.bodies, ...house.lines].join();
    for (const secret of [grant?.access, grant?.refresh, house.grid.clientSecret])
      expect(kept).not.toContain(secret);
  });

  it('org install without a team: it is kept, and leads on to where its workspaces are added', async () => {
    const house = open();
    const answer = await agree(house, 'E0ORG');
    expect(await answer.text()).toContain(
      '/manage/E0ORG/integrations/profile/A0LANGKAH/workspaces/add',
    );
    expect(await installed(house)).toMatchObject({ enterpriseId: 'E0ORG', teamId: null });
  });

  it('takes an organisation without a state, as its administration pages start it, but no workspace', async () => {
    const house = open();
    expect((await house.back({ code: house.grid.code('E0ORG') })).status).toBe(200);
    expect(house.bodies).toHaveLength(1);
    expect((await house.back({ code: house.grid.code('T0SATU') })).status).toBe(400);
    expect(house.bodies).toHaveLength(1);
  });

  it('keeps nothing of a workspace that is not on the list, with or without a state, and gives its token back', async () => {
    const house = open(['T0SATU']);
    for (const answer of [
      await agree(house, 'T0ASING'),
      await house.back({ code: house.grid.code('E0ORG') }),
    ]) {
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('Tidak ada yang disimpan');
    }
    expect(house.bodies).toEqual([]);
    expect(house.grid.revoked).toEqual(house.grid.grants.map(({ access }) => access));
  });
});

describe('a state', () => {
  it('that was forged, is too old, or belongs to another browser is refused before the code is used', async () => {
    const house = open();
    const { state, cookie } = await house.begin();
    const code = house.grid.code('T0SATU');
    const other = (await house.begin()).cookie;
    const wrong: readonly (readonly [string, string])[] = [
      ['', cookie],
      [`${state}x`, cookie],
      [state.replace(/^\d+/, (until) => String(Number(until) + 1)), cookie],
      [state, other],
      [state, ''],
    ];
    for (const [given, held] of wrong)
      expect((await house.back({ code, state: given }, held)).status, given).toBe(400);
    house.state.at += 10 * 60_000 + 1;
    expect((await house.back({ code, state }, cookie)).status).toBe(400);
    expect(house.grid.calls).toEqual([]);
    expect(house.bodies).toEqual([]);
  });
});

describe('an installation that fails', () => {
  it('says so kindly: cancelled, without a code, with a spent code, with Slack or the queue away', async () => {
    const house = open();
    expect(await (await house.back({ error: 'access_denied' })).text()).toContain('dibatalkan');
    expect((await house.back({})).status).toBe(400);
    const { state, cookie } = await house.begin();
    const spent = house.grid.code('T0SATU');
    await house.back({ code: spent, state }, cookie);
    expect((await house.back({ code: spent, state }, cookie)).status).toBe(502);
    house.grid.instead.set('oauth.v2.access', [() => new Response('<html>', { status: 503 })]);
    expect((await agree(house, 'T0SATU')).status).toBe(502);
    house.state.queueFails = true;
    const answer = await agree(house, 'T0SATU');
    expect(answer.status).toBe(500);
    expect(house.lines.join() + (await answer.text())).not.toContain('rahasia');
    expect(house.bodies).toHaveLength(1);
  });
});
