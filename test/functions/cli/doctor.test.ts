import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pseudonym } from '../../../core/people/person.ts';
import type { Platform } from '../../../core/ports.ts';
import { leaseLane, listLanes } from '../../../core/store/outbox/lanes.ts';
import { ensureLane } from '../../../core/store/people/people.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { cloneDatabase } from '../../support/run/database.ts';
import { type ServedSlack, servedSlack } from '../../support/slack/served.ts';

const now = new Date('2026-12-07T01:30:00.000Z');
const operator = 'U0OPERATOR';

/** A store with lanes and a Slack; `doctor` runs the command as an operator's machine would. */
const open = async (lanes: readonly (readonly [Platform, string])[] = [['slack', 'T0NYATA']]) => {
  const { db, url } = await cloneDatabase();
  const slack = await servedSlack();
  slack.clock.now = () => now;
  for (const [platform, workspaceId] of lanes)
    await db
      .transaction()
      .execute((trx) => ensureLane(trx, { platform, workspaceId, rate: 8, burst: 20 }));
  const doctor = async (env: Readonly<Record<string, string>> = {}, ...more: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const shell = {
      env: {
        SLACK_TOKEN: slack.token,
        SLACK_API_URL: slack.apiUrl,
        LANGKAH_HOME: '/nowhere',
        ...env,
      },
      now: () => now,
      print: (line: string) => void out.push(line),
      complain: (line: string) => void err.push(line),
    };
    const code = await run(['doctor', '--to', operator, '--database', url, ...more], shell);
    return { code, out, err };
  };
  return { db, slack, doctor, found: async () => (await listLanes(db))[0] };
};

const modes: readonly (readonly [ServedSlack['clientMsgId'], string])[] = [
  ['deduplicates', 'deduplicates'],
  ['ignores', 'ignored'],
  ['refuses', 'refused'],
];

describe('doctor on Slack', () => {
  it.each(modes)('leaves one message and stores it: %s', async (mode, clientMsgId) => {
    const { db, slack, doctor, found } = await open();
    slack.clientMsgId = mode;
    const { code, out, err } = await doctor();
    expect([code, err]).toEqual([0, []]);
    expect(slack.shownTo(operator)).toHaveLength(1);
    expect(await found()).toMatchObject({ clientMsgId, history: true, foundAt: now });
    expect(out).toEqual([
      'slack T0NYATA',
      '  sends: the message arrived',
      '  history: messages whose answer is lost are looked up',
      expect.stringContaining('  client_msg_id: '),
    ]);
    const lane = (await found())?.id ?? 0;
    const lease = await leaseLane(db, lane, { holder: 'a', now });
    expect(lease?.deduplicates).toBe(mode === 'deduplicates');
    const acts = await sql`SELECT act, detail FROM audit_log`.execute(db);
    expect(acts.rows).toEqual([
      { act: 'lane.examined', detail: { lane, clientMsgId, history: true } },
    ]);
  });

  it('names each scope that is missing and what that costs', async () => {
    const { slack, doctor, found } = await open();
    for (const scope of slack.scopes) if (scope !== 'chat:write') slack.scopes.delete(scope);
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(
      out.flatMap((line) => /has no scope (\S+): (optional)?/.exec(line)?.slice(1).join() ?? []),
    ).toEqual([
      'commands,',
      'im:history,optional',
      'im:write,',
      'users:read,',
      'users:read.email,optional',
    ]);
    expect(await found()).toMatchObject({ history: false, clientMsgId: 'ignored' });
    expect(slack.shownTo(operator)).toHaveLength(1);
  });

  it('names each scope that is more than the app needs', async () => {
    const { slack, doctor } = await open();
    for (const scope of ['identify', 'channels:read', 'files:write']) slack.scopes.add(scope);
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(out).toContain(
      '  the token may do more than Langkah needs: take away channels:read, files:write',
    );
  });

  it.each([
    ['token_revoked', 'store its new token'],
    ['account_inactive', 'store its new token'],
    ['access_denied', 'administrators'],
  ])('says what to do about %s, keeps what it knew, and fails', async (code, advice) => {
    const { slack, doctor, found } = await open();
    await doctor();
    for (const method of ['auth.test', 'chat.postMessage']) slack.refusing.set(method, code);
    const result = await doctor();
    expect(result.code).toBe(2);
    expect(result.out[1]).toContain(`(${code})`);
    expect(result.out[1]).toContain(advice);
    expect(result.err).toEqual(['langkah: doctor: 1 of 1 lanes cannot send: slack T0NYATA']);
    expect(await found()).toMatchObject({ history: true, clientMsgId: 'ignored' });
  });

  it('cannot send without the scope, without a token, or while Slack gives no answer', async () => {
    const { slack, doctor, found } = await open();
    slack.scopes.delete('chat:write');
    expect((await doctor()).out[1]).toContain('chat:write');
    slack.scopes.add('chat:write');
    expect((await doctor({ SLACK_TOKEN: '' })).out[1]).toContain('SLACK_TOKEN_T0NYATA');
    slack.faults.set('chat.postMessage', { effect: true, answer: 'reset' });
    const { code, out } = await doctor();
    expect([code, out[1]]).toEqual([2, expect.stringContaining('no clear answer')]);
    expect(await found()).toMatchObject({ foundAt: null });
  });

  it('looks into the history when the second copy gets no answer, and leaves one message', async () => {
    const lost = { effect: true, answer: 'reset', skip: 1 } as const;
    const ignoring = await open();
    ignoring.slack.faults.set('chat.postMessage', lost);
    expect((await ignoring.doctor()).code).toBe(0);
    expect(await ignoring.found()).toMatchObject({ clientMsgId: 'ignored' });
    expect(ignoring.slack.shownTo(operator)).toHaveLength(1);
    const honouring = await open();
    honouring.slack.clientMsgId = 'deduplicates';
    honouring.slack.faults.set('chat.postMessage', lost);
    const { out } = await honouring.doctor();
    expect(out.join('\n')).toContain('the second copy got no clear answer');
    expect(await honouring.found()).toMatchObject({ clientMsgId: null, history: true });
  });

  it('tells of a lane that stood still, and lets it go on when asked to', async () => {
    const { db, doctor, found } = await open();
    await sql`UPDATE lanes SET paused_reason = 'token_revoked'`.execute(db);
    expect((await doctor()).out.at(-1)).toContain('add --resume');
    expect((await found())?.pausedReason).toBe('token_revoked');
    expect((await doctor({}, '--resume')).code).toBe(0);
    expect((await found())?.pausedReason).toBeNull();
  });

  it('tells of a lane that was told to wait, and ends that when asked to', async () => {
    const { db, doctor } = await open();
    await sql`UPDATE lanes SET slow_from = now() + interval '100 years', slow_share = 0.5,
      slow_until = now() + interval '101 years', next_arrival = now() + interval '100 years'`.execute(
      db,
    );
    expect((await doctor()).out.at(-1)).toContain('told to wait until');
    expect((await doctor({}, '--resume')).out.at(-1)).toContain('it goes on now');
    expect((await doctor()).out.join()).not.toContain('told to wait');
  });
});

