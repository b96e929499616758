import type { HttpRequest } from '@azure/functions';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { createApp } from '../../../functions/app/app.ts';
import { doorBytes, slackPath, teamsPath } from '../../../functions/app/paths.ts';
import { answerHttp } from '../../../functions/azure/http.ts';
import { longRequest, streamed } from '../long-body.ts';

const address = 'https://langkah.azurewebsites.net';
/** The host hands over a request of Node's own in all but its types. */
const asHost = (request: Request) => request as unknown as HttpRequest;
const open = () => {
  const quiet = () => undefined;
  const log = { info: quiet, warn: quiet, error: quiet };
  const door = async (request: Request) => new Response(await request.arrayBuffer());
  return createApp({ slack: door, teams: door, ballots: null, pages: null, log });
};

it.each([
  { path: slackPath, chunked: true },
  { path: slackPath, chunked: false },
  { path: teamsPath, chunked: true },
  { path: teamsPath, chunked: false },
])(
  'a body over the limit gets 413 on $path and is not read to its end (chunked: $chunked)',
  async ({ path, chunked }) => {
    const { request, read } = longRequest(address + path, { chunked });
    expect((await answerHttp(open(), asHost(request))).status).toBe(413);
    expect(read()).toBeLessThanOrEqual(chunked ? doorBytes + 128 * 1024 : 0);
  },
);

it('hands a body over byte for byte, its length told or not', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const sent = () => new Request(address + slackPath, { method: 'POST', body: bytes });
  for (const request of [sent(), streamed(sent())])
    expect((await answerHttp(open(), asHost(request))).body).toEqual(bytes);
});

it('asks without a body where there is none', async () => {
  const app = new Hono().get('/sehat', (c) => c.text('ok'));
  expect((await answerHttp(app, asHost(new Request(`${address}/sehat`)))).status).toBe(200);
});
