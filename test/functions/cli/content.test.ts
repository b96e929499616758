import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRecalls } from '../../../core/store/outbox/amendments.ts';
import { ensurePartitions } from '../../../core/store/outbox/partitions.ts';
import { root } from '../../../functions/app/files.ts';
import { langkahIn } from '../../support/cli.ts';
import { cloneDatabase } from '../../support/run/database.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-content-'));
afterAll(() => rm(home, { recursive: true, force: true }));

const langkah = (...args: readonly string[]) => langkahIn({ LANGKAH_HOME: home }, ...args);

describe('content approve', () => {
  it('writes role, today in Jakarta and the sources of each item, or nothing at all', async () => {
    const folder = join(home, 'content');
    await cp(join(root, 'content'), folder, { recursive: true });
    const lesson = join(folder, 'lessons/l01-beginning-calmly.yaml');
    const before = await readFile(lesson, 'utf8');
    const approve = (...ids: readonly string[]) =>
      langkah('content', 'approve', ...ids, '--role', 'Tim Uji', '--content', folder);
    expect(await approve('l01', 'l99')).toEqual({
      code: 2,
      out: '',
      err: 'langkah: content approve: no such item: l99',
    });
    expect(await readFile(lesson, 'utf8')).toBe(before);
    expect(await approve('l01', 'reg-1', 'reg-2')).toMatchObject({
      code: 0,
      out: 'approved 3 items in 2 files, 2026-11-26, Tim Uji',
    });
    expect(await readFile(lesson, 'utf8')).toContain('  role: Tim Uji\n  date: 2026-11-26\n');
  });
});

describe('content check', () => {
  const check = (folder: string) => langkah('content', 'check', '--json', '--content', folder);
  const spoiled = async (path: string, from: string, to: string): Promise<string> => {
    const folder = await mkdtemp(join(home, 'spoiled-'));
    await cp(join(root, 'content'), folder, { recursive: true });
    const file = join(folder, path);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(from);
    await writeFile(file, text.replace(from, to));
    return folder;
  };
  const figures = (out: string): unknown => JSON.parse(out.split('\n').at(-1) ?? '');

  it('ends with one line of figures: sixty tips, everything covered, no fault', async () => {
    const { code, out, err } = await check(join(root, 'content'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(figures(out)).toMatchObject({
      lessons: 60,
      items: 25,
      prompts: 24,
      sectionsUncovered: 0,
      atRisk: 0,
      faults: 0,
    });
  });

  it('counts missing translations, tone and untagged claims, and names each place', async () => {
    const lesson = 'lessons/l01-beginning-calmly.yaml';
    const missing = await check(await spoiled(lesson, '  en: Beginning calmly\n', ''));
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.err).toContain('content/lessons/l01-beginning-calmly.yaml:');
    expect(figures(missing.out)).toMatchObject({ translationsMissing: 1, faults: 1 });
    const tone = await check(await spoiled(lesson, 'Memulai dengan tenang', 'Yuk tenang'));
    expect(figures(tone.out)).toMatchObject({ toneFaults: 1, faults: 1 });
    const claim = await check(
      await spoiled(lesson, 'Anda tidak perlu', 'Pada 2030 Anda tidak perlu'),
    );
    expect(figures(claim.out)).toMatchObject({ untaggedClaims: 1, faults: 1 });
  });

  it('names a file that is not UTF-8, and ends with the line of figures all the same', async () => {
    const lesson = 'lessons/l01-beginning-calmly.yaml';
    const folder = await spoiled(lesson, 'Memulai', 'Memulai');
    await appendFile(join(folder, lesson), Buffer.of(0x23, 0xe9, 0x0a));
    const { code, out, err } = await check(folder);
    expect({ code, figures: figures(out) }).toMatchObject({ code: 2, figures: { faults: 1 } });
    expect(err).toMatch(
      /^content\/lessons\/l01-beginning-calmly\.yaml:\d+: not UTF-8, found "byte 0xe9/,
    );
  });

  it('names a folder that is not there in one line', async () => {
    const folder = join(home, 'tidak-ada');
    expect(await check(folder)).toEqual({
      code: 2,
      out: '',
      err: `langkah: content check: ${folder} cannot be read (ENOENT); --content allows a folder with the content files`,
    });
  });

  it('draws each message and names what a chat would refuse', async () => {
    const long = 'panjang '.repeat(500).trim();
    const folder = await spoiled(
      'messages/welcome.yaml',
      'welcome.purpose:\n  id: ',
      `welcome.purpose:\n  id: ${long} `,
    );
    const { code, out, err } = await check(folder);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^content\/messages\/welcome\.yaml:\d+: welcome\.purpose\.id is too long for Slack, found "\d+ characters", allowed at most /,
    );
    expect(figures(out)).toMatchObject({ limitFaults: err.split('\n').length });
  });

  it('a title too long for Slack is one fault at its own line with found and allowed lengths', async () => {
    const title = 'panjang '.repeat(30).trim();
    const folder = await spoiled(
      'lessons/l01-beginning-calmly.yaml',
      'id: Memulai dengan tenang',
      `id: ${title}`,
    );
    const { code, out, err } = await check(folder);
    expect({ code, err, figures: figures(out) }).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^content\/lessons\/l01-beginning-calmly\.yaml:\d+: title\.id is too long for Slack, found "239 characters", allowed at most 1\d\d$/,
      ),
      figures: { limitFaults: 1, faults: 1 },
    });
    const text = await readFile(join(folder, 'lessons/l01-beginning-calmly.yaml'), 'utf8');
    expect(text.split('\n')[Number(err.split(':')[1]) - 1]).toContain(title);
  });

  it("names the survey's intro in its own file, with the room that stands beside it leaves", async () => {
    const folder = await spoiled('surveys/pulse.yaml', 'Paling banyak', 'Paling '.repeat(450));
    const { err } = await check(folder);
    expect(err).toMatch(
      /^content\/surveys\/pulse\.yaml:\d+: intro\.id is too long for Slack, found "3\d\d\d characters", allowed at most 2\d\d\d$/,
    );
  });

  it('a too-long item is a fault whichever wave asks it, and also when none does', async () => {
    const long = 'kata '.repeat(420).trim();
    for (const [id, next] of [
      ['reg-1', 'reg-1'],
      ['reg-4', 'reg-4'],
      // No wave asks reg-4 any more.
      ['reg-4', 'reg-3'],
    ]) {
      const folder = await spoiled('programmes/ai-adoption.yaml', '[reg-4,', `[${next},`);
      const file = join(folder, 'surveys/pulse.yaml');
      const survey = await readFile(file, 'utf8');
      const place = new RegExp(`(- id: ${id}\\n[\\s\\S]*?text:\\s+id: )`);
      expect(survey).toMatch(place);
      await writeFile(file, survey.replace(place, `$1${long} `));
      const { err } = await check(folder);
      expect(err).toMatch(
        /^content\/surveys\/pulse\.yaml:\d+: items\[\d+\]\.text\.id is too long for Slack, found "2\d\d\d characters", allowed at most 2000$/,
      );
    }
  });

  it('tells what is at risk and which section of a promised document nobody tells', async () => {
    const risky = await check(
      await spoiled('documents/pskn.yaml', '    fingerprint: 3', '    fingerprint: 4'),
    );
    expect(risky.code).toBe(0);
    expect(risky.out).toContain('changed or not approved: pskn#');
    const bare = await check(
      await spoiled('programmes/ai-adoption.yaml', 'covers: [pskn]', 'covers: [pskn, uu-27-2022]'),
    );
    expect(bare.out).toContain('uncovered: uu-27-2022#');
  });
});

