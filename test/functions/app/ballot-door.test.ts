import type { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WebBallot } from '../../../core/conversation/event.ts';
import { newWaveKeys, openBallot } from '../../../core/survey/ballot/ballot.ts';
import { sealVoter, signLink } from '../../../core/survey/ballot/link.ts';
import { signTicket } from '../../../core/survey/ballot/ticket.ts';
import { createApp } from '../../../functions/app/app.ts';
import { ballotDoor } from '../../../functions/app/doors/ballot-door.ts';
import { readCatalogue } from '../../../functions/app/files.ts';

const catalogue = await readCatalogue();
const ticketKey = 'kunci-tiket-uji';
const closesAt = '2026-10-23T10:00:00.000Z';
const { publicKey, privateKey, secret } = await newWaveKeys();
const items = catalogue.survey.items.slice(0, 10).map(({ id }) => id);
const ticket = { wave: 'w1', items, publicKey, closesAt, language: 'id' as const };
const token = signLink({ ticket, voter: sealVoter(secret, 'w1', 4711) }, ticketKey);
const origin = 'https://langkah.kementerian.example';

let now = new Date();
let bodies: string[] = [];
let lines: string[] = [];
let queueFails = false;
let app: Hono;
beforeEach(() => {
  now = new Date('2026-10-20T03:00:00Z');
  bodies = [];
  lines = [];
  queueFails = false;
  const line = (event: string, fields: object = {}): void =>
    void lines.push(JSON.stringify([event, fields]));
  const log = { info: line, warn: line, error: line };
  const ballots = ballotDoor({
    agency: 'Kementerian Contoh',
    ticketKey,
    catalogue,
    queue: {
      put: async (body) => {
        if (queueFails) throw new Error('rahasia');
        bodies.push(body);
      },
    },
    clock: { now: () => now },
    log,
  });
  app = createApp({ slack: null, teams: null, ballots, pages: null, log });
});

const open = (path = token, query = ''): Promise<Response> =>
  Promise.resolve(app.request(`${origin}/suara/${path}${query}`));
