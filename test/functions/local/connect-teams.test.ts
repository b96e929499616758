import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../../../functions/local/cli/run.ts';
import { chosenPlatforms } from '../../../functions/local/connect/settings.ts';
import { startConnected } from '../../../functions/local/connect/start.ts';
import { readOptions } from '../../../functions/local/options.ts';
import { cloneDatabase } from '../../support/run/database.ts';
import { showCard } from '../../support/teams/card-client.ts';
import {
  activityOf,
  appId,
  honestClaims,
  issuer,
  newKey,
  signToken,
  tenantId,
} from '../../support/teams/tokens.ts';

const head =
  'employee_key,name,email,unit,time_zone,work_pattern,roles,language,grade_band,slack_workspace,slack_user,teams_tenant,teams_user,leave_from,leave_to,status';
const person = 'KC-1,Sari Contoh,sari@kementerian.example,KC,WIB,,,,,,,,,,,';
const units = 'code,name,parent,level_label\nKC,Kementerian Contoh,,Kementerian\n';
/** Wednesday 2 December 2026, 10.01 WIB: no survey is open. */
const morning = Date.parse('2026-12-02T03:01:00.000Z');
const userId = '7faf8ab2-3d56-4244-b585-20c8a42ed2b8';
const tunnel = 'https://terowongan.example';

/** A port that stays free until it is bound: the system gives no one below 32,768 to those who ask for any. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer().on('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

/** Microsoft's side of a tenant: Entra ID, the keys, the Connector; the tunnel leads to `port`. */
const openTenant = (port: number) => {
  const state = { secret: 'sandi', tunnel: true };
  const cards: unknown[] = [];
  const key = newKey('kunci');
  const real = fetch;
  const hosts: Readonly<Record<string, (request: Request, path: string) => Promise<Response>>> = {
    'login.microsoftonline.com': async (request) =>
      new URLSearchParams(await request.text()).get('client_secret') === state.secret
        ? Response.json({ access_token: 'token', expires_in: 3600 })
        : Response.json({ error: 'invalid_client' }, { status: 401 }),
    'login.botframework.com': async (_, path) =>
      Response.json(
        path.endsWith('configuration')
          ? { issuer, jwks_uri: 'https://login.botframework.com/keys' }
          : { keys: [(await key).jwk] },
      ),
    'smba.trafficmanager.net': async (request, path) => {
      const sari = { aadObjectId: userId, email: 'Sari@Kementerian.example', userRole: 'user' };
      if (path.endsWith('/pagedmembers')) return Response.json({ members: [sari] });
      cards.push(Object(await request.json()).attachments[0].content);
      return Response.json({ id: `1:${cards.length}` }, { status: 201 });
    },
    [new URL(tunnel).host]: async (_, path) => {
      if (!state.tunnel) throw new TypeError('fetch failed');
      return real(`http://127.0.0.1:${port}${path}`);
    },
  };
  const serve = (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url);
    const answer = hosts[host];
    if (answer === undefined) throw new TypeError(`nothing goes to ${host}`);
    return answer(request, pathname);
  };
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return url.hostname === '127.0.0.1' ? real(input, init) : serve(new Request(input, init));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  /** What Teams posts to the messaging endpoint through the tunnel. */
  const post = async (changes: object, at: number): Promise<number> => {
    const times = { nbf: at / 1000 - 60, exp: at / 1000 + 3_600 };
    const token = await signToken(await key, { ...honestClaims, ...times });
    const from = { id: '29:abc', aadObjectId: userId };
    const answer = await real(`http://127.0.0.1:${port}/teams/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(activityOf({ from, timestamp: new Date(at).toISOString(), ...changes })),
    });
    return answer.status;
  };
  return { state, cards, post };
};

const open = async () => {
  const port = await freePort();
  const tenant = openTenant(port);
  const { db, url } = await cloneDatabase();
  const home = await mkdtemp(join(tmpdir(), 'langkah-connect-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const clock = { now: () => new Date(morning), sleep: async () => undefined };
  const env = {
    TEAMS_APP_ID: appId,
    TEAMS_APP_PASSWORD: 'sandi',
    // As some portals show it; tokens name it in small letters.
    TEAMS_TENANTS: tenantId.toUpperCase(),
    PUBLIC_URL: tunnel,
  };
  const quiet = () => undefined;
  const start = async () => {
    const started = await startConnected(readOptions(['--port', `${port}`, '--connect']), {
      ...{ home, databaseUrl: url, clock, env },
      log: { info: quiet, warn: quiet, error: quiet },
    });
    onTestFinished(started.stop);
    return started;
  };
  const importRoster = async (): Promise<number> => {
    await writeFile(join(home, 'people.csv'), `${head}\n${person}\n`);
    await writeFile(join(home, 'units.csv'), units);
    const files = [join(home, 'people.csv'), '--units', join(home, 'units.csv')];
    return run(['roster', 'import', ...files, '--database', url, '--yes'], {
      env: { LANGKAH_HOME: home },
      now: clock.now,
      print: quiet,
      complain: quiet,
    });
  };
  return { tenant, db, port, start, importRoster };
};

describe('npm start -- --connect without what Teams needs', () => {
  it('says exactly which settings are missing', () => {
    expect(() => chosenPlatforms({ TEAMS_APP_ID: appId, PUBLIC_URL: 'http://a.example' })).toThrow(
      [
        '--connect: settings are missing or wrong',
        'teams (docs/install-teams.md):',
        "  TEAMS_APP_PASSWORD: missing, a client secret of the bot's app registration",
        '  TEAMS_TENANTS: missing, the tenant id',
        '  PUBLIC_URL: allowed address of the tunnel to this machine, which begins https://',
      ].join('\n'),
    );
  });

  it('a tenant that is no id stops the start', () => {
    const settings = { TEAMS_APP_PASSWORD: 'sandi', PUBLIC_URL: tunnel, TEAMS_APP_ID: appId };
    const named = () =>
      chosenPlatforms({ ...settings, TEAMS_TENANTS: 'kementerian.onmicrosoft.com' });
    expect(named).toThrow('  TEAMS_TENANTS: allowed the tenant id, which is a GUID');
    const swapped = { ...settings, TEAMS_APP_ID: 'langkah', TEAMS_TENANTS: tenantId };
    expect(() => chosenPlatforms(swapped)).toThrow(
      "  TEAMS_APP_ID: allowed the bot's app id, which is a GUID",
    );
  });

  it('names the credentials that Entra ID refuses, and a tunnel that leads nowhere', async () => {
    const wrong = await open();
    wrong.tenant.state.secret = 'lain';
    await expect(wrong.start()).rejects.toThrow('Entra ID refuses the Teams app id');
    const cut = await open();
    cut.tenant.state.tunnel = false;
    await expect(cut.start()).rejects.toThrow(
      `PUBLIC_URL: ${tunnel} cannot be reached; lead the tunnel to this machine's port and set the bot's messaging endpoint to ${tunnel}/teams/messages`,
    );
  });
});

/** Asks as a stranger does through the tunnel, and as a page whose name leads to this machine. */
const askAs = (host: string, port: number, asked: { readonly method: string; path: string }) =>
  new Promise<number | undefined>((done, fail) => {
    const origin = `https://${host}`;
    const sent = request({ ...asked, host: '127.0.0.1', port, headers: { host, origin } });
    sent.on('response', (answer) => done(answer.resume().statusCode));
    sent.on('error', fail);
    sent.end();
  });

