import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Lesson } from '../../../../core/content/schema.ts';
import {
  type ActionId,
  actionIds,
  type ChatMessage,
} from '../../../../core/conversation/message.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { actionValue } from '../../../../core/conversation/values.ts';
import { lessonMessage } from '../../../../core/learning/lesson-message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { postpone } from '../../../../functions/jobs/conversation/delay.ts';
import type { House } from '../../../support/house.ts';
import { keys, openMorning } from './lesson-morning.ts';

let house: House;
beforeEach(async () => {
  house = await openMorning();
});

const row = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(house.db)).rows;

describe.each(['slack', 'teams'] as const)('"Tunda" on %s', (platform) => {
  const key = keys[platform];
  const newest = (): LocalMessage => {
    const message = house.messagesOf(platform, key).at(-1);
    if (message === undefined) throw new Error('no message came');
    return message;
  };

  it('a tip postponed twice comes the next working day, as it was promised', async () => {
    await house.press(newest(), actionIds.later);
    await house.tickAt('2026-10-26T03:31:00Z');
    await house.press(newest(), actionIds.later);
    expect(JSON.stringify(newest().payload)).toContain('hari kerja berikutnya');
    // Said once more while it waits, it is not planned a third time.
    await house.type(platform, key, 'tunda');
    const id = await house.idOf(key);
    const postponed = await row(sql`SELECT slot::text, item, state FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson-later' ORDER BY slot`);
    expect(postponed).toEqual([
      { slot: '2026-10-26', item: 'l01', state: 'sent' },
      { slot: '2026-10-27', item: 'l01', state: 'planned' },
    ]);
    const before = house.messagesOf(platform, key).length;
    await sql`DELETE FROM outbox WHERE person_id = ${id} AND stream = 'lesson' AND state = 'planned'`.execute(
      house.db,
    );
    await house.tickAt('2026-10-27T02:00:00Z');
    expect(house.messagesOf(platform, key)).toHaveLength(before + 1);
  });

  it('finds a day for each of several tips postponed on one day, the next month and leave too', async () => {
    const id = await house.idOf(key);
    await sql`UPDATE people SET leave_from = '2026-10-28', leave_to = '2026-10-30'
      WHERE id = ${id}`.execute(house.db);
    house.host.clock.moveTo(new Date('2026-10-27T02:00:00Z'));
    const lessons = [...house.host.context.catalogue.lessons.keys()].slice(0, 3);
    await house.db.transaction().execute(async (trx) => {
      const { context, clock } = house.host;
      const person = {
        ...{ id, unitName: '', zone: 'Asia/Jakarta', pattern: 'five-day', language: 'id' as const },
        ...{ quietFrom: null, quietTo: null, stopped: false, welcomed: true, returned: false },
      };
      for (const item of lessons) await postpone({ context, trx, person, now: clock.now() }, item);
    });
    const slots = await row(sql<{ slot: string }>`SELECT slot::text FROM outbox
      WHERE person_id = ${id} AND stream = 'lesson-later' ORDER BY slot`);
    expect(slots.map(({ slot }) => slot)).toEqual(['2026-10-27', '2026-11-02', '2026-11-03']);
  });
});

