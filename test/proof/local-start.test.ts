/** The local edition as real processes: what a newcomer's terminal, a crash and a busy machine do to it. */
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { freePort, startPostgres, wipePostgres } from '../../functions/local/server/postgres.ts';
import {
  addressOf,
  freshHome,
  type HostProcess,
  notedServer,
  serversOn,
  startHost,
} from '../support/host-process.ts';

const anyPort = ['--port', '0'];
const onLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

const stop = async (host: HostProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> => {
  host.child.kill(signal);
  await host.ended;
};

describe.skipIf(!onLinux)('npm start as a process (needs Linux to look at processes)', () => {
  it('opens its first page, and Ctrl+C leaves no server behind', async () => {
    const home = await freshHome();
    const host = startHost({ home, args: anyPort });
    const answer = await fetch(await addressOf(host));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('id="keadaan"');
    const data = join(home, 'postgres');
    expect(serversOn(data)).toHaveLength(1);
    host.child.kill('SIGINT');
    expect(await host.ended).toBe(0);
    expect(serversOn(data)).toEqual([]);
    expect(existsSync(join(home, 'host.json'))).toBe(false);
  });

  it('ends with npm when only npm is told to', async () => {
    const home = await freshHome();
    const host = startHost({ home, args: anyPort, npm: true });
    await addressOf(host);
    // Both streams close only when the host behind npm has gone.
    await stop(host, 'SIGTERM');
    expect(serversOn(join(home, 'postgres'))).toEqual([]);
    expect(host.printed()).not.toContain('selesai diputar ulang');
  });

  it('leaves no server when stopped before it was ready', async () => {
    const home = await freshHome();
    const data = join(home, 'postgres');
    const host = startHost({ home, args: anyPort });
    while (notedServer(data) === null) await sleep(5);
    await stop(host);
    for (let waited = 0; waited < 50 && serversOn(data).length > 0; waited += 1) await sleep(100);
    expect(serversOn(data)).toEqual([]);
  });

  it('moves from a busy port and says so', async () => {
    const busy = createServer();
    const port = await freePort();
    await new Promise<void>((done) => busy.listen(port, '127.0.0.1', done));
    const host = startHost({ home: await freshHome(), args: ['--port', String(port)] });
    const [, used = ''] = await host.said(
      new RegExp(`Porta ${port} sedang dipakai; Langkah memakai (\\d+)`),
    );
    expect((await fetch(`http://127.0.0.1:${used}/`)).status).toBe(200);
    await stop(host);
    busy.close();
  });

  it('goes on after a kill in the middle of the history, over the orphaned server', async () => {
    const home = await freshHome();
    const data = join(home, 'postgres');
    const first = startHost({ home, args: anyPort });
    const url = await addressOf(first);
    await until(async () => /"fraction":0\.[2-9]/.test(await textOf(`${url}/studio/keadaan`)));
    await stop(first, 'SIGKILL');
    const [orphan] = serversOn(data);
    expect(orphan).toBeGreaterThan(1);
    const second = startHost({ home, args: anyPort });
    await second.said(/selesai diputar ulang/);
    expect(serversOn(data)).not.toContain(orphan);
    const heat = await textOf(`${await addressOf(second)}/hr?tab=peta-panas`);
    expect(heat).toContain('<small>n&nbsp;');
    await stop(second);
  });

  it('refuses to start twice on one data folder, and the first goes on', async () => {
    const home = await freshHome();
    const first = startHost({ home, args: anyPort });
    const url = await addressOf(first);
    const second = startHost({ home, args: anyPort });
    expect(await second.ended).toBe(2);
    expect(second.printed()).toContain('Langkah already runs here');
    expect((await fetch(url)).status).toBe(200);
    await stop(first);
  });

  it('works on a Postgres of the operator, and leaves that one running', async () => {
    const folder = await freshHome();
    await mkdir(folder, { mode: 0o755 });
    const own = await startPostgres({ directory: join(folder, 'own'), durable: false });
    const home = await freshHome();
    const host = startHost({ home, args: anyPort, env: { DATABASE_URL: own.url } });
    expect((await fetch(await addressOf(host))).status).toBe(200);
    await stop(host);
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    expect(serversOn(join(folder, 'own'))).toHaveLength(1);
    await own.stop();
  });

  it('begins anew with --reset, stopping what a killed run left', async () => {
    const home = await freshHome();
    const data = join(home, 'postgres');
    const first = startHost({ home, args: anyPort });
    const url = await addressOf(first);
    await until(async () => /"fraction":0\.[1-9]/.test(await textOf(`${url}/studio/keadaan`)));
    await stop(first, 'SIGKILL');
    const orphans = serversOn(data);
    const second = startHost({ home, args: [...anyPort, '--reset'] });
    const state = await textOf(`${await addressOf(second)}/studio/keadaan`);
    expect(state).toContain('"now":"2026-10-1');
    expect(serversOn(data)).toHaveLength(1);
    expect(serversOn(data)).not.toEqual(orphans);
    await stop(second);
  });
});

describe.skipIf(!(onLinux && isRoot))('npm start and the system user (needs root on Linux)', () => {
  it('runs for an ordinary user', async () => {
    const home = await freshHome();
    await mkdir(home);
    await chown(home, 65_534, 65_534);
    const host = startHost({ home, args: anyPort, uid: 65_534, env: { HOME: home } });
    expect((await fetch(await addressOf(host))).status).toBe(200);
    await stop(host);
    expect(serversOn(join(home, 'postgres'))).toEqual([]);
  });

  it('runs for root in a folder closed to all others, says where its data lies, and wipes it there', async () => {
    const closed = await freshHome();
    await mkdir(closed, { mode: 0o700 });
    const home = join(closed, 'home');
    const host = startHost({ home, args: anyPort });
    expect((await fetch(await addressOf(host))).status).toBe(200);
    await stop(host);
    const data = (await readFile(join(home, 'postgres.txt'), 'utf8')).trim();
    expect(data).toMatch(/^\/var\/tmp\/langkah-/);
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
    await wipePostgres(join(home, 'postgres'));
    expect(existsSync(data)).toBe(false);
  });
});

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(50);
};
