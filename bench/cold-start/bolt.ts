/** Bolt as its documentation starts it: an App on an HTTPReceiver, asked once by its own process. */
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { answered, given } from './answer.ts';

const { secret, headers, body } = given();
const logLevel = LogLevel.ERROR;
const receiver = new HTTPReceiver({ signingSecret: secret, logLevel });
const app = new App({
  receiver,
  logLevel,
  // As an installed app: no look-up before the answer.
  authorize: async () => ({ botToken: 'xoxb-contoh', botId: 'B0CONTOH', botUserId: 'U0BOT' }),
});
app.event('app_home_opened', async () => undefined);
const server = await receiver.start(0);
const { port } = server.address() as AddressInfo;
const path = '/slack/events';
const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
  response.resume();
  response.once('end', () => answered(response.statusCode ?? 0));
});
sent.end(body);
