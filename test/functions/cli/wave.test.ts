import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from '../../../functions/local/cli/run.ts';
import { type House, openHouse } from '../../support/house.ts';
import { onDatabase } from '../../support/run/server.ts';

describe('langkah wave', () => {
  let house: House;
  let home = '';
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
    home = await mkdtemp(join(tmpdir(), 'langkah-wave-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const langkah = async (line: string) => {
    const { rows } = await sql<{ name: string }>`
      SELECT current_database() AS name`.execute(house.db);
    const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
    const code = await run(['wave', ...line.split(' ')], {
      env: {
        LANGKAH_HOME: home,
        DATABASE_URL: onDatabase(inject('databaseUrl'), rows[0]?.name ?? ''),
      },
      now: () => house.host.clock.now(),
      print: (text) => void lines.out.push(text),
      complain: (text) => void lines.err.push(text),
    });
    return { code, out: lines.out, err: lines.err.join('\n') };
  };

  it('lists every wave and what should be looked at', async () => {
    const { code, out } = await langkah('list');
    expect(code).toBe(0);
    expect(out).toEqual([
      'w1  2026-10-12 – 2026-10-23; scheduled; baseline; down to every work unit; reg-1, dat-1, ppl-1, inf-1, cul-1',
      'w2  2026-11-09 – 2026-11-20; scheduled; halfway; down to every work unit; reg-2, dat-2, ppl-2, inf-2, cul-2',
      'w3  2026-12-07 – 2026-12-18; scheduled; in between; the agency and the units right below it (Sekretariat, Direktorat); reg-3, dat-3, ppl-3, inf-3, cul-3',
      'w4  2027-01-25 – 2027-02-05; scheduled; final; down to every work unit; reg-4, dat-4, ppl-4, inf-4, cul-4',
      '! The holidays of 2027 are not decreed yet; dates of periods in that year may still move.',
    ]);
  });

  it('schedules, moves, cancels and restores as the operator, and tells what came of it', async () => {
    const items = '--items reg-1,dat-1,ppl-1,inf-1,cul-1';
    const acts = [
      [`schedule --opens 2027-03-15 ${items}`, 'w5: The new period is scheduled.'],
      ['postpone w5 --opens 2027-03-16', 'w5: The date is changed.'],
      ['choose w5 --items reg-2,dat-1,ppl-1,inf-1,cul-1', 'w5: The rotating items are saved.'],
      ['depth w5 --depth agency', 'w5: The depth of results is saved.'],
      ['cancel w5', 'w5: This period is cancelled. Until its date you can schedule it again.'],
      ['restore w5', 'w5: This period is scheduled again.'],
    ] as const;
    for (const [line, told] of acts) {
      const { code, out, err } = await langkah(line);
      expect({ code, err, told: out[0] }).toEqual({ code: 0, err: '', told });
    }
    const { rows } = await sql<{ actor: string; act: string }>`
      SELECT DISTINCT actor, act FROM audit_log WHERE act LIKE 'wave.%' ORDER BY act`.execute(
      house.db,
    );
    expect(rows.map(({ actor, act }) => `${actor} ${act}`)).toEqual([
      'operator wave.cancelled',
      'operator wave.depth-chosen',
      'operator wave.items-chosen',
      'operator wave.postponed',
      'operator wave.restored',
      'operator wave.scheduled',
    ]);
  });

  it('refuses with every reason in the wished language, and wants a yes before it closes', async () => {
    const wrong = 'schedule --opens 2026-10-31 --items reg-9,dat-a --language id';
    expect(await langkah(wrong)).toMatchObject({
      code: 2,
      out: [],
      err: [
        'langkah: Tanggal dibuka: 31 Okt 2026 bukan hari kerja. Hari kerja berikutnya 2 Nov 2026.',
        'Butir bergilir: tidak ada butir reg-9.',
        'Butir bergilir: dat-a adalah butir tetap, yang selalu ditanyakan.',
      ].join('\n'),
    });
    expect((await langkah('preview w9')).err).toBe(
      'langkah: There is no period w9. There are: w1, w2, w3, w4, w5.',
    );
    await house.tickAt('2026-10-12T00:00:00Z');
    expect(await langkah('close w1')).toMatchObject({
      code: 2,
      err: 'langkah: wave close: it cannot be opened again; --yes closes it',
    });
    expect((await langkah('close w1 --yes')).out[0]).toBe(
      'w1: This period is closed. Its results are published once they are counted.',
    );
  });

  it('depth without --depth is refused and changes nothing', async () => {
    expect((await langkah('depth w4 --depth agency')).code).toBe(0);
    const before = await langkah('list');
    expect(await langkah('depth w4')).toEqual({
      code: 2,
      out: [],
      err: "error: required option '--depth <depth>' not specified",
    });
    expect(await langkah('list')).toEqual(before);
  });

  it('previews what staff will read in both languages, with the last day and the way out', async () => {
    const { code, out } = await langkah('preview w2');
    expect(code).toBe(0);
    const text = out.join('\n');
    for (const said of [
      '== w2 · id ==',
      '== w2 · en ==',
      'Dibuka sampai Jumat, 20 November 2026.',
      'Open until Friday, 20 November 2026.',
      '[Jawab] [Lewati periode ini]',
      '2. Saya belum mempunyai petunjuk teknis yang dapat diikuti saat memakai AI.',
      '2. I do not yet have technical guidance that I can follow when using AI.',
      '( ) Strongly disagree',
      'Bukan saluran pengaduan; gunakan WBS atau SP4N-LAPOR!',
    ])
      expect(text.includes(said), said).toBe(true);
    expect(text.match(/^10\. /gm)).toHaveLength(2);
  });
});
