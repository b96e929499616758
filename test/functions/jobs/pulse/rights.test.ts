import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { withdrawBallot } from '../../../../core/store/pulse/withdrawal.ts';
import { listReleases } from '../../../../core/store/results/releases.ts';
import { privacyNotice } from '../../../../core/survey/privacy-notice.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { queued } from '../../../support/ballots.ts';
import { closes, counted, openInvited, sendAnswers } from '../../../support/closing.ts';
import type { House } from '../../../support/house.ts';
import { pulseOf, voters } from '../../../support/pulse.ts';

const key = sampleKeys.slackStaff;

describe('rights over one’s own data, asked for in chat', () => {
  let house: House;
  beforeAll(async () => {
    house = await openInvited();
  });
  const ask = async (text: string): Promise<string> => {
    await house.type('slack', key, text);
    return JSON.stringify(house.messagesOf('slack', key).at(-1)?.payload);
  };
  const boxes = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) FROM ballots WHERE sealed <> ''`.execute(house.db);
    return rows[0]?.count ?? -1;
  };
  const answerAt = async (at: string): Promise<void> => {
    house.host.clock.moveTo(new Date(at));
    await sendAnswers(house, pulseOf(house, 'slack', key), { comment: 'komentar-4471' });
  };

  it('"data saya" says truthfully whether answers are kept', async () => {
    expect(await ask('data saya')).toContain('jawaban Anda tidak tersimpan');
    await answerAt('2026-10-12T04:00:00Z');
    await house.host.drain();
    expect(await ask('data saya')).toContain('jawaban Anda tersimpan tersegel');
  });

  it('"hapus" takes the answers back while the wave is open, and nobody is reminded of it', async () => {
    expect(await boxes()).toBe(1);
    house.host.clock.moveTo(new Date('2026-10-12T05:00:00Z'));
    expect(await ask('hapus')).toContain('sudah dihapus dan tidak dihitung');
    expect(await boxes()).toBe(0);
    expect(await ask('data saya')).toContain('jawaban Anda tidak tersimpan');
    expect(await ask('hapus jawaban saya')).toContain('tidak ada jawaban Anda yang tersimpan');
    for (const hour of ['00', '01', '02', '03', '04'])
      await house.tickAt(`2026-10-14T${hour}:00:00Z`);
    const reminder = house.messagesOf('slack', key).at(-1);
    expect(JSON.stringify(reminder?.payload)).not.toContain('masih dibuka');
    expect(JSON.stringify(house.host.messages())).toContain('masih dibuka');
  });

  it('a box sent before the wish and handled after it does not come in; a later one does', async () => {
    await answerAt('2026-10-14T05:00:00Z');
    const [waiting = ''] = await queued(house);
    house.host.clock.moveTo(new Date('2026-10-14T06:00:00Z'));
    await ask('hapus');
    await house.queue.put(waiting);
    await house.host.drain();
    expect(await boxes()).toBe(0);
    await answerAt('2026-10-14T07:00:00Z');
    await house.host.drain();
    expect(await boxes()).toBe(1);
    const { ballot_key: ballotKey } = await house.db
      .selectFrom('ballots')
      .select('ballot_key')
      .executeTakeFirstOrThrow();
    const earlier = { waveId: 'w1', ballotKey, at: new Date('2026-10-14T06:30:00Z') };
    const took = await house.db.transaction().execute((trx) => withdrawBallot(trx, earlier));
    expect(took).toBe('newer-stands');
    expect(await boxes()).toBe(1);
    house.host.clock.moveTo(new Date('2026-10-14T08:00:00Z'));
    await ask('hapus');
    expect(await boxes()).toBe(0);
  });

  it('"hak saya" shows the notice under which the wave was opened, and so does the invitation', async () => {
    const { version, hash } = privacyNotice(house.host.context.catalogue);
    const { rows } = await sql`SELECT notice_version, notice_hash FROM waves`.execute(house.db);
    expect(rows).toEqual([{ notice_version: version, notice_hash: hash }]);
    const told = await ask('hak saya');
    for (const words of [
      `versi ${version} (${hash})`,
      'Pasal 30',
      'Pasal 46',
      '3 × 24 jam',
      'hapus',
    ])
      expect(told).toContain(words);
    const invitation = JSON.stringify(pulseOf(house, 'teams', sampleKeys.teamsStaff).payload);
    expect(invitation).toContain(`versi ${version} (${hash})`);
    expect(invitation).toContain('mengetahui siapa pengirimnya');
    expect(invitation).toContain('Bukan saluran pengaduan; gunakan WBS atau SP4N-LAPOR!');
  });

  it('a withdrawn ballot is not counted, and after the close nothing can be found', async () => {
    const others = [...voters(house).values()].slice(0, 8);
    for (const message of others) await sendAnswers(house, message);
    await house.host.drain();
    house.host.clock.moveTo(new Date(Date.parse(closes) + 60_000));
    expect(await ask('hapus')).toContain('sedang dihitung');
    await house.tickAt(counted);
    const [release] = await listReleases(house.db);
    expect(release?.audit.unreadable).toBe(0);
    expect(JSON.stringify(release)).not.toContain('komentar-4471');
    expect(await ask('hapus')).toContain('tidak dapat ditemukan lagi');
    expect(await ask('delete')).toContain('tidak dapat ditemukan lagi');
    expect(await ask('data saya')).toContain('tidak ada periode yang dibuka');
  });
});
