import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCsv } from '../../../core/people/csv.ts';
import { pseudonym } from '../../../core/people/person.ts';
import { run } from '../../../functions/local/cli/run.ts';
import { csvRecord } from '../../../functions/local/delivery/csv.ts';
import { clearCrowd, openCrowd, planRun } from '../../core/store/outbox/crowd.ts';

const lesson = { stream: 'lesson', slot: '2026-10-26' } as const;
const early = new Date('2026-10-25T22:00:00Z');
/** 09.00 WIB. */
const morning = new Date('2026-10-26T02:00:00Z');
const secret = 'kunci-contoh-yang-panjangnya-cukup';

describe('langkah delivery', async () => {
  const { db, url } = await openCrowd(12);
  const home = await mkdtemp(join(tmpdir(), 'langkah-delivery-'));
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** Runs a command; `heard` is told each line as the command complains of it. */
  const langkah = async (
    text: string,
    more: readonly string[] = [],
    heard: (line: string) => void = () => undefined,
  ) => {
    const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
    const code = await run(['delivery', ...text.split(' '), ...more], {
      env: { LANGKAH_HOME: home, DATABASE_URL: url, ROSTER_KEY: secret },
      now: () => morning,
      print: (line) => void lines.out.push(`${line}\n`),
      complain: (line) => {
        lines.err.push(`${line}\n`);
        heard(line);
      },
    });
    return { code, out: lines.out.join(''), err: lines.err.join('') };
  };
  const why = ['--reason', 'isi keliru'];
  const end = (state: string, reason: string | null, people: readonly number[]) =>
    sql`UPDATE outbox SET state = ${state}, reason = ${reason}
      WHERE person_id = ANY(${people}::int[]) AND stream = 'lesson'`.execute(db);
  const acts = async () =>
    (await sql<{ act: string }>`SELECT act FROM audit_log ORDER BY id`.execute(db)).rows.map(
      ({ act }) => act,
    );
  beforeEach(async () => {
    await clearCrowd(db);
    await planRun(db, lesson, early);
    await end('sent', null, [1, 2]);
    await end('skipped', 'leave', [3]);
  });

  it('shows a run as a table that adds up, and when the rest will have gone', async () => {
    const shown = await langkah('show');
    expect(shown).toMatchObject({ code: 0, err: '' });
    const [head = '', row = '', ...rest] = shown.out.split('\n');
    expect(head.split(/\s+/)).toEqual(
      'slot stream people sent unconfirmed skipped expired unreachable pending settled'.split(' '),
    );
    expect(row.split(/\s+/)).toEqual('2026-10-26 lesson 12 2 0 1 0 0 9 0'.split(' '));
    expect(rest).toContain('  skipped: leave 1');
    expect(rest).toContain('  pending: planned 9');
    expect(rest).toContain('slack T0: 5 to go at 8 a second, about 60 minutes, until 10.00 WIB');
    expect((await langkah('show --from 2026-11-02 --to 2026-11-03')).out).toBe(
      'messages 2026-11-02 to 2026-11-03: nothing is planned\n',
    );
  });

  it('warns of a window that ends too early, and tells a lane that stands still', async () => {
    await sql`UPDATE lanes SET rate = 0.0002 WHERE id = 1`.execute(db);
    await sql`UPDATE lanes SET paused_reason = 'token_revoked' WHERE id = 2`.execute(db);
    const { out } = await langkah('show --stream lesson');
    expect(out).toMatch(/warning: 1 person would not be reached in time; .* ends at 1\d\.30 WIB/);
    expect(out).toContain('teams tenant: 4 wait, and the lane is paused: token_revoked');
    await sql`UPDATE lanes SET rate = 8, paused_reason = NULL`.execute(db);
  });

  it('writes the counts as CSV, to a file or to be piped, with a mark for Excel', async () => {
    const head = 'slot,stream,outcome,state,reason,people,audience\r\n';
    const body =
      '2026-10-26,lesson,pending,planned,,9,12\r\n2026-10-26,lesson,sent,sent,,2,12\r\n2026-10-26,lesson,skipped,skipped,leave,1,12\r\n';
    expect((await langkah('show --csv -')).out).toBe(`${head}${body}`);
    const file = join(home, 'counts.csv');
    expect((await langkah(`show --bom --csv ${file}`)).out).toBe(`${file}: 3 lines\n`);
    expect(await readFile(file, 'utf8')).toBe(`\uFEFF${head}${body}`);
    const nowhere = join(home, 'none', 'counts.csv');
    expect((await langkah(`show --csv ${nowhere}`)).err).toBe(
      `langkah: --csv: ${nowhere} cannot be written (ENOENT)\n`,
    );
  });

  it('lists people with name and unit, never as a formula, and notes that somebody looked', async () => {
    await sql`UPDATE people SET name = '=HYPERLINK("http://contoh")' WHERE id = 3`.execute(db);
    const file = join(home, 'people.csv');
    const done = await langkah(`show --stream lesson --people --csv ${file}`);
    expect(done).toMatchObject({ code: 0, out: `${file}: 12 people\n` });
    const text = await readFile(file, 'utf8');
    const { records, faults } = parseCsv({ file, text });
    expect(faults).toEqual([]);
    expect(records).toHaveLength(13);
    expect(records[0]?.cells.join()).toBe(
      'slot,stream,item,name,unit_code,unit,chat,outcome,state,reason,due,changed',
    );
    expect(records[3]?.cells.slice(3, 6)).toEqual([
      `'=HYPERLINK("http://contoh")`,
      'KC',
      'Kementerian Contoh',
    ]);
    expect(text).not.toContain('kunci-');
    expect((await acts()).at(-1)).toBe('delivery.people-shown');
    const { out } = await langkah('show --stream lesson --people');
    expect(out.split('\n')[0]).toBe('2026-10-26 Pegawai 1, Kementerian Contoh: sent, 07.30 WIB');
    await sql`UPDATE people SET name = 'Pegawai 3' WHERE id = 3`.execute(db);
  });

  it.each(['pulse', 'pulse-reminder'])('tells nobody of %s by name', async (stream) => {
    const file = join(home, 'never.csv');
    const refused = await langkah(`show --stream ${stream} --people --csv ${file}`);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /^langkah: --people: refused for pulse.* could tell who answered.*\n$/,
    );
    const person = await langkah(`cancel --stream ${stream} --slot 2026-10-26 --person 7`, why);
    expect(person.err).toMatch(/^langkah: --person: refused for pulse/);
    expect(await readdir(home)).not.toContain('never.csv');
  });

  it.each([
    ['show --stream lessons', '--stream: found "lessons", allowed correction, welcome,'],
    ['show --from 26-10-2026', '--from: found "26-10-2026", allowed a date YYYY-MM-DD'],
    ['show --from 2026-10-26 --to 2026-10-25', '--to: found "2026-10-25", allowed a date that is'],
    ['show --people', '--people: needs --stream'],
    ['show --bom', '--bom: goes with --csv only'],
    ['resend --stream pulse-reminder --slot 2026-10-26', 'found "pulse-reminder", allowed'],
    ['resend --stream lesson --slot 2026-10-26 --include sent', '--include: found "sent", allowed'],
  ])('refuses "%s" in one line', async (args, error) => {
    const refused = await langkah(args);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err.trim().split('\n')).toHaveLength(1);
    expect(refused.err).toContain(error);
  });

  it('guards every cell that a spreadsheet could take for a formula', () => {
    const cells = ['=1', '+1', '-1', '@a', '\t=1', ' =1', '＝1', 'a,b', 'a"b', 'a\nb', 'a-b', null];
    expect(csvRecord(cells)).toBe(`'=1,'+1,'-1,'@a,'\t=1,' =1,'＝1,"a,b","a""b","a\nb",a-b,\r\n`);
  });

  it('cancels, waits for what is in flight, and confirms', async () => {
    await sql`UPDATE outbox SET state = 'sending', attempt = 1 WHERE person_id = 4`.execute(db);
    // It lands once the command has said that it waits for it.
    let lands: Promise<unknown> = Promise.resolve();
    const done = await langkah('cancel --stream lesson --slot 2026-10-26', why, () => {
      lands = end('sent', null, [4]);
    });
    await lands;
    expect(done).toMatchObject({ code: 0, err: '1 in flight, waiting\n' });
    expect(done.out).toBe('lesson 2026-10-26: cancelled 8, 3 had already gone, 0 in flight\n');
    const { rows } = await sql`SELECT act, detail FROM audit_log
      WHERE act LIKE 'delivery.cancel%' ORDER BY id DESC LIMIT 1`.execute(db);
    const counts = { cancelled: 8, gone: 3, inDoubt: 0, inFlight: 0 };
    expect(rows).toEqual([
      { act: 'delivery.cancel-told', detail: { ...lesson, item: null, ...counts } },
    ]);
    expect((await langkah('show')).out).toContain('cancelled: lesson 2026-10-26 (isi keliru)');
    const back = await langkah('uncancel --stream lesson --slot 2026-10-26', why);
    expect(back.out).toBe('lesson 2026-10-26: 8 go again\n');
    const twice = await langkah('uncancel --stream lesson --slot 2026-10-26', why);
    expect(twice.err).toBe('langkah: no cancellation of lesson 2026-10-26, allowed: none stands\n');
  });

  it('says what is still in flight when it does not wait, or waited in vain', async () => {
    await sql`UPDATE outbox SET state = 'sending', attempt = 1 WHERE person_id = 4`.execute(db);
    const args = 'cancel --stream lesson --slot 2026-10-26';
    expect(await langkah(`${args} --no-wait`, why)).toMatchObject({
      code: 0,
      out: 'lesson 2026-10-26: cancelled 8, 2 had already gone, 1 in flight\n',
    });
    const vain = await langkah(`${args} --wait 0`, why);
    expect(vain.code).toBe(2);
    expect(vain.out).toContain('was cancelled before\n');
    expect(vain.err).toContain('langkah: 1 still in flight after 0 s');
  });

  it('cancels one person by the key of the roster, and no item or day that never was', async () => {
    await sql`UPDATE people SET employee_key = ${pseudonym('198001', secret)}
      WHERE id = 5`.execute(db);
    const args = 'cancel --stream lesson --slot 2026-10-26';
    const one = await langkah(`${args} --person 198001`, why);
    expect(one.out).toBe(
      'lesson 2026-10-26 for one person: cancelled 1, 0 had already gone, 0 in flight\n',
    );
    expect((await langkah(`${args} --person 198002`, why)).err).toContain(
      '--person: found "198002", allowed an employee key of the roster',
    );
    expect((await langkah(`${args} --item l99`, why)).err).toContain(
      '--item: found "l99", allowed lesson-2026-10-26',
    );
    expect((await langkah('cancel --stream leader --slot 2026-10-01', why)).err).toContain(
      'nothing of leader was planned then',
    );
    expect((await langkah('cancel --stream leader --slot 2026-11-02', why)).out).toContain(
      'nothing is planned yet; what will be planned for it is skipped',
    );
  });

  it('shows whom a run did not reach and sends it once more only with --yes', async () => {
    await end('expired', 'window-over', [4, 5]);
    await end('unconfirmed', 'timeout', [6]);
    await sql`UPDATE people SET status = 'left' WHERE id = 5`.execute(db);
    const args = 'resend --stream lesson --slot 2026-10-26';
    const shown = await langkah(args);
    expect(shown.out).toBe(
      'lesson 2026-10-26: 1 person to send it to once more\n  expired, window-over: 1\n  not sent, left: 1 (expired, window-over)\nnothing was written; add --yes to send it once more\n',
    );
    const before = await acts();
    expect((await langkah(`${args} --include unconfirmed`)).out).toContain(
      'unconfirmed, timeout: 1',
    );
    expect(await acts()).toEqual(before);
    const done = await langkah(`${args} --yes`);
    expect(done.out).toContain('expired: 1 wait again, from ');
    expect((await acts()).at(-1)).toBe('delivery.resent');
    expect((await langkah(`${args} --yes`)).out).toContain('nobody to send it to\n');
  });

  it('lives in the time of the local studio where there is one', async () => {
    await sql`INSERT INTO settings VALUES ('local-clock', '"2026-11-09T02:00:00Z"')`.execute(db);
    expect((await langkah('show')).out).toBe('messages 2026-11-09: nothing is planned\n');
    await sql`DELETE FROM settings WHERE name = 'local-clock'`.execute(db);
  });
});
