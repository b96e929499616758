import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshHome, startHost } from '../support/host-process.ts';
import { cloneDatabase } from '../support/run/database.ts';

describe('npm start, told something it cannot do', () => {
  it('explains itself and touches nothing', async () => {
    const home = await freshHome();
    const host = startHost({ home, args: ['--help'] });
    expect(await host.ended).toBe(0);
    expect(host.printed()).toContain('npm start -- --reset');
    expect(existsSync(home)).toBe(false);
  });

  it('refuses an unknown option, and a wrong port, with exit code 2', async () => {
    const home = await freshHome();
    const unknown = startHost({ home, args: ['--prot', '5000'] });
    expect(await unknown.ended).toBe(2);
    expect(unknown.printed()).toContain("'--prot'");
    const wrong = startHost({ home, args: ['--port', 'abc'] });
    expect(await wrong.ended).toBe(2);
    expect(wrong.printed()).toContain('--port: found "abc", allowed 0 to 65535');
    expect(existsSync(home)).toBe(false);
  });

  it('names a level of the log that there is not', async () => {
    const host = startHost({ home: await freshHome(), env: { LANGKAH_LOG: 'ramai' } });
    expect(await host.ended).toBe(2);
    expect(host.printed()).toContain('LANGKAH_LOG: found "ramai", allowed trace, debug, info');
  });

  it('does not play the sample in the store of an agency', async () => {
    const { db, url } = await cloneDatabase();
    await sql`WITH unit AS (INSERT INTO units (code, name, level_label, valid_from)
        VALUES ('KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01') RETURNING id)
      INSERT INTO people (employee_key, name, unit_id, time_zone)
      SELECT 'kunci', 'Contoh', id, 'Asia/Jakarta' FROM unit`.execute(db);
    const host = startHost({ home: await freshHome(), env: { DATABASE_URL: url } });
    expect(await host.ended).toBe(2);
    expect(host.printed()).toContain('DATABASE_URL: found the store of an agency');
  });

  it.each([
    ['a port nobody listens on', 'postgres://langkah:rahasia@127.0.0.1:9/postgres', '127.0.0.1:9'],
    ['no URL at all', 'rahasia', 'DATABASE_URL'],
  ])('names a wrong DATABASE_URL in one line without its password: %s', async (_, url, named) => {
    const host = startHost({ home: await freshHome(), env: { DATABASE_URL: url } });
    expect(await host.ended).toBe(2);
    const lines = host
      .printed()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(named);
    expect(host.printed()).not.toContain('rahasia');
  });
});