describe.each(['slack', 'teams'] as const)('a press that comes late on %s', (platform) => {
  const key = keys[platform];
  const messages = () => house.messagesOf(platform, key);
  const newest = (): LocalMessage => {
    const message = messages().at(-1);
    if (message === undefined) throw new Error('no message came');
    return message;
  };
  const payload = () => JSON.stringify(newest().payload);
  const minuteLater = (): Date => {
    const { clock } = house.host;
    clock.moveTo(new Date(clock.now().getTime() + 60_000));
    return clock.now();
  };
  const type = async (words: string): Promise<void> => {
    minuteLater();
    await house.type(platform, key, words);
  };
  const preferences = async () =>
    house.db
      .selectFrom('preferences')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .executeTakeFirstOrThrow();
  const address = async () => {
    const to = await house.db
      .selectFrom('identities')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .where('platform', '=', platform)
      .executeTakeFirstOrThrow();
    const { workspace_id: workspaceId, user_id: userId, conversation } = to;
    return { platform, workspaceId, userId, conversation, serviceUrl: to.service_url };
  };
  /** Sends a message as an earlier version of Langkah would have. */
  const sent = async (message: ChatMessage): Promise<LocalMessage> => {
    minuteLater();
    const chat = house.host.context.chats.get(platform);
    await chat?.deliver(await address(), message, { key: `${messages().length}` });
    return newest();
  };
  const firstLesson = (): Lesson => {
    const lesson = house.host.context.catalogue.lessons.get('l01');
    if (lesson === undefined) throw new Error('no lesson');
    return lesson;
  };

  it('on a lesson that is gone is told so, and the lesson stays', async () => {
    const { catalogue } = house.host.context;
    const lesson = firstLesson();
    const gone = { ...lesson, id: 'l99' };
    const options = lesson.quiz.options.map((option) => ({ ...option, id: `${option.id}x` }));
    const otherChoices = { ...lesson, quiz: { ...lesson.quiz, options } };
    const presses: readonly (readonly [Lesson, ActionId])[] = [
      [gone, actionIds.answerQuiz],
      [gone, actionIds.tryToday],
      [otherChoices, actionIds.answerQuiz],
    ];
    for (const [old, action] of presses) {
      const message = await sent(lessonMessage(catalogue, old, 'id'));
      await house.press(message, action);
      expect([action, payload()]).toEqual([action, expect.stringContaining('tidak berlaku')]);
      const now = messages().find(({ ref }) => ref === message.ref);
      expect(now?.payload).toEqual(message.payload);
    }
  });

  it('on a setting that nobody can read any more is told so', async () => {
    const { catalogue } = house.host.context;
    const message = noticeMessage(catalogue, 'id', { key: 'answer.help' });
    const actions = [
      { id: actionIds.frequency, label: 'Empat', value: actionValue('id', '4') },
      { id: actionIds.resume, label: 'Mulai', value: 'xx' },
    ];
    const old = await sent({ ...message, parts: [{ type: 'actions', actions }] });
    for (const { id } of actions) {
      const before = messages().length;
      await house.press(old, id);
      expect([id, messages().length, payload()]).toEqual([
        id,
        before + 1,
        expect.stringContaining('tidak berlaku'),
      ]);
    }
  });

  const resumeAt = async (at: Date): Promise<void> =>
    onEvent(house.host.context, {
      ...({ kind: 'action', action: actionIds.resume, value: actionValue('id') } as const),
      ...{ key: `${platform}/late/${at.toISOString()}`, from: await address(), at },
      target: { ref: newest().ref, replyUrl: null },
    });

  it('"Mulai lagi" undoes no stop that was said after it, and the person is told that it holds', async () => {
    await type('jeda 3');
    const before = minuteLater();
    await type('berhenti');
    const { stopped_at: stoppedAt } = await preferences();
    await resumeAt(before);
    expect(await preferences()).toMatchObject({
      stopped_at: stoppedAt,
      paused_until: '2026-10-28',
    });
    expect(payload()).toContain('Kiriman dihentikan');
    await resumeAt(minuteLater());
    expect(await preferences()).toMatchObject({ stopped_at: null, paused_until: null });
  });

  it('an older stop that comes late leaves the moment of the newer one', async () => {
    const before = minuteLater();
    await type('berhenti');
    const { stopped_at: stoppedAt } = await preferences();
    await onEvent(house.host.context, {
      ...({ kind: 'text', text: 'stop' } as const),
      ...{ key: `${platform}/late-stop`, from: await address(), at: before },
      target: { ref: null, replyUrl: null },
    });
    expect((await preferences()).stopped_at).toEqual(stoppedAt);
  });

  it('"Jeda" and a bare "jeda" shorten no longer pause; a length that is said does', async () => {
    const lesson = newest();
    await type('jeda 30');
    const until = (await preferences()).paused_until;
    await house.press(lesson, actionIds.pause);
    expect(payload()).toContain('24 November 2026');
    await type('jeda');
    expect((await preferences()).paused_until).toBe(until);
    await type('jeda 2');
    expect((await preferences()).paused_until).toBe('2026-10-27');
    await type('jeda');
    expect((await preferences()).paused_until).toBe('2026-11-01');
  });
});
