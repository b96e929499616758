import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../core/store/migrate.ts';
import { readMigrations, root } from '../../../functions/app/files.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-store-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** A command line in an environment of its own: its exit code and what it complained of. */
const langkah = async (line: string, env: Record<string, string>) => {
  const told: string[] = [];
  const code = await run(line.split(' '), {
    env: { LANGKAH_HOME: home, ROSTER_KEY: 'kunci-contoh-yang-panjangnya-cukup', ...env },
    now: () => new Date('2026-10-12T00:00:00Z'),
    print: () => undefined,
    complain: (text) => void told.push(text),
  });
  return { code, told: told.join('\n') };
};

const examples = join(root, 'docs/examples');
const commands = [
  'wave list',
  'roster unmatched',
  `roster import ${join(examples, 'people.csv')} --units ${join(examples, 'units.csv')} --yes`,
] as const;

describe('a database that does not answer', () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('is told in one line, exit code 2, without the password', async () => {
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const allowed = 'allowed a Postgres that answers there and lets this user in';
    for (const [place, found] of [
      [`127.0.0.1:${port}`, 'no answer in time'],
      ['127.0.0.1:1', 'ECONNREFUSED'],
    ] as const)
      expect(
        await langkah('wave list', { DATABASE_URL: `postgres://a:rahasia@${place}/x` }),
      ).toEqual({
        code: 2,
        told: `langkah: no connection to the database at ${place}, found ${found}, ${allowed}`,
      });
  });

  it('is told with the words of the server where that refuses', async () => {
    const { url } = await cloneDatabase();
    const other = new URL(url);
    other.pathname = '/tidak-ada';
    const { code, told } = await langkah('wave list', { DATABASE_URL: other.href });
    expect({ code, lines: told.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(told).toContain('found database "tidak-ada" does not exist, allowed ');
  });
});

describe('without a database', () => {
  it('a command names the home of a host with real chats, so that nobody starts the sample for one', async () => {
    expect(await langkah('wave list', {})).toEqual({
      code: 2,
      told: `langkah: no database: no local host runs at ${home}, allowed one started with npm start; for one started with --connect set LANGKAH_HOME=.langkah-connected; or name a database with --database or DATABASE_URL`,
    });
  });
});

describe('a malformed address', () => {
  const allowed = 'allowed postgres://user:password@host:port/database';
  const signs = 'with # as %23, / as %2F, ? as %3F and @ as %40 in the password';

  it.each(['langkah.cluster.rds:5432', 'localhost/langkah', 'mysql://a:rahasia@host/x', ''])(
    'without its beginning is told in one line, exit code 2: %j',
    async (url) => {
      expect(await langkah('wave list', { DATABASE_URL: url })).toEqual({
        code: 2,
        told: `langkah: DATABASE_URL is no address of a database, found no postgres:// at its beginning, ${allowed}`,
      });
    },
  );

  it.each([
    'postgres://a:raha#sia@host:5432/x',
    'postgres://a:12#sia@host:5432/x',
    'postgres://a:12/sia@host:5432/x',
    'postgres://a:12?sia@host:5432/x',
    'postgresql://a:b@host:port/x',
  ])(
    'that cannot be read is told in one line, exit code 2, without the password: %s',
    async (url) => {
      expect(await langkah(`wave list --database ${url}`, {})).toEqual({
        code: 2,
        told: `langkah: --database is no address of a database, found a part that cannot be read, ${allowed} ${signs}`,
      });
    },
  );

  it('names the note of the local host where that holds it', async () => {
    const note = join(home, 'host.json');
    await writeFile(note, JSON.stringify({ databaseUrl: 'langkah:5432' }));
    expect((await langkah('wave list', {})).told).toMatch(`langkah: ${note} is no address `);
    await rm(note);
  });

  it('is none with a socket’s folder in the place of a host', async () => {
    const url = `postgres://a:rahasia@/x?host=${home}`;
    const { code, told } = await langkah('wave list', { DATABASE_URL: url });
    expect({ code, told }).toEqual({
      code: 2,
      told: expect.stringContaining(`no connection to the database at ${home}, found ENOENT, `),
    });
  });
});

describe('a store of another version', () => {
  it('that is older is told in one line, exit code 2, and that this version has to start first', async () => {
    const { db, url } = await cloneDatabase('template1');
    const migrations = [...(await readMigrations('migrations'))].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    await migrate(db, migrations.slice(0, 11), new Date(0));
    const place = new URL(url).host;
    for (const command of commands)
      expect(await langkah(command, { DATABASE_URL: url })).toEqual({
        code: 2,
        told: `langkah: the store at ${place} is of another version, found it without ${migrations[11]?.name}, allowed one with every migration of this version: start the host or deploy the functions of this version first`,
      });
    expect((await sql`SELECT name FROM people`.execute(db)).rows).toEqual([]);
  });

  it('that is newer is told in one line, exit code 2, and to use that version’s command', async () => {
    const { db, url } = await cloneDatabase();
    await sql`INSERT INTO migrations VALUES ('migrations/9999_later.sql', now())`.execute(db);
    await sql`ALTER TABLE people RENAME COLUMN name TO full_name`.execute(db);
    expect(await langkah('roster unmatched', { DATABASE_URL: url })).toEqual({
      code: 2,
      told: `langkah: the store at ${new URL(url).host} is of another version, found migrations/9999_later.sql, allowed only migrations that this version knows: use the langkah of the version that runs there`,
    });
  });

  it('is not made up for a database without a store', async () => {
    const { url } = await cloneDatabase('template1');
    for (const command of commands)
      expect(await langkah(command, { DATABASE_URL: url })).toEqual({
        code: 2,
        told: `langkah: the database at ${new URL(url).host} holds no Langkah store yet: start the host once first`,
      });
  });

  it('is not made up for a fault of this version’s own', async () => {
    const { db, url } = await cloneDatabase();
    await sql`ALTER TABLE people RENAME COLUMN name TO full_name`.execute(db);
    await expect(langkah('roster unmatched', { DATABASE_URL: url })).rejects.toThrow('name');
  });
});