const send = (
  answers: Readonly<Record<string, string>> | string,
  { path = token, headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Response> =>
  Promise.resolve(
    app.request(`${origin}/suara/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      body: typeof answers === 'string' ? answers : new URLSearchParams(answers).toString(),
    }),
  );
const all = (value: string) => Object.fromEntries(items.map((id) => [id, value]));
const queued = (): readonly WebBallot[] => bodies.map((body) => JSON.parse(body));

describe('the form behind a link', () => {
  it('says what this way of answering means before the first item, and asks all of them', async () => {
    const answer = await open();
    expect(answer.status).toBe(200);
    const page = await answer.text();
    const meaning = page.indexOf('jawaban tidak melewati aplikasi obrolan');
    expect(meaning).toBeGreaterThan(0);
    expect(page.indexOf('sedikitnya 5 responden selain pembaca')).toBeGreaterThan(0);
    expect(page.indexOf('<input')).toBeGreaterThan(meaning);
    expect(page).not.toContain('penyedianya ikut memproses jawaban');
    expect(page).not.toMatch(/anonim/i);
    expect(page.match(/<fieldset>/g)).toHaveLength(items.length);
    expect(page).toContain('Bukan saluran pengaduan; gunakan WBS atau SP4N-LAPOR!');
    expect(page).toContain('Jumat, 23 Oktober 2026');
    expect(page).not.toMatch(/required|checked|<script/);
  });

  it('is the same form in English when asked for', async () => {
    const page = await (await open(token, '?bahasa=en')).text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('do not pass through the chat app');
    expect(page).toMatch(/Friday,? 23 October 2026/);
  });

  it('asks nothing of anybody else, is kept nowhere, and takes nothing by being looked at', async () => {
    for (const answer of [await open(), await open('palsu'), await send({})]) {
      const { headers } = answer;
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self'/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    }
    expect(bodies).toEqual([]);
  });
});

describe('a sent form', () => {
  it('is sealed before it is queued, leaves the link’s address, and opens for the tally alone', async () => {
    const answer = await send({ ...all('5'), comment: 'Perlu pelatihan burung kenari' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/suara/diterima?bahasa=id',
    ]);
    const [entry] = queued();
    expect(entry).toMatchObject({ platform: 'web', receivedAt: now.toISOString() });
    expect(bodies.join()).not.toMatch(/kenari|"reg-a"|4711/);
    expect(lines.join()).not.toMatch(/kenari|reg-a/);
    expect(await openBallot(privateKey, entry?.ballot.sealed ?? '', { wave: 'w1', items })).toEqual(
      {
        answers: Object.fromEntries(items.map((id) => [id, 5])),
        comment: 'Perlu pelatihan burung kenari',
      },
    );
    const thanks = await (await app.request(`${origin}/suara/diterima?bahasa=id`)).text();
    expect(thanks).toContain('sudah diterima');
    expect(thanks).toContain('Minta tautan baru');
  });

  it('is answered with the same bytes, and queued with the same size, whatever was chosen', async () => {
    const answers = [
      await send(all('1')),
      await send({ ...all('na'), comment: '😀'.repeat(500) }),
      await send({ [items[0] ?? '']: '3' }),
    ];
    const seen = answers.map(async (one) => [
      one.status,
      [...one.headers],
      Buffer.from(await one.arrayBuffer()).toString('hex'),
    ]);
    const [first, ...rest] = await Promise.all(seen);
    for (const other of rest) expect(other).toEqual(first);
    expect(new Set(bodies.map(({ length }) => length)).size).toBe(1);
    expect(bodies).toHaveLength(3);
  });

  it('may be partly filled in; values off the scale and inputs of no item are no answers', async () => {
    await send({ [items[0] ?? '']: 'na', [items[1] ?? '']: '9', __proto__: '1', lain: '5' });
    const [entry] = queued();
    expect(await openBallot(privateKey, entry?.ballot.sealed ?? '', { wave: 'w1', items })).toEqual(
      {
        answers: { [items[0] ?? '']: 'na' },
        comment: null,
      },
    );
  });

  it('without a single answer comes back, and nothing is queued that could wipe out an earlier one', async () => {
    for (const empty of ['', 'comment=%20%0A', `${items[0]}=`, `${items[0]}=7`]) {
      const answer = await send(empty);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('Belum ada jawaban yang terbaca');
    }
    expect(bodies).toEqual([]);
  });

  it('says that it could not be kept when the queue is gone, and the log names no link', async () => {
    queueFails = true;
    const answer = await send(all('2'));
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('Jawaban belum terkirim');
    expect(lines).toEqual(['["ballot-door-failed",{"error":"Error"}]']);
  });
});

describe('an attack on the ballot page', () => {
  it('with a forged, cut or foreign link gets no form and queues nothing', async () => {
    const foreign = await newWaveKeys();
    const others = [
      'x',
      token.slice(0, -1),
      `${token}A`,
      signLink({ ticket, voter: sealVoter(secret, 'w1', 4711) }, 'kunci lain'),
      signTicket({ ...ticket, publicKey: foreign.publicKey }, ticketKey),
    ];
    for (const path of others) {
      const looked = await open(path);
      expect([path, looked.status]).toEqual([path, 404]);
      expect(await looked.text()).toContain('Tautan tidak dikenali');
      expect((await send(all('1'), { path })).status).toBe(404);
    }
    expect(bodies).toEqual([]);
    expect(lines.join()).not.toContain(token.slice(0, 40));
  });

  it('after the close gets a kind refusal and no form', async () => {
    now = new Date(closesAt);
    for (const answer of [await open(), await send(all('1'))]) {
      expect(answer.status).toBe(410);
      const page = await answer.text();
      expect(page).toContain('sudah ditutup');
      expect(page).not.toContain('<form');
    }
    expect(bodies).toEqual([]);
  });

  it('from another site’s page, as another kind of body, or huge, is turned away unread', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' };
    expect((await send(all('1'), { headers: cross })).status).toBe(403);
    const json = { 'content-type': 'application/json' };
    expect((await send(JSON.stringify(all('1')), { headers: json })).status).toBe(415);
    const multi = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await send('--x--', { headers: multi })).status).toBe(415);
    expect((await send(`comment=${'x'.repeat(20_000)}`)).status).toBe(413);
    const stream = new Request(`${origin}/suara/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new ReadableStream({
        start: (controller) => {
          for (let part = 0; part < 100; part += 1) controller.enqueue(new Uint8Array(1024));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect((await app.fetch(stream)).status).toBe(413);
    expect(bodies).toEqual([]);
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await app.request(`${origin}/suara/${token}`, { method })).status).toBe(404);
  });

  it('with words of markup in a comment or in the address shows none of it', async () => {
    const page = await (await open('%3Cscript%3Ealert(1)%3C%2Fscript%3E', '?bahasa=%22%3E')).text();
    expect(page).not.toContain('<script');
    const back = await (await send({ lain: '"><script>' })).text();
    expect(back).not.toContain('<script');
  });
});
