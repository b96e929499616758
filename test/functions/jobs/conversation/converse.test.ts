import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { queued } from '../../../support/ballots.ts';
import { dump, type House } from '../../../support/house.ts';
import { keys, lessonAt, openMorning } from './lesson-morning.ts';

let house: House;
beforeEach(async () => {
  house = await openMorning();
});

const row = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(house.db)).rows;
const last = (messages: readonly LocalMessage[]): string =>
  JSON.stringify(messages.at(-1)?.payload);

describe.each(['slack', 'teams'] as const)('a person on %s', (platform) => {
  const key = keys[platform];
  const lesson = (): LocalMessage => {
    const [message] = house.messagesOf(platform, key);
    if (message === undefined) throw new Error('no lesson came');
    return message;
  };
  const preferences = async () =>
    (
      await row(
        sql<{
          paused_until: string | null;
          stopped_at: Date | null;
          per_week: number;
          language: string;
          send_minute: number | null;
        }>`
        SELECT * FROM preferences WHERE person_id = ${await house.idOf(key)}`,
      )
    )[0];

  it('answers a lesson once, however often it is pressed, and sees it change in place', async () => {
    const before = lesson();
    await Promise.all([
      house.press(before, actionIds.answerQuiz),
      house.press(before, actionIds.answerQuiz),
    ]);
    const marks = await row(
      sql`SELECT state, item FROM progress WHERE person_id = ${await house.idOf(key)}`,
    );
    expect(marks).toEqual([{ state: 'answered', item: 'l01' }]);
    expect(house.messagesOf(platform, key)).toHaveLength(1);
    expect(lesson().ref).toBe(before.ref);
    expect(lesson().changedAt).not.toBeNull();
    expect(lesson().payload).not.toEqual(before.payload);
  });

  it('changes nothing when the queue delivers the same press again', async () => {
    const { actors } = house.host;
    const message = lesson();
    const element = actors
      .get(platform)
      ?.buttons(message.payload)
      .find(({ action }) => action === actionIds.later)?.element;
    await actors
      .get(platform)
      ?.press({ userId: message.userId, ref: message.ref, element, inputs: {} });
    const waiting = await queued(house);
    await house.host.drain();
    for (const entry of waiting) await house.queue.put(entry);
    const events = await row(sql`SELECT key FROM seen_events`);
    await house.host.drain();
    expect(await row(sql`SELECT key FROM seen_events`)).toEqual(events);
    expect(await row(sql`SELECT item FROM outbox WHERE stream = 'lesson-later'`)).toHaveLength(1);
  });

  it('says "Saya coba" and is noted as having undertaken it', async () => {
    await house.press(lesson(), actionIds.tryToday);
    const marks = await row(sql`SELECT state FROM progress`);
    expect(marks).toEqual([{ state: 'committed' }]);
    expect(lesson().changedAt).not.toBeNull();
  });

  it('puts the lesson off and gets it again about two hours later, once', async () => {
    await house.press(lesson(), actionIds.later);
    await house.tickAt('2026-10-26T03:20:00Z');
    expect(house.messagesOf(platform, key)).toHaveLength(1);
    for (const minute of ['31', '32', '59']) await house.tickAt(`2026-10-26T03:${minute}:00Z`);
    expect(house.messagesOf(platform, key)).toHaveLength(2);
    const again = house.messagesOf(platform, key).at(-1);
    const buttons = house
      .actor(platform)
      .buttons(again?.payload)
      .map(({ action }) => action);
    expect(buttons).toContain(actionIds.answerQuiz);
  });

  it('pauses, and on "mulai" has the next working day back at once', async () => {
    await house.type(platform, key, 'jeda 7');
    expect((await preferences())?.paused_until).toBe('2026-11-01');
    await planAll(house.host.context, house.host.clock.now());
    const id = await house.idOf(key);
    const tomorrow = () =>
      row(sql`SELECT state, reason FROM outbox WHERE person_id = ${id} AND slot = '2026-10-27'`);
    await sql`DELETE FROM outbox WHERE person_id = ${id} AND slot = '2026-10-27'`.execute(house.db);
    await sql`DELETE FROM attention WHERE person_id = ${id} AND local_day = '2026-10-27'`.execute(
      house.db,
    );
    await planAll(house.host.context, house.host.clock.now());
    expect(await tomorrow()).toEqual([{ state: 'skipped', reason: 'paused' }]);
    await house.type(platform, key, 'mulai');
    expect((await preferences())?.paused_until).toBeNull();
    expect(await tomorrow()).toEqual([{ state: 'planned', reason: null }]);
  });

  it('stops, and resumes with the button of the answer', async () => {
    await house.type(platform, key, 'berhenti');
    expect((await preferences())?.stopped_at).not.toBeNull();
    const answer = house.messagesOf(platform, key).at(-1);
    if (answer === undefined) throw new Error('no answer came');
    await house.press(answer, actionIds.resume);
    expect((await preferences())?.stopped_at).toBeNull();
  });

  it('is understood in both languages', async () => {
    await house.type(platform, key, 'frekuensi 3');
    expect((await preferences())?.per_week).toBe(3);
    await house.type(platform, key, 'frequency 1');
    expect((await preferences())?.per_week).toBe(1);
    await house.type(platform, key, 'time 09:15');
    expect((await preferences())?.send_minute).toBe(9 * 60 + 15);
    await house.type(platform, key, 'jam 10.00');
    expect((await preferences())?.send_minute).toBe(10 * 60);
    await house.type(platform, key, 'bahasa en');
    expect((await preferences())?.language).toBe('en');
    expect(last(house.messagesOf(platform, key))).toContain(
      'From now on Langkah writes in English',
    );
    await house.type(platform, key, 'my data');
    expect(last(house.messagesOf(platform, key))).toContain('Your data in Langkah');
    await house.type(platform, key, 'language id');
    await house.type(platform, key, 'data saya');
    expect(last(house.messagesOf(platform, key))).toContain('Data Anda di Langkah');
  });

  it('asks "apa ini?" and is answered, and the words are kept nowhere', async () => {
    const words = 'apa ini sebenarnya kata-rahasia-9137?';
    await house.type(platform, key, words);
    expect(last(house.messagesOf(platform, key))).toContain('Tentang Langkah');
    await house.host.flush();
    const places = [
      await dump(house.db),
      await readFile(join(house.home, 'queue.jsonl'), 'utf8'),
      JSON.stringify(house.lines),
      JSON.stringify(house.host.messages()),
    ];
    expect(places.map((place) => place.includes('9137'))).toEqual(places.map(() => false));
    expect(places[0]?.includes('local-clock')).toBe(true);
  });
});

