import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { doorBytes, slackPath, teamsPath } from '../../../../functions/app/paths.ts';
import { newLink, pageSettings } from '../../ballot-page.ts';
import { doorSettings, openWorkspace, userId, workspaceId } from '../../one-person.ts';
import { startAmazon } from '../amazon.ts';
import { gatewayEvent } from '../event.ts';

const amazon = await startAmazon();
const { workspace } = openWorkspace();
const settings = {
  ...doorSettings,
  ...pageSettings,
  SLACK_SIGNING_SECRET: `lama-sekali, ${workspace.signingSecret}`,
};
let handler: typeof import('../../../../functions/aws/http/main.ts').handler;

beforeAll(async () => {
  for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
  vi.stubEnv('SETTINGS_SECRETS', 'langkah/doors');
  amazon.secrets.set('langkah/doors', JSON.stringify(settings));
  // Nothing here may reach the internet.
  vi.stubGlobal('fetch', workspace.fetch);
  ({ handler } = await import('../../../../functions/aws/http/main.ts'));
});
afterAll(async () => {
  await amazon.stop();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Takes everything off the queue. */
const queued = async (): Promise<readonly unknown[]> =>
  (await amazon.take('inbox')).map((body) => JSON.parse(body));

const post = (path: string, body: string): Request =>
  new Request(`https://api.contoh.example${path}`, { method: 'POST', body });

describe('the door on AWS', () => {
  it('keeps typed words beyond ASCII when the body comes as base64 with a charset', async () => {
    const typed = workspace.type({ userId, text: 'apa ini? é 😀 \ufffe' });
    const contentType = 'application/json; charset=utf-8';
    const answer = await handler(await gatewayEvent(typed, { base64: true, contentType }));
    expect(answer.statusCode).toBe(200);
    expect(await queued()).toMatchObject([
      {
        platform: 'slack',
        ballot: null,
        body: { event: { text: 'apa ini? é 😀 \ufffe', user: userId } },
      },
    ]);
  });

  it('keeps a slash command whose form comes as text with a charset', async () => {
    const typed = workspace.command({ userId, text: 'jeda 3' });
    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    const answer = await handler(await gatewayEvent(typed, { base64: false, contentType }));
    expect(answer.statusCode).toBe(200);
    expect(await queued()).toMatchObject([{ body: { text: 'jeda 3', team_id: workspaceId } }]);
  });

  it('refuses a body that was changed, one without a signature and one without a token', async () => {
    const changed = await gatewayEvent(workspace.type({ userId, text: 'halo' }), { base64: false });
    const answers = [
      await handler({ ...changed, body: `${changed.body} ` }),
      await handler(await gatewayEvent(post('/slack/events', '{not json'), { base64: true })),
      await handler(await gatewayEvent(post('/teams/messages', '{}'), { base64: false })),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect(await queued()).toEqual([]);
  });

  // Slack's path on AWS is not the web application's, whose limit it passed by.
  it.each([
    { base64: true, path: slackPath },
    { base64: false, path: slackPath },
    { base64: true, path: teamsPath },
  ])('turns a body over the limit away from $path unread (base64: $base64)', async (at) => {
    const { path, base64 } = at;
    const ask = async (length: number) =>
      (await handler(await gatewayEvent(post(path, 'a'.repeat(length)), { base64 }))).statusCode;
    expect([await ask(doorBytes + 1), await ask(doorBytes)]).toEqual([413, 401]);
  });

  it('queues what is sent through a link sealed, and thanks on another page', async () => {
    const link = await newLink();
    for (const base64 of [true, false]) {
      const sent = await handler(await gatewayEvent(link.send(), { base64 }));
      expect(sent).toMatchObject({
        statusCode: 303,
        headers: { location: '/suara/diterima?bahasa=id' },
      });
      const [entry] = await queued();
      expect(JSON.stringify(entry)).not.toContain('kenari');
      const { platform, ballot } = Object(entry);
      expect([platform, ballot.ticket]).toEqual(['web', link.token]);
      expect(await link.open(ballot.sealed)).toEqual({
        answers: { 'reg-a': 4 },
        comment: 'burung kenari é 😀',
      });
    }
    const thanks = new Request('https://survei.kementerian.example/suara/diterima');
    const answer = await handler(await gatewayEvent(thanks, { base64: false }));
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    expect(Buffer.from(answer.body ?? '', 'base64').toString()).toContain('Kementerian Contoh');
  });

  it('tells a health check that it is well, and knows no other page', async () => {
    const get = async (path: string) =>
      handler(
        await gatewayEvent(new Request(`https://api.contoh.example${path}`), { base64: false }),
      );
    const well = await get('/sehat');
    expect(Buffer.from(well.body ?? '', 'base64').toString('utf8')).toBe('ok');
    expect(well.statusCode).toBe(200);
    expect((await get('/hr')).statusCode).toBe(404);
  });

  it('takes a corrected setting up within minutes while it is warm, and stays as it was by a broken one', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = async (change: Readonly<Record<string, string>> | null, minutes: number) => {
      const body = change === null ? '{' : JSON.stringify({ ...settings, ...change });
      amazon.secrets.set('langkah/doors', body);
      vi.setSystemTime(Date.now() + minutes * 60_000);
      const typed = workspace.type({ userId, text: 'halo' });
      return (await handler(await gatewayEvent(typed, { base64: true }))).statusCode;
    };
    const wrong = { SLACK_SIGNING_SECRET: 'milik-aplikasi-lain' };
    expect(await asked(wrong, 1)).toBe(200);
    expect(await asked(wrong, 4)).toBe(401);
    expect(await asked({}, 4)).toBe(401);
    expect(await asked({}, 1)).toBe(200);
    expect(await asked(null, 5)).toBe(200);
    expect(await asked({ TICKET_KEY: '' }, 5)).toBe(200);
    expect(await asked({}, 5)).toBe(200);
    await queued();
  });

  it('answers 500 without a word when the queue does not take it', async () => {
    amazon.loseQueue();
    const typed = workspace.type({ userId, text: 'halo' });
    const answer = await handler(await gatewayEvent(typed, { base64: true }));
    expect(answer).toMatchObject({ statusCode: 500, body: '' });
  });
});
