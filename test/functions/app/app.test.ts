import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/app/app.ts';

const open = () => {
  const lines: string[] = [];
  const note = (event: string) => void lines.push(event);
  const pages = new Hono();
  pages.post('/hr/periode', csrf(), (c) => c.text('done'));
  pages.get('/rusak', () => {
    throw new TypeError('rahasia');
  });
  const log = { info: note, warn: note, error: note };
  const app = createApp({ slack: null, teams: null, ballots: null, pages, log });
  const post = (origin: string) =>
    app.request('http://localhost/hr/periode', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: 'act=schedule',
    });
  return { app, post, lines };
};

describe('what the application answers', () => {
  it("another site's form gets 403", async () => {
    const { post, lines } = open();
    expect((await post('https://jahat.example')).status).toBe(403);
    expect((await post('http://localhost')).status).toBe(200);
    expect(lines).toEqual([]);
  });

  it('a fault of ours is a 500 without a word, and told in the log', async () => {
    const { app, lines } = open();
    const answer = await app.request('http://localhost/rusak');
    expect([answer.status, await answer.text(), lines]).toEqual([500, '', ['http.failed']]);
  });
});