describe('doctor on several lanes', () => {
  it('writes to the person with this employee key', async () => {
    const { db, slack, doctor } = await open();
    const key = 'kunci-daftar-pegawai-untuk-uji-coba-yang-panjang';
    const lane = (await listLanes(db))[0]?.id ?? 0;
    await sql`INSERT INTO units (id, code, name, level_label, valid_from)
      VALUES (1, 'KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01')`.execute(db);
    await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
      VALUES (1, ${pseudonym('KC-0001', key)}, 'Orang Contoh', 1, 'Asia/Jakarta')`.execute(db);
    await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
      VALUES ('slack', 'T0NYATA', 'U0LAIN', 1, ${lane})`.execute(db);
    expect((await doctor({ ROSTER_KEY: key }, '--to', 'KC-0001')).code).toBe(0);
    expect(slack.shownTo('U0LAIN')).toHaveLength(1);
  });

  it('fails when one of them cannot send, and leaves the local host’s chats alone', async () => {
    const { db, slack, doctor } = await open([
      ['slack', 'T0NYATA'],
      ['teams', '00000000-0000-4000-8000-000000000001'],
    ]);
    const { code, out, err } = await doctor();
    expect(code).toBe(2);
    expect(out).toContain('  no credentials: set TEAMS_APP_ID and TEAMS_APP_PASSWORD');
    expect(err[0]).toContain('1 of 2 lanes cannot send: teams 0000');
    expect(slack.shownTo(operator)).toHaveLength(1);
    await sql`UPDATE lanes SET workspace_id = 'T0CONTOH' WHERE platform = 'teams'`.execute(db);
    const local = await doctor();
    expect(local.code).toBe(0);
    expect(local.out.join('\n')).toContain('needs no doctor');
  });

  it('sends one message on Teams, where there is nothing to look up', async () => {
    const tenant = '00000000-0000-4000-8000-000000000001';
    const { doctor, found } = await open([['teams', tenant]]);
    const posted: string[] = [];
    vi.stubGlobal('fetch', async (url: string | URL) => {
      posted.push(new URL(url).pathname);
      return Response.json({ access_token: 'x', expires_in: 3600, id: 'a:1' });
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const env = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'sandi', TEAMS_TENANTS: tenant };
    const person = ['--to', '00000000-0000-4000-8000-00000000000a'] as const;
    const { code, out } = await doctor(env, ...person);
    expect([code, out[1]]).toEqual([0, '  sends: the message arrived']);
    expect(posted).toEqual([
      `/${tenant}/oauth2/v2.0/token`,
      '/teams/v3/conversations',
      '/teams/v3/conversations/a%3A1/activities',
    ]);
    expect(await found()).toMatchObject({ clientMsgId: null, history: false });
  });

  it('says that there is no lane yet, and who is missing', async () => {
    const { doctor, db } = await open([]);
    expect((await doctor()).err[0]).toContain('there is no lane yet');
    await db
      .transaction()
      .execute((trx) =>
        ensureLane(trx, { platform: 'teams', workspaceId: 'x', rate: 8, burst: 20 }),
      );
    const env = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'sandi' };
    expect((await doctor(env)).out[1]).toContain('nobody to write to');
  });
});
