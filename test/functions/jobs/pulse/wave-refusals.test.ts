import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fewestRespondents } from '../../../../core/results/threshold.ts';
import { wavesData } from '../../../../functions/app/pages/waves-data.ts';
import { run } from '../../../../functions/local/cli/run.ts';
import { previewRules } from '../../../../functions/local/preview/rules.ts';
import { wavesRoutes } from '../../../../web/hr/waves/routes.tsx';
import { dump, type House, openHouse } from '../../../support/house.ts';
import { onDatabase } from '../../../support/run/server.ts';
import { site } from '../../../web/hr/fixtures.ts';
import { longRequest } from '../../long-body.ts';

const viewer = { id: 'SDM', en: 'HR' };
const host = 'http://localhost';

/** What nobody may do to a wave that was launched: the page's words for it, as somebody might try them. */
const forged: readonly (readonly [string, string])[][] = [
  [['act', 'reopen']],
  [['act', 'open']],
  [['act', 'restore']],
  [['act', 'cancel']],
  [
    ['act', 'postpone'],
    ['opens', '2026-12-01'],
  ],
  [
    ['act', 'close'],
    ['sure', 'yes'],
    ['until', '2026-12-31'],
  ],
  [
    ['act', 'depth'],
    ['depth', 'units'],
  ],
  [
    ['act', 'depth'],
    ['depth', 'teams'],
  ],
  [
    ['act', 'depth'],
    ['depth', 'agency'],
    ['threshold', '1'],
  ],
  [
    ['act', 'threshold'],
    ['threshold', '2'],
  ],
  [['act', 'abandon']],
  [['act', 'export']],
  [
    ['act', 'choose'],
    ...['reg-2', 'dat-2', 'ppl-2', 'inf-2', 'cul-2'].map((id): [string, string] => [
      'rotating',
      id,
    ]),
  ],
];

/** The same on the command line. */
const lines = [
  'wave reopen w1',
  'wave open w1',
  'wave restore w1',
  'wave cancel w1',
  'wave postpone w1 --opens 2026-12-01',
  'wave depth w1 --depth units',
  'wave depth w1 --depth by-place',
  'wave depth w1 --depth teams',
  'wave choose w1 --items reg-2,dat-2,ppl-2,inf-2,cul-2',
  'wave close w1 --yes --until 2026-12-31',
  'wave abandon w1',
  'wave abandon w1 --yes',
  'wave export w1',
  'wave members w1',
  'wave threshold w1 2',
  'wave schedule --opens 2027-03-15 --items reg-1,dat-1,ppl-1,inf-1,cul-1 --threshold 2',
  'wave list --threshold 2',
  'delivery show --people --stream pulse-reminder',
  'delivery show --people --stream pulse',
];

describe('a launched wave', () => {
  let house: House;
  let home = '';
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
    home = await mkdtemp(join(tmpdir(), 'langkah-refusals-'));
    await house.tickAt('2026-10-12T00:00:00Z');
    await sql`UPDATE waves SET depth = 'directorates' WHERE id = 'w1'`.execute(house.db);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const langkah = async (line: string) => {
    const { rows } = await sql<{ name: string }>`
      SELECT current_database() AS name`.execute(house.db);
    const said: string[] = [];
    const code = await run(line.split(' '), {
      env: {
        LANGKAH_HOME: home,
        DATABASE_URL: onDatabase(inject('databaseUrl'), rows[0]?.name ?? ''),
      },
      now: () => house.host.clock.now(),
      print: (text) => void said.push(text),
      complain: (text) => void said.push(text),
    });
    return { code, text: said.join('\n') };
  };

  it.each(forged)('is not changed by the form %j', async (...fields) => {
    const app = wavesRoutes(wavesData(house.host.context, viewer, previewRules), site);
    const before = await dump(house.db);
    const response = await app.request(`${host}/hr/periode/w1`, {
      method: 'POST',
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: host },
    });
    expect([400, 422]).toContain(response.status);
    expect(await dump(house.db)).toBe(before);
  });

  it.each(['/hr/periode', '/hr/periode/w1'])('reads no endless form for %s', async (path) => {
    const app = wavesRoutes(wavesData(house.host.context, viewer, previewRules), site);
    const long = longRequest(host + path, { chunked: true });
    expect((await app.request(long.request)).status).toBe(413);
    expect(long.read()).toBeLessThan(1024 * 1024);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('has no page that answers %s', async (method) => {
    const app = wavesRoutes(wavesData(house.host.context, viewer, previewRules), site);
    for (const path of ['/hr/periode', '/hr/periode/w1', '/hr/periode/w1/anggota'])
      expect((await app.request(host + path, { method, headers: { origin: host } })).status).toBe(
        404,
      );
  });

  it.each(lines)('is not changed by langkah %s', async (line) => {
    const before = await dump(house.db);
    const { code, text } = await langkah(line);
    expect(code, text).toBe(2);
    expect(text).not.toBe('');
    expect(await dump(house.db)).toBe(before);
  });

  it('has no option, setting or table that holds the threshold', async () => {
    const { text } = await langkah('wave schedule --help');
    expect(text).not.toMatch(/threshold|respondents/i);
    const { rows } = await sql`SELECT 1 FROM information_schema.columns
      WHERE column_name ~ 'threshold|fewest|respondent'`.execute(house.db);
    expect(rows).toEqual([]);
    expect(fewestRespondents).toBe(6);
  });

  it.each([
    ['reopened', sql`UPDATE waves SET status = 'open' WHERE id = 'old'`],
    ['reopened for counting', sql`UPDATE waves SET status = 'closing' WHERE id = 'old'`],
    ['prolonged', sql`UPDATE waves SET closes_at = closes_at + interval '1 day' WHERE id = 'w1'`],
    [
      'given another end after its close',
      sql`UPDATE waves SET closes_at = opens_at WHERE id = 'old'`,
    ],
    ['cut finer', sql`UPDATE waves SET depth = 'units' WHERE id = 'w1'`],
    ['cut anew', sql`UPDATE waves SET groups = '[{"unit": 1}]' WHERE id = 'w1'`],
    ['asked anew', sql`UPDATE waves SET items = '{reg-2}' WHERE id = 'w1'`],
    ['sealed to another key', sql`UPDATE waves SET public_key = '{}' WHERE id = 'w1'`],
    ['given up while it is open', sql`UPDATE waves SET keys = 'abandoned' WHERE id = 'w1'`],
    ['launched again', sql`DELETE FROM waves WHERE id = 'w1'`],
    [
      'joined later',
      sql`INSERT INTO wave_members SELECT 'w1', id, '{1}' FROM people
      WHERE status = 'left'`,
    ],
    ['joined after its close', sql`INSERT INTO wave_members SELECT 'old', id, '{1}' FROM people`],
    ['re-segmented', sql`UPDATE wave_members SET groups = '{1}' WHERE wave_id = 'w1'`],
  ])('is not %s, not even with the database in hand', async (_, statement) => {
    await sql`INSERT INTO waves VALUES ('old', 'pulse', '{reg-a}', '2026-08-03T00:00:00Z',
      '2026-08-14T10:00:00Z', 'erased', '{}', 0) ON CONFLICT DO NOTHING`.execute(house.db);
    const before = await dump(house.db);
    await expect(statement.execute(house.db)).rejects.toMatchObject({ code: '23514' });
    expect(await dump(house.db)).toBe(before);
  });
});
