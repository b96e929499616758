import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import { readOptions } from '../../../functions/local/options.ts';
import { forgetHost, noteHost, refuseSecond } from '../../../functions/local/server/lock.ts';
import { start } from '../../../functions/local/start.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-lock-'));
afterAll(() => rm(home, { recursive: true, force: true }));

describe('what npm start can be told', () => {
  it('is the port, the language, a reset and help, each with a default', () => {
    expect(readOptions([])).toEqual({
      port: 4310,
      language: 'id',
      ballot: 'chat',
      connect: false,
      reset: false,
      help: false,
    });
    expect(readOptions(['--ballot', 'web']).ballot).toBe('web');
    expect(readOptions(['--port', '0', '--lang', 'en', '--reset', '-h'])).toEqual({
      port: 0,
      language: 'en',
      ballot: 'chat',
      connect: false,
      reset: true,
      help: true,
    });
  });

  it.each([
    [['--port', '70000'], '--port: found "70000", allowed 0 to 65535'],
    [['--port', 'x'], '--port: found "x"'],
    [['--port', ''], '--port: found ""'],
    [['--lang', 'fr'], '--lang: found "fr", allowed id, en'],
    [['--colour'], 'See npm start -- --help'],
  ] as const)('%j is one clear error', (args, said) => {
    expect(() => readOptions(args)).toThrow(ConfigError);
    expect(() => readOptions(args)).toThrow(said);
  });
});

describe('one host a data folder', () => {
  const note = (pid: number) =>
    noteHost(home, { pid, databaseUrl: 'postgres://x', url: 'http://localhost:4310' });

  it('starts beside no note, its own, one of a dead process, and one cut off by a crash', async () => {
    await refuseSecond(home);
    await note(process.pid);
    await refuseSecond(home);
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    await note(gone.pid ?? 0);
    await refuseSecond(home);
    await writeFile(join(home, 'host.json'), '{"pid": 1');
    await refuseSecond(home);
  });

  it('refuses a second one and says where the first is', async () => {
    const script = join(home, 'functions/local/main.mjs');
    await mkdir(join(home, 'functions/local'), { recursive: true });
    await writeFile(script, "console.log('up'); setTimeout(() => undefined, 60_000);");
    const running = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(running.stdout, 'data');
    await note(running.pid ?? 0);
    await expect(refuseSecond(home)).rejects.toThrow('already runs here: http://localhost:4310');
    running.kill();
    await once(running, 'exit');
    await refuseSecond(home);
    await forgetHost(home);
  });
});

describe('a database of one’s own that does not answer', () => {
  it('is one clear error without the password', async () => {
    const said = await start(readOptions(['--port', '0']), {
      home: join(home, 'data'),
      databaseUrl: 'postgres://langkah:sandi-9137@127.0.0.1:1/langkah',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      wallClock: () => 0,
    }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(said).toBeInstanceOf(ConfigError);
    expect(String(said)).toContain('DATABASE_URL: no connection to 127.0.0.1:1');
    expect(String(said)).not.toContain('9137');
  });
});
