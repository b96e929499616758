import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../../core/content/parse.ts';
import { type ActionId, actionIds } from '../../../../core/conversation/message.ts';
import { actionValue } from '../../../../core/conversation/values.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { addRecall } from '../../../../core/store/outbox/amendments.ts';
import { readContent } from '../../../../functions/app/files.ts';
import { todaysTip } from '../../../../functions/jobs/conversation/tip.ts';
import { withChangedSection } from '../../../content/changed-section.ts';
import { type House, userOf } from '../../../support/house.ts';
import { textOf } from '../../../support/slack/payloads.ts';
import { keys, openMorning } from './lesson-morning.ts';

let house: House;
beforeEach(async () => {
  house = await openMorning();
});

const recall = (item: string) =>
  addRecall(house.db, { item, reason: 'keliru', at: house.host.clock.now() });
const underReview = 'sedang ditinjau kembali atau telah ditarik';
const stopped = 'Kiriman Anda masih dihentikan';
const paused = 'Kiriman Anda masih dijeda sampai dengan Rabu, 28 Oktober 2026';

describe.each(['slack', 'teams'] as const)('what is promised on %s', (platform) => {
  const key = keys[platform];
  const newest = (): LocalMessage => {
    const message = house.messagesOf(platform, key).at(-1);
    if (message === undefined) throw new Error('no message came');
    return message;
  };
  const answerTo = async (words: string): Promise<string> => {
    await house.type(platform, key, words);
    return JSON.stringify(newest().payload);
  };
  /** Presses a button of a message and gives what stands there then, with the newest message. */
  const pressed = async (message: LocalMessage, action: ActionId): Promise<string> => {
    await house.press(message, action);
    const now = house.messagesOf(platform, key).find(({ ref }) => ref === message.ref);
    return JSON.stringify([now?.payload, newest().payload]);
  };
  const preferences = async () =>
    house.db
      .selectFrom('preferences')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .executeTakeFirstOrThrow();
  const postponed = async () =>
    house.db
      .selectFrom('outbox')
      .select('item')
      .where('person_id', '=', await house.idOf(key))
      .where('stream', '=', 'lesson-later')
      .execute();
  /** The tip of the day before, which reached the person too. */
  const earlier = async (item: string): Promise<void> => {
    await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires, state, changed_at)
      SELECT person_id, stream, date '2026-10-23', ${item}, lane_id, priority, due, expires, state, changed_at
      FROM outbox WHERE person_id = ${await house.idOf(key)} AND stream = 'lesson' AND state = 'sent'`.execute(
      house.db,
    );
  };

  it('a recalled latest tip is never told as no tip', async () => {
    const lesson = newest();
    await recall('l01');
    expect(await answerTo('kiat')).toContain(underReview);
    expect(await answerTo('tunda')).toContain(underReview);
    expect(await pressed(lesson, actionIds.later)).toContain(underReview);
    expect(await postponed()).toEqual([]);
    await earlier('l02');
    const { catalogue } = house.host.context;
    expect(await answerTo('kiat')).toContain(catalogue.lessons.get('l02')?.title.id.slice(0, 20));
    expect(await answerTo('tunda')).toContain(underReview);
  });

  it('a tip whose source changed is not shown, and one before it is', async () => {
    const files = await readContent();
    const cite = house.host.context.catalogue.lessons.get('l01')?.cites[0] ?? '';
    const catalogue = parseCatalogue(withChangedSection(files, cite));
    const person = { id: await house.idOf(key), language: 'id', welcomed: true } as const;
    const tip = () => todaysTip({ catalogue, db: house.db }, person, null);
    expect((await tip()).text).toContain(underReview);
    const firm = [...catalogue.lessons.values()].find(({ cites }) => !cites.includes(cite));
    await earlier(firm?.id ?? '');
    expect(await tip()).toMatchObject({
      kind: 'lesson',
      title: expect.stringContaining(firm?.title.id ?? ''),
    });
  });

  it('while stopped no answer promises a message', async () => {
    const lesson = newest();
    const help = await answerTo('bantuan').then(newest);
    await answerTo('berhenti');
    for (const words of [
      'frekuensi 1',
      'jam 10.00',
      'jam 23',
      'bahasa id',
      'jeda 2',
      'tunda',
      'mengapa',
    ])
      expect([words, await answerTo(words)]).toEqual([words, expect.stringContaining(stopped)]);
    expect(await answerTo('tunda')).toContain('Kiat tidak ditunda');
    expect(await pressed(lesson, actionIds.later)).not.toContain('sekitar dua jam lagi');
    expect(await pressed(help, actionIds.pause)).toContain(stopped);
    expect(await answerTo('survei')).toContain(stopped);
    await recall('l01');
    expect(await answerTo('kiat')).toContain(stopped);
    expect(await postponed()).toEqual([]);
    // What was set holds once they go on.
    expect(await preferences()).toMatchObject({
      per_week: 1,
      send_minute: 23 * 60,
      paused_until: null,
    });
    await answerTo('mulai');
    expect(await answerTo('jam 10.00')).not.toContain('masih');
  });

  it('who gets nothing hears so below help and what was not understood, with the way back', async () => {
    const offers = () =>
      house
        .actor(platform)
        .buttons(newest().payload)
        .map(({ action }) => action);
    await answerTo('berhenti');
    for (const words of ['bantuan', 'mulai besok pagi', 'saya mau berhenti']) {
      expect([words, await answerTo(words)]).toEqual([words, expect.stringContaining(stopped)]);
      expect([words, offers()[0]]).toEqual([words, actionIds.resume]);
    }
    await answerTo('bantuan');
    expect(offers()).toEqual([actionIds.resume, actionIds.myData]);
    expect(await answerTo('mulai lagi ya pak, terima kasih')).toContain('Kiriman dilanjutkan');
    await answerTo('jeda sampai rabu');
    expect(await answerTo('bantuan')).toContain(paused);
    await answerTo('lanjutkan');
    expect(await answerTo('bantuan')).not.toContain('masih');
  });

  it('what was not understood as leaving tells the pause and whom to ask for other data', async () => {
    const { contact } = house.host.context.agency;
    const typed = platform === 'slack' ? '/langkah jeda 7' : 'jeda 7';
    const answer = await answerTo('hapus akun saya');
    for (const told of [contact, typed]) expect(answer).toContain(told);
    await answerTo('bahasa en');
    const english = await answerTo('delete my account');
    for (const told of [contact, typed.replace('jeda', 'pause')]) expect(english).toContain(told);
  });

  it('a time outside working hours is answered with how it was read and how to say one after noon', async () => {
    const answer = await answerTo('jam 2');
    for (const told of ['pukul 02.00', 'jam 14.00']) expect(answer).toContain(told);
    await answerTo('bahasa en');
    const english = await answerTo('time 2');
    for (const told of ['02:00', 'time 14:00']) expect(english).toContain(told);
  });

  it('while paused no answer promises a message before the pause ends', async () => {
    const lesson = newest();
    expect(await answerTo('jeda sampai rabu')).toContain('Rabu, 28 Oktober 2026');
    for (const words of ['frekuensi 1', 'jam 10.00', 'tunda', 'mengapa'])
      expect([words, await answerTo(words)]).toEqual([words, expect.stringContaining(paused)]);
    expect(await pressed(lesson, actionIds.later)).toContain(paused);
    expect(await postponed()).toEqual([]);
    expect(await answerTo('jeda sampai senin')).toContain('Senin, 2 November 2026');
    expect(await answerTo('language en')).toContain('Your messages are still paused up to');
  });

  it('a time in another zone and a pause nobody can read change nothing and are asked back', async () => {
    const before = await preferences();
    expect(await answerTo('jam 09.00 WITA')).toContain('(WIB)');
    expect(await answerTo('Jeda rapat saya ganti AI lucu sekali')).toContain('paling lama 92 hari');
    expect(await answerTo('jam berapa saja')).toContain('Tentang Langkah');
    expect(await answerTo('frekuensi 4')).toContain('frekuensi 3');
    expect(await preferences()).toEqual(before);
    expect(await answerTo('jam 09.00 WIB')).toContain('sekitar pukul 09.00');
    expect(await answerTo('terima kasih banyak')).toContain(house.host.context.agency.contact);
  });
});

describe('the Home', () => {
  it('says of held messages what it says in chat', async () => {
    const userId = userOf('slack', keys.slack);
    const home = house.actor('slack').home;
    await house.type('slack', keys.slack, 'berhenti');
    await recall('l01');
    await home?.open(userId);
    await house.host.drain();
    await home?.act({ userId, action: actionIds.frequency, value: actionValue('id', '3') });
    await house.host.drain();
    const shown = textOf(home?.shown(userId)).join('\n');
    expect(shown).toContain(underReview);
    expect(shown.split(stopped)).toHaveLength(3);
  });
});
