import { describe, expect, it } from 'vitest';
import { loadDoorConfig } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import { createApp } from '../../../functions/app/app.ts';
import { openDoors } from '../../../functions/app/doors/doors.ts';
import { openInstaller } from '../../../functions/app/slack/installer.ts';
import { slackGrid } from '../../support/slack/grid.ts';
import { catalogue } from '../../support/slack/sari.ts';

const env = {
  TICKET_KEY: 'kunci-uji-coba-yang-cukup-panjang-sekali',
  SLACK_SIGNING_SECRET: 'rahasia',
  SLACK_CLIENT_ID: '12.34',
  SLACK_CLIENT_SECRET: 'rahasia-klien',
  SLACK_WORKSPACES: 'T0SATU, E0ORG',
  SLACK_INSTALLATION_KEY: 'kunci-pemasangan-untuk-uji-coba-yang-panjang',
};
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date('2026-12-07T01:30:00.000Z'), sleep: async () => undefined };

/** The web application as every host mounts it. */
const open = (settings: Readonly<Record<string, string>>) => {
  const grid = slackGrid();
  const bodies: string[] = [];
  const doors = openDoors(loadDoorConfig(settings), {
    queue: { put: async (body) => void bodies.push(body) },
    secrets: { get: async () => null },
    fetch: grid.fetch,
    ...{ catalogue, clock, log },
  });
  const app = createApp({ ...doors, ballots: null, pages: null, log });
  const ask = (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`https://langkah.contoh.example${path}`, init));
  return { grid, bodies, ask };
};

describe('the addresses of an installation', () => {
  it('lead from the first page to a queued installation on every host', async () => {
    const { grid, bodies, ask } = open(env);
    const begun = await ask('/slack/install');
    expect(begun.status).toBe(302);
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code: grid.code('T0SATU'), state });
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const back = await ask(`/slack/oauth_redirect?${query}`, { headers: { cookie } });
    expect([back.status, bodies.length]).toEqual([200, 1]);
  });

  it('do not exist where apps are not installed through us, and neither do others', async () => {
    const { ask } = open({ TICKET_KEY: env.TICKET_KEY, SLACK_SIGNING_SECRET: 'rahasia' });
    for (const path of ['/slack/install', '/slack/oauth_redirect?code=x', '/slack', '/slack/lain'])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    expect((await ask('/slack/lain', { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await ask('/slack/events')).status).toBe(404);
  });

  it('ask for the optional scopes that are wished for, and for nothing else', async () => {
    const { ask } = open({ ...env, SLACK_SCOPES: 'users:read.email' });
    const location = new URL((await ask('/slack/install')).headers.get('location') ?? '');
    expect(location.searchParams.get('scope')).toBe(
      'chat:write,commands,im:write,users:read,users:read.email',
    );
    const more = () => open({ ...env, SLACK_SCOPES: 'users:read.email,channels:history' });
    expect(more).toThrow(ConfigError);
    expect(more).toThrow(
      'SLACK_SCOPES: found channels:history, allowed users:read.email, im:history',
    );
  });
});

describe('settings of an installation', () => {
  it('are all there or none, and every missing one is named', () => {
    const { TICKET_KEY, SLACK_CLIENT_ID } = env;
    const some = () => loadDoorConfig({ TICKET_KEY, SLACK_CLIENT_ID, TEAMS_APP_ID: '' });
    for (const name of [
      'SLACK_SIGNING_SECRET',
      'SLACK_CLIENT_SECRET',
      'SLACK_WORKSPACES',
      'SLACK_INSTALLATION_KEY',
    ])
      expect(some).toThrow(`${name}: needed with SLACK_CLIENT_ID`);
    const { SLACK_CLIENT_ID: _, ...without } = env;
    expect(openInstaller(loadDoorConfig(without), { fetch, clock })).toBeUndefined();
  });

  it('name ids and long keys, and a wrong one is not quoted when it is a secret', () => {
    for (const [name, wrong] of [
      ['SLACK_WORKSPACES', 'contoh.slack.com'],
      ['SLACK_INSTALLATION_KEY', 'pendek'],
      ['SLACK_SIGNING_SECRET', ' '],
    ] as const) {
      const load = () => loadDoorConfig({ ...env, [name]: wrong });
      expect(load).toThrow(name);
      if (name !== 'SLACK_SIGNING_SECRET') expect(load).not.toThrow(wrong);
    }
  });
});
