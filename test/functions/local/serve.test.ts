import { request } from 'node:http';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forThisMachine, serveOn } from '../../../functions/local/serve.ts';

/** What a page answers that is asked for by `host`. */
const asked = async (port: number, host: string): Promise<string> =>
  new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path: '/hr', headers: { host } }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        text += String(bytes);
      });
      answer.on('end', () => done(`${answer.statusCode} ${text.split('\n')[1] ?? text}`));
    });
    sent.on('error', fail);
    sent.end();
  });

describe('pages without a sign-in', async () => {
  const open = async () => {
    const pages = new Hono();
    pages.get('/hr', (c) => c.text('HR'));
    const serving = await serveOn(forThisMachine(pages), 0);
    onTestFinished(serving.stop);
    return serving.port;
  };

  it('a page asked for by another host name is refused', async () => {
    const port = await open();
    const others = ['jahat.example', `jahat.example:${port}`, 'localhost.jahat.example'];
    for (const host of [...others, `127.0.0.1.jahat.example:${port}`, '192.168.1.4', '0.0.0.0'])
      expect(await asked(port, host)).toBe(
        '403 This page opens on this computer only, at http://localhost.',
      );
  });

  it('open by each name of this machine', async () => {
    const port = await open();
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])
      expect([await asked(port, host), await asked(port, `${host}:${port}`)]).toEqual([
        '200 HR',
        '200 HR',
      ]);
  });
});
