import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import { writeSetting } from '../../../core/store/settings.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { clockSetting } from '../../../functions/local/clock.ts';
import { chosenPlatforms, withSlackCli } from '../../../functions/local/connect/settings.ts';
import { startConnected } from '../../../functions/local/connect/start.ts';
import { readOptions } from '../../../functions/local/options.ts';
import { cloneDatabase } from '../../support/run/database.ts';
import { socketSlack } from '../../support/slack/socket.ts';

const units = 'code,name,parent,level_label\nKC,Kementerian Contoh,,Kementerian\n';
const people = [
  'employee_key,name,email,unit,time_zone,work_pattern,roles,language,grade_band,slack_workspace,slack_user,teams_tenant,teams_user,leave_from,leave_to,status',
  'KC-1,Sari Contoh,,KC,WIB,,,,,T0NYATA,U0SARI,,,,,',
].join('\n');

/** Wednesday 2 December 2026, 10.07 WIB: the day's messages have gone. */
const morning = Date.parse('2026-12-02T03:07:00.000Z');

const open = async (env: Readonly<Record<string, string>> = {}) => {
  const slack = await socketSlack();
  const { db, url } = await cloneDatabase();
  const home = await mkdtemp(join(tmpdir(), 'langkah-connect-'));
  const state = { at: morning };
  const clock = { now: () => new Date(state.at), sleep: async () => undefined };
  const lines: string[] = [];
  const note = (event: string, fields = {}) =>
    void lines.push(JSON.stringify({ event, ...fields }));
  const settings = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...env,
  };
  const start = async () => {
    const started = await startConnected(readOptions(['--port', '0', '--connect']), {
      ...{ home, databaseUrl: url, clock, env: settings },
      log: { info: note, warn: note, error: note },
    });
    onTestFinished(started.stop);
    return started;
  };
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  /** An operator's command beside the running host. */
  const langkah = async (...args: readonly string[]) => {
    const out: string[] = [];
    const shell = {
      env: { ...settings, LANGKAH_HOME: home },
      now: () => new Date(state.at),
      print: (line: string) => void out.push(line),
      complain: (line: string) => void out.push(line),
    };
    return { code: await run(args, shell), out };
  };
  return { slack, db, home, state, lines, start, langkah };
};

const command = (text: string, replyUrl: string) => ({
  ...{ command: '/langkah', text, user_id: 'U0SARI', team_id: 'T0NYATA' },
  ...{ trigger_id: text, response_url: replyUrl },
});

describe('npm start -- --connect without credentials', () => {
  it('says exactly which settings are missing, what each is, and where it is found', () => {
    expect(() => chosenPlatforms({})).toThrow(ConfigError);
    expect(() => chosenPlatforms({})).toThrow(
      [
        '--connect: settings are missing or wrong',
        'slack (docs/install-slack.md):',
        '  SLACK_BOT_TOKEN: missing, bot token of the workspace',
        '  SLACK_APP_TOKEN: missing, app-level token with connections:write',
      ].join('\n'),
    );
    const half = () => chosenPlatforms({ SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(half).toThrow('SLACK_APP_TOKEN: missing');
    expect(half).not.toThrow('SLACK_BOT_TOKEN');
  });

  it('takes both tokens as the Slack CLI hands them to its start hook, never one of them', () => {
    const cli = { SLACK_CLI_XOXB: 'xoxb-2', SLACK_CLI_XAPP: 'xapp-2' };
    const other = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(chosenPlatforms(withSlackCli(cli))).toEqual(['slack']);
    expect(withSlackCli({ ...other, ...cli })).toMatchObject({
      ...{ SLACK_BOT_TOKEN: 'xoxb-2', SLACK_APP_TOKEN: 'xapp-2' },
    });
    const { SLACK_CLI_XAPP: _, ...half } = cli;
    expect(withSlackCli({ ...other, ...half })).toMatchObject(other);
  });

  it('never wipes anything', () => {
    expect(() => readOptions(['--connect', '--reset'])).toThrow('--reset: found beside --connect');
  });

  it('tells tokens apart by how they begin, and never quotes one', () => {
    const swapped = () =>
      chosenPlatforms({ SLACK_BOT_TOKEN: 'xapp-rahasia', SLACK_APP_TOKEN: 'xoxb-rahasia' });
    expect(swapped).toThrow(
      'SLACK_BOT_TOKEN: allowed bot token of the workspace, which begins xoxb-',
    );
    expect(swapped).not.toThrow('rahasia');
  });
});

describe('npm start -- --connect', () => {
  it('names the token that Slack refuses', async () => {
    const bot = await open({ SLACK_BOT_TOKEN: 'xoxb-salah' });
    await expect(bot.start()).rejects.toThrow('SLACK_BOT_TOKEN: Slack answers invalid_auth');
    const app = await open({ SLACK_APP_TOKEN: 'xapp-salah' });
    await expect(app.start()).rejects.toThrow(/SLACK_APP_TOKEN: .*invalid_auth/);
  });

  it('never runs on a store that holds the sample', async () => {
    const house = await open();
    await writeSetting(house.db, clockSetting, '2026-12-07T00:00:00Z');
    await expect(house.start()).rejects.toThrow('holds the sample');
  });

  it('brings the first tip to a phone: roster, welcome at once, the command, the tip', async () => {
    const house = await open();
    const posts: string[] = [];
    house.slack.answers.set('chat.postMessage', ({ fields }) => {
      posts.push(`${fields['channel']}: ${fields['text']}`);
      return { ok: true, channel: 'D0SARI', ts: `${posts.length}.1` };
    });
    house.slack.answers.set('users.list', ({ fields }) => ({
      ok: fields['team_id'] === 'T0NYATA',
      members: [{ id: 'U0SARI', tz: 'Asia/Jakarta', profile: {} }],
    }));
    const { host, url } = await house.start();
    expect(host.chats.map(({ name }) => name)).toEqual(['Ruang Contoh (T0NYATA)']);
    expect((await fetch(`${url}/hr`)).status).toBe(200);
    await writeFile(join(house.home, 'units.csv'), units);
    await writeFile(join(house.home, 'people.csv'), people);
    const file = (name: string) => join(house.home, name);
    const imported = await house.langkah(
      'roster',
      'import',
      file('people.csv'),
      '--units',
      file('units.csv'),
      '--yes',
    );
    expect([imported.code, imported.out.at(-1)]).toEqual([0, 'applied: 1 people']);
    await host.tick();
    expect(posts).toEqual([expect.stringMatching(/^U0SARI: Selamat datang di Langkah/)]);
    const tips: Readonly<Record<string, string>>[] = [];
    house.slack.answers.set('balasan', ({ fields }) => {
      tips.push(fields);
      return { ok: true };
    });
    const asked = command('hari-ini', `${house.slack.apiUrl}balasan`);
    expect(await house.slack.push('slash_commands', asked)).toEqual({});
    await host.drain();
    expect(tips).toHaveLength(1);
    expect(JSON.stringify(tips[0])).toContain('quiz.answer');
    expect(house.lines.join()).not.toContain(house.slack.botToken);
  });
});