const pages = ['/', '/hr', '/hr/periode', '/hr/periode/w4', '/pimpinan', '/pratinjau'];
const asking = [
  ...pages.map((path) => ({ method: 'GET', path })),
  ...['/hr/periode', '/hr/periode/w4'].map((path) => ({ method: 'POST', path })),
];

describe('the way through the tunnel', () => {
  it("a stranger at the tunnel's address finds the doors and no page", async () => {
    const { port, start } = await open();
    const { url } = await start();
    const stranger = (method: string, path: string) =>
      askAs(new URL(tunnel).host, port, { method, path });
    for (const { method, path } of asking) expect(await stranger(method, path)).toBe(404);
    expect(await stranger('POST', '/teams/messages')).toBe(401);
    expect([await stranger('GET', '/sehat'), await stranger('GET', '/teams/tab')]).toEqual([
      200, 200,
    ]);
    const own = new URL('/hr', url.replace('localhost', '127.0.0.1'));
    expect([own.port === `${port}`, (await fetch(own)).status]).toEqual([false, 200]);
  });

  it('a page asked for by another host name is refused', async () => {
    const { start } = await open();
    const { url } = await start();
    for (const asked of asking)
      expect(await askAs('jahat.example', Number(new URL(url).port), asked)).toBe(403);
  });
});

describe('npm start -- --connect with a tenant', () => {
  it('brings the first tip to a phone: roster, app added, welcome, "kiat"', async () => {
    const { tenant, start, importRoster } = await open();
    const { host } = await start();
    expect(host.chats.map(({ name }) => name)).toEqual([`Teams (${tenantId})`]);
    expect(await importRoster()).toBe(0);
    const added = { type: 'installationUpdate', action: 'add', id: 'f:1', text: undefined };
    expect(await tenant.post(added, morning)).toBe(200);
    await host.drain();
    await host.tick();
    expect(showCard(tenant.cards.at(-1)).text).toContain('Selamat datang di Langkah');
    expect(await tenant.post({ id: 'f:2', text: 'kiat' }, morning)).toBe(200);
    await expect.poll(() => tenant.cards.length, { timeout: 10_000 }).toBe(2);
    await host.drain();
    const { catalogue } = host.context;
    const first = catalogue.lessons.get(catalogue.programme.lesson.order[0] ?? '');
    expect(showCard(tenant.cards.at(-1)).text).toContain(first?.title.id ?? 'no lesson');
  });
});
