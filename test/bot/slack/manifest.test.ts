import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { slackDispatcher } from '../../../bot/slack/dispatch.ts';
import { slackManifest } from '../../../bot/slack/manifest.ts';
import { dedupeKey } from '../../../bot/slack/parse.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { root } from '../../../functions/app/files.ts';
import { run } from '../../../functions/local/cli/run.ts';

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const string = (maxLength: number, pattern = '') => ({
  type: 'string',
  minLength: 1,
  maxLength,
  ...(pattern === '' ? {} : { pattern }),
});
const list = (items: object, maxItems: number) => ({
  type: 'array',
  items,
  maxItems,
  uniqueItems: true,
});
const flag = { type: 'boolean' };
const https = (most: number) => string(most, '^https://');

/** Names and limits of docs.slack.dev/reference/app-manifest and of the schema in github.com/slackapi/manifest-schema. */
const schema = object(
  {
    _metadata: object({ major_version: { const: 1 }, minor_version: { type: 'integer' } }),
    display_information: object(
      {
        name: string(35),
        description: string(140),
        background_color: string(7, '^#([0-9a-f]{3}){1,2}$'),
      },
      ['name'],
    ),
    features: object({
      app_home: object({
        home_tab_enabled: flag,
        messages_tab_enabled: flag,
        messages_tab_read_only_enabled: flag,
      }),
      bot_user: object({ display_name: string(80, '^[a-z0-9._-]+$'), always_online: flag }),
      shortcuts: list(
        object(
          {
            name: string(24),
            type: { enum: ['global', 'message'] },
            callback_id: string(255),
            description: string(150),
          },
          ['name', 'type', 'callback_id', 'description'],
        ),
        10,
      ),
      slash_commands: list(
        object(
          {
            command: string(32, '^/'),
            url: https(3000),
            description: string(2000),
            usage_hint: string(1000),
            should_escape: flag,
          },
          ['command', 'description'],
        ),
        50,
      ),
    }),
    oauth_config: object({
      redirect_urls: list(https(2500), 1000),
      scopes: object({ bot: list(string(50), 255) }, ['bot']),
    }),
    settings: object({
      event_subscriptions: object({
        request_url: https(3500),
        bot_events: list(string(50), 100),
      }),
      interactivity: object({ is_enabled: flag, request_url: https(3000) }, ['is_enabled']),
      org_deploy_enabled: flag,
      socket_mode_enabled: flag,
      token_rotation_enabled: flag,
    }),
  },
  ['display_information'],
);
const isManifest = new Ajv().compile(schema);

const trial = slackManifest({ url: null, optional: [] });
const url = 'https://langkah.contoh.example';
const deployed = slackManifest({ url, optional: ['users:read.email', 'im:history'] });

describe('the manifest', () => {
  it('keeps every name and limit of Slack, with and without addresses', () => {
    for (const manifest of [trial, deployed])
      expect([isManifest(manifest), isManifest.errors]).toEqual([true, null]);
  });

  it('asks for the least scopes, the optional ones only on request, and none other', () => {
    const needed = ['chat:write', 'commands', 'im:write', 'users:read'];
    expect(trial.oauth_config.scopes.bot).toEqual(needed);
    expect(deployed.oauth_config.scopes.bot).toEqual([...needed, 'users:read.email', 'im:history']);
  });

  it('is read-only to write in without im:history, and takes typed words with it', () => {
    expect(trial.features.app_home.messages_tab_read_only_enabled).toBe(true);
    expect(trial.settings.event_subscriptions.bot_events).not.toContain('message.im');
    expect(deployed.features.app_home.messages_tab_read_only_enabled).toBe(false);
    expect(deployed.settings.event_subscriptions.bot_events).toContain('message.im');
  });

  it('uses Socket Mode without addresses, and with them OAuth, rotation and organisations', () => {
    expect(trial.settings).toMatchObject({
      ...{ socket_mode_enabled: true, token_rotation_enabled: false, org_deploy_enabled: false },
    });
    expect(deployed.settings).toMatchObject({
      ...{ socket_mode_enabled: false, token_rotation_enabled: true, org_deploy_enabled: true },
      interactivity: { request_url: `${url}/slack/events` },
      event_subscriptions: { request_url: `${url}/slack/events` },
    });
    expect(deployed.features.slash_commands[0]?.url).toBe(`${url}/slack/events`);
    expect(deployed.oauth_config.redirect_urls).toEqual([`${url}/slack/oauth_redirect`]);
  });

  it('lists the events that are handled, and no event is handled that it does not list', async () => {
    const seen: string[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const onEvent = async ({ key }: ChatEvent): Promise<void> => void seen.push(key);
    const dispatch = slackDispatcher({ onEvent, log });
    const samples: Readonly<Record<string, object>> = {
      app_home_opened: { user: 'U1', tab: 'home' },
      app_uninstalled: {},
      'message.im': {
        type: 'message',
        channel_type: 'im',
        channel: 'D1',
        user: 'U1',
        text: 'x',
        ts: '1.1',
      },
      team_access_granted: { team_ids: ['T1'] },
      team_access_revoked: { team_ids: ['T1'] },
      team_join: { user: { id: 'U1' } },
      tokens_revoked: { tokens: { bot: ['U0'] } },
      user_change: { user: { id: 'U1' } },
      app_mention: { user: 'U1', text: 'x', channel: 'C1', ts: '1.1' },
      member_joined_channel: { user: 'U1', channel: 'C1' },
      reaction_added: { user: 'U1', reaction: 'x' },
      user_profile_changed: { user: { id: 'U1' } },
    };
    for (const [name, event] of Object.entries(samples)) {
      const body = {
        ...{ type: 'event_callback', team_id: 'T1', event_id: name },
        event: { type: name, ...event },
      };
      const key = dedupeKey(body);
      const receivedAt = '2026-12-07T01:30:00.000Z';
      await dispatch({ platform: 'slack', key, receivedAt, body, ballot: null });
    }
    const handled = seen.map((key) => key.replace('slack/T1/', '')).sort();
    expect(handled).toEqual(deployed.settings.event_subscriptions.bot_events);
  });

  it('lies in the root of the project as the command prints it, where the Slack CLI looks', async () => {
    const file = await readFile(join(root, 'manifest.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(trial);
    const out: string[] = [];
    const shell = {
      env: {},
      now: () => new Date(),
      print: (line: string) => void out.push(line),
      complain: (line: string) => void out.push(line),
    };
    expect(await run(['slack', 'manifest'], shell)).toBe(0);
    expect(JSON.parse(out.join('\n'))).toEqual(trial);
    const hooks = JSON.parse(await readFile(join(root, '.slack/hooks.json'), 'utf8'));
    expect(hooks).toMatchObject({
      hooks: { 'get-manifest': 'npx langkah slack manifest', start: 'npm start -- --connect' },
      config: { 'sdk-managed-connection-enabled': true },
    });
    out.length = 0;
    for (const wrong of ['http://a.example', 'https://a.example/pfad', 'x'])
      expect(await run(['slack', 'manifest', '--url', wrong], shell)).toBe(2);
    expect(out[0]).toContain('allowed https://<host>');
  });
});