describe('content recall', async () => {
  const { db, url } = await cloneDatabase();
  const recall = (...args: readonly string[]) =>
    langkah('content', 'recall', ...args, '--database', url);

  it('asks for a reason and for an item that exists', async () => {
    expect((await recall('l01')).err).toContain('--reason is missing');
    expect((await recall('l99', '--reason', 'salah')).err).toContain(
      'found "l99", allowed the id of a lesson or prompt',
    );
    expect(await loadRecalls(db)).toEqual(new Set());
  });

  it('withdraws, and takes it back; both are in the audit log, once', async () => {
    await recall('l01', '--reason', 'angka keliru');
    expect((await recall('l01', '--reason', 'angka keliru')).code).toBe(0);
    expect(await loadRecalls(db)).toEqual(new Set(['l01']));
    expect((await recall('l01', '--undo')).out).toContain('l01 goes out again');
    expect((await recall('l01', '--undo')).out).toBe('l01 was not recalled');
    const acts = await db.selectFrom('audit_log').select(['act', 'detail']).orderBy('id').execute();
    expect(acts.map(({ act }) => act)).toEqual(['content.recalled', 'content.recall-undone']);
    expect(acts[0]?.detail).toEqual({ item: 'l01', reason: 'angka keliru' });
  });

  it('withdraws what was planned also when the files no longer have it, and takes that back', async () => {
    await ensurePartitions(db, ['2026-11-25']);
    await sql`INSERT INTO outbox (person_id, stream, slot, item, due, state, priority)
      VALUES (1, 'correction', '2026-11-25', 'l77@abc', now(), 'sent', 1)`.execute(db);
    expect((await recall('l77', '--reason', 'salah')).out).toContain('l77 is recalled');
    await sql`DELETE FROM outbox`.execute(db);
    expect((await recall('l77', '--undo')).out).toContain('l77 goes out again');
  });
});
