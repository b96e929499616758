import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/app/app.ts';
import { doorBytes, slackPath, teamsPath } from '../../../functions/app/paths.ts';
import { catalogue, userId } from '../../support/slack/sari.ts';
import { slackHouse } from '../../support/slack/workspace.ts';
import { teamsHouse } from '../../support/teams/tenant.ts';
import { longRequest, streamed } from '../long-body.ts';

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

describe('what a door takes', () => {
  const openDoors = async () => {
    const lines: string[] = [];
    const note = (event: string, data?: object) =>
      void lines.push([event, ...Object.values(data ?? {})].join(' '));
    const log = { info: note, warn: note, error: note };
    const [slack, teams] = [slackHouse(catalogue), await teamsHouse(catalogue)];
    const doors = { slack: slack.door, teams: teams.door, ballots: null, pages: null };
    return { app: createApp({ ...doors, log }), slack, lines };
  };

  it.each([
    { path: slackPath, chunked: true },
    { path: slackPath, chunked: false },
    { path: teamsPath, chunked: true },
    { path: teamsPath, chunked: false },
  ])(
    'an unsigned body over the limit gets 413 on $path and is not read to its end (chunked: $chunked)',
    async ({ path, chunked }) => {
      const { app, lines } = await openDoors();
      const { request, read } = longRequest(`http://localhost${path}`, { chunked });
      expect((await app.request(request)).status).toBe(413);
      expect(read()).toBeLessThanOrEqual(chunked ? doorBytes + 128 * 1024 : 0);
      expect(lines).toEqual([`http.refused ${path} too-long`]);
    },
  );

  it('a signed body is taken byte for byte, its length told or not', async () => {
    const { app, slack } = await openDoors();
    const typed = () => slack.workspace.type({ userId, text: 'jeda 3 é 😀' });
    for (const request of [typed(), streamed(typed())])
      expect((await app.request(request)).status).toBe(200);
    expect(slack.bodies).toHaveLength(2);
    for (const body of slack.bodies) expect(body).toContain('jeda 3 é 😀');
  });
});