describe('somebody who is on no roster', () => {
  it.each([
    ['slack', 'U0STRANGER'],
    ['teams', 'c0a70c0a-0000-4000-9000-0000stranger'],
  ] as const)('is answered on %s and nothing about them is stored', async (platform, userId) => {
    const before = house.lines.length;
    await house.actor(platform).type({ userId, text: 'halo' });
    await house.host.drain();
    const said = house.host.messages().filter((one) => one.userId === userId);
    expect(said).toHaveLength(1);
    expect(JSON.stringify(said[0]?.payload)).toContain('langkah@kementerian.example');
    // The chat itself keeps what it showed; nothing of ours does.
    const stored = await dump(house.db, ['local_messages']);
    expect(stored.toLowerCase().includes('stranger')).toBe(false);
    expect(JSON.stringify(house.lines.slice(before)).toLowerCase()).not.toContain('stranger');
  });
});

describe('the mark of an event', () => {
  it('is found by nobody who tries people and moments without the key of the house', async () => {
    const { context } = house.host;
    const key = 'teams/contoh/percakapan/1761442200000';
    const from = {
      ...({ platform: 'teams' } as const),
      ...{ workspaceId: 'contoh', userId: 'x', conversation: 'percakapan' },
      serviceUrl: null,
    } as const;
    await onEvent(context, {
      ...{ kind: 'seen', key, from, at: new Date(lessonAt) },
      target: { ref: null, replyUrl: null },
    });
    const known = (hash: string) =>
      row(sql`SELECT key FROM seen_events WHERE key = ${`teams/${hash}`}`);
    expect(await known(createHash('sha256').update(key).digest('base64url'))).toEqual([]);
    const keyed = createHmac('sha256', context.ticketKey).update(key).digest('base64url');
    expect(await known(keyed)).toHaveLength(1);
  });
});
