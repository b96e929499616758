import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../../../core/store/calendars.ts';
import { listPeople, listUnits } from '../../../core/store/people/people.ts';
import { root } from '../../../functions/app/files.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { fileSecrets, rosterKeyName } from '../../../functions/local/secrets.ts';
import { cloneDatabase } from '../../support/run/database.ts';

type Result = { readonly code: number; readonly out: string; readonly err: string };

const examples = join(root, 'docs/examples');

describe('the command langkah', async () => {
  const { db, url } = await cloneDatabase();
  const home = await mkdtemp(join(tmpdir(), 'langkah-cli-'));
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** In this process, with an environment of its own. */
  const langkah = async (
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<Result> => {
    const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
    const code = await run(args, {
      env: { LANGKAH_HOME: home, ...env },
      now: () => new Date(),
      print: (line) => void lines.out.push(`${line}\n`),
      complain: (line) => void lines.err.push(`${line}\n`),
    });
    return { code, out: lines.out.join(''), err: lines.err.join('') };
  };
  /** As a shell starts it. */
  const spawned = (args: readonly string[]): Promise<Result> =>
    new Promise((done) => {
      execFile(
        process.execPath,
        [join(root, 'functions/local/cli/langkah.js'), ...args],
        { cwd: home, env: { LANGKAH_HOME: home } },
        (error, out, err) => done({ code: Number(error?.code ?? 0), out, err }),
      );
    });
  const key = { ROSTER_KEY: 'kunci-contoh-yang-panjangnya-cukup' };
  const save = async (name: string, text: string): Promise<string> => {
    const path = join(home, name);
    await writeFile(path, text);
    return path;
  };
  const people = join(examples, 'people.csv');
  const units = ['--units', join(examples, 'units.csv')];

  it('says nothing of a reader who has seen enough', async () => {
    const path = join(root, 'functions/local/cli/langkah.js');
    const child = spawn(process.execPath, [path, 'content', 'check'], { cwd: home });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    const [code] = await once(child, 'close');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('shows a roster first and writes it only with --yes', async () => {
    const args = ['roster', 'import', people, ...units, '--database', url];
    const shown = await langkah(args, key);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('new units: 3\n  KC Kementerian Contoh\n');
    expect(shown.out).toContain('joiners: 3\n  Adi Contoh, KC\n');
    expect(shown.out).toContain('without a chat identity: 1\n  Bagas Peraga, SJ-SDM\n');
    expect(shown.out).toContain('nothing was written');
    expect(await listPeople(db)).toEqual([]);
    const applied = await langkah([...args, '--yes'], key);
    expect(applied.out).toContain('applied: 3 people');
    expect((await listPeople(db)).map(({ name }) => name)).toEqual([
      'Adi Contoh',
      'Rina Umpama',
      'Bagas Peraga',
    ]);
    expect(await listUnits(db)).toHaveLength(3);
  });

  it('tells every fault with its line, ends with 2 and writes nothing', async () => {
    const head =
      'employee_key,name,email,unit,time_zone,work_pattern,roles,language,grade_band,slack_workspace,slack_user,teams_tenant,teams_user,leave_from,leave_to,status';
    const file = await save(
      'bad.csv',
      `${head}\n9,Citra Contoh,,KC,WIB,,,,,,,,,,,\n10,Danu Contoh,,XX,Mars/Satu,,,,,,,,,,,\n`,
    );
    const before = await listPeople(db);
    const result = await langkah(['roster', 'import', file, '--yes'], {
      ...key,
      DATABASE_URL: url,
    });
    expect(result.code).toBe(2);
    expect(result.err.trim().split('\n')).toEqual([
      `${file}:3: unknown unit, found "XX", allowed the code of a unit`,
      expect.stringContaining(`${file}:3: unknown time zone, found "Mars/Satu"`),
    ]);
    expect(await listPeople(db)).toEqual(before);
    const circle = await save('units.csv', 'code,name,parent,level_label\nA,A,B,x\nB,B,A,x\n');
    const refused = await langkah(['roster', 'import', people, '--units', circle], key);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`${circle}:2: unit is its own ancestor`);
  });

  it('needs the roster key, and the same one as before', async () => {
    const args = ['roster', 'import', people, '--yes', '--database', url];
    expect(await langkah(args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^langkah: ROSTER_KEY is missing.*\n$/),
    });
    expect((await langkah(args, { ROSTER_KEY: 'pendek' })).err).toMatch(/shorter than 32/);
    const rehearsal = args.filter((arg) => arg !== '--yes');
    expect(
      await langkah(rehearsal, { ROSTER_KEY: 'kunci-lain-yang-panjangnya-cukup' }),
    ).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^langkah: the roster key is not the one.*\n$/),
    });
    expect(await langkah(args, { ROSTER_KEY: 'kunci-lain-yang-panjangnya-cukup' })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^langkah: the roster key is not the one.*\n$/),
    });
  });

  it('takes the sample’s key for the sample’s store alone', async () => {
    const own = fileSecrets(join(home, 'secrets'));
    await own.put(rosterKeyName, 'kunci-contoh-milik-penyimpanan-lokal');
    const args = ['roster', 'import', people, '--database', url];
    expect((await langkah(args)).err).toMatch(/^langkah: ROSTER_KEY is missing/);
    await own.remove(rosterKeyName);
  });

  it('finds the database of the running local host', async () => {
    const file = join(root, 'content/calendar/2026.yaml');
    const without = await langkah(['calendar', 'set', file]);
    expect(without).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^langkah: no database: /),
    });
    expect(without.err.trim().split('\n')).toHaveLength(1);
    await save('host.json', JSON.stringify({ databaseUrl: url, url: 'http://localhost:4310' }));
    const stored = await langkah(['calendar', 'set', file]);
    expect(stored).toMatchObject({ code: 0, err: '' });
    expect(stored.out).toContain('2026: 25 days off, decreed; stored\n');
    expect((await loadCalendar(db)).holidays.get('2026-12-25')?.name).toBe('Hari Raya Natal');
  });

  it('replaces a year by an amended decree, and refuses a file with a fault', async () => {
    const text = (days: string) =>
      `year: 2026\ndecree: SKB contoh\ndecreed: true\nholidays:\n${days}\nramadan: null\n`;
    const good = await save(
      'a.yaml',
      text('  - { date: 2026-12-28, name: Libur, kind: national }'),
    );
    await langkah(['calendar', 'set', good, '--database', url]);
    const bad = await save('b.yaml', text('  - { date: 2026-13-01, name: Libur, kind: national }'));
    const refused = await langkah(['calendar', 'set', bad, '--database', url]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/b\.yaml:5: .*found "2026-13-01", allowed a date/);
    expect([...(await loadCalendar(db)).holidays.keys()]).toEqual(['2026-12-28']);
  });

  it('checks the shipped content and explains itself', async () => {
    expect(await spawned(['content', 'check'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\ncontent: \d+ files, no faults\n$/),
    });
    expect((await langkah(['--help'])).out).toContain('roster');
    const unknown = await spawned(['terbang']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('terbang');
  });
});
