import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listLanes, saveFindings } from '../../../../core/store/outbox/lanes.ts';
import { readOutlook } from '../../../../core/store/outlook.ts';
import { later, lesson, openDoubts } from './doubts.ts';

const historyOf = async ({ db }: Awaited<ReturnType<typeof openDoubts>>) =>
  (await listLanes(db))[0]?.history;

describe('a message whose answer was lost', () => {
  it('is left alone for 60 s, then found: sent with its ts, and seen like any other', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    await house.run(59);
    expect(house.slack.calls).toEqual([]);
    expect((await readOutlook(house.db)).doubt).toEqual(later(60));
    await house.run(60);
    const ts = house.slack.messages()[0]?.ref;
    expect(await house.rows()).toMatchObject([
      { state: 'sent', reason: 'found', ref: ts, conversation: 'DU0ORANG1' },
    ]);
    const seen = await sql<{
      item: string;
      version: string;
    }>`SELECT item, version FROM seen`.execute(house.db);
    expect(seen.rows).toEqual([{ item: lesson, version: expect.stringMatching(/./) }]);
    expect(await historyOf(house)).toBe(true);
    expect((await readOutlook(house.db)).doubt).toBeNull();
  });

  it('goes again with the same key when it is surely not there', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: false });
    const keys = () => sql`SELECT key::text FROM outbox`.execute(house.db).then(({ rows }) => rows);
    const before = await keys();
    await house.run(60);
    expect(await house.rows()).toMatchObject([
      { state: 'retry', reason: 'not-arrived', due: later(60) },
    ]);
    expect(await keys()).toEqual(before);
  });

  it('is found in a conversation that nobody knew yet, which is known from then on', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true, stranger: true, stream: 'welcome' });
    await house.run(60);
    const people = await sql`SELECT i.conversation, f.welcomed_at FROM identities i
      JOIN preferences f ON f.person_id = i.person_id`.execute(house.db);
    expect(people.rows).toEqual([{ conversation: 'DU0ORANG1', welcomed_at: later(60) }]);
  });

  it('ends the same when the run is repeated, alone or four times at once', async () => {
    const house = await openDoubts();
    for (let index = 0; index < 12; index += 1) await house.doubt({ arrived: index % 2 === 0 });
    await Promise.all([1, 2, 3, 4].map(() => house.run(60)));
    const rows = await house.rows();
    expect(await house.states()).toEqual({ sent: 6, retry: 6 });
    expect(house.lookUps()).toBe(12);
    await house.run(60);
    await house.run(600);
    expect(await house.rows()).toEqual(rows);
    expect(house.lookUps()).toBe(12);
  });

  it('is asked about once more after a crash between the look-up and its result', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    await sql`UPDATE outbox SET asked_at = ${later(60)}`.execute(house.db);
    await house.run(61);
    expect(house.lookUps()).toBe(0);
    await house.run(120);
    expect(await house.states()).toEqual({ sent: 1 });
  });
});

describe('a workspace that does not permit it', () => {
  it('is asked once, not once a message, and says so once', async () => {
    const house = await openDoubts();
    house.slack.scopes.delete('im:history');
    for (let index = 0; index < 10; index += 1) await house.doubt({ arrived: true });
    await house.run(60);
    expect(house.lookUps()).toBe(1);
    expect(await historyOf(house)).toBe(false);
    expect(await house.states()).toEqual({ unconfirmed: 10 });
    await house.doubt({ arrived: true });
    await house.run(180);
    expect(house.lookUps()).toBe(0);
    expect(house.lines.filter((line) => line === 'lane.no-history')).toHaveLength(1);
  });

  it('ends nudges as unconfirmed and sends again what must arrive, at most five times', async () => {
    const house = await openDoubts();
    await saveFindings(house.db, house.lane, { history: false, now: later(0) });
    const streams = ['lesson', 'lesson-later', 'leader', 'pulse', 'correction', 'welcome'];
    for (const stream of streams) await house.doubt({ stream, arrived: true });
    await house.doubt({ stream: 'correction', arrived: true, attempt: 5 });
    await house.run(60);
    expect((await house.rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ...streams.slice(0, 4).map(() => ['unconfirmed', 'ECONNRESET']),
      ['retry', 'ECONNRESET'],
      ['retry', 'ECONNRESET'],
      ['unconfirmed', 'ECONNRESET'],
    ]);
    expect(house.slack.calls).toEqual([]);
    const seen = await sql`SELECT 1 FROM seen`.execute(house.db);
    expect(seen.rows).toEqual([]);
  });

  it('or a platform without look-ups (Teams) goes by policy at once', async () => {
    const house = await openDoubts('teams');
    await house.doubt({ arrived: true });
    await house.doubt({ arrived: true, stream: 'welcome' });
    await house.run(60);
    expect(await house.states()).toEqual({ unconfirmed: 1, retry: 1 });
  });

  it('leaves the doubt of somebody who is gone from it unconfirmed, whatever the stream', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true, stream: 'correction' });
    await sql`DELETE FROM identities`.execute(house.db);
    await house.run(60);
    expect(await house.states()).toEqual({ unconfirmed: 1 });
  });
});

describe('a workspace that gives no answer', () => {
  it.each([
    { effect: false, answer: { status: 500 } },
    { effect: false, answer: 'reset' },
    { effect: false, answer: 'hang' },
  ] as const)('keeps its messages in doubt, asked once a run: %j', async (fault) => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    await house.doubt({ arrived: false });
    house.slack.faults.set('conversations.history', fault);
    await house.run(60);
    expect(await house.states()).toEqual({ unknown: 2 });
    expect(house.lookUps()).toBe(1);
    // The other one comes first now: what cannot be read holds nothing up.
    house.slack.faults.clear();
    await house.run(119);
    expect(await house.states()).toEqual({ unknown: 1, retry: 1 });
    await house.run(120);
    expect(await house.states()).toEqual({ sent: 1, retry: 1 });
  });

  it('that asks for silence is left alone as long as it said', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    const answer = { status: 429, retryAfter: '3600' };
    house.slack.faults.set('conversations.history', { effect: false, answer });
    await house.run(60);
    house.slack.faults.clear();
    await house.run(3659);
    expect(house.lookUps()).toBe(1);
    await house.run(3661);
    expect(await house.states()).toEqual({ sent: 1 });
  });

  it('for a whole day has its doubts ended by policy, also on a lane that stands still', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    await sql`UPDATE lanes SET paused_reason = 'token_revoked'`.execute(house.db);
    await house.run(86_399);
    expect(await house.states()).toEqual({ unknown: 1 });
    await house.run(86_400);
    expect(await house.states()).toEqual({ unconfirmed: 1 });
    expect(house.slack.calls).toEqual([]);
  });

  it('or whose token was revoked is not taken for one that forbids it', async () => {
    const house = await openDoubts();
    await house.doubt({ arrived: true });
    house.slack.refusing.set('conversations.history', 'token_revoked');
    await house.run(60);
    expect(await house.states()).toEqual({ unknown: 1 });
    expect(await historyOf(house)).toBeNull();
  });
});

describe('the pace of look-ups', () => {
  it('is 40 a minute, each message once, and known outcomes are never asked about', async () => {
    const house = await openDoubts();
    for (let index = 0; index < 90; index += 1) await house.doubt({ arrived: index % 3 > 0 });
    await sql`UPDATE outbox SET state = 'sent' WHERE person_id > 85`.execute(house.db);
    const perRun: number[] = [];
    for (const seconds of [60, 120, 180, 240]) {
      house.slack.calls.length = 0;
      await house.run(seconds);
      perRun.push(house.lookUps());
    }
    expect(perRun).toEqual([40, 40, 5, 0]);
    expect((await house.states())['unknown']).toBeUndefined();
  });
});

describe('an intent whose sender is gone', () => {
  const interrupted = async (stream: string) => {
    const house = await openDoubts();
    await house.doubt({ stream, arrived: true });
    await sql`UPDATE outbox SET state = 'sending', reason = NULL`.execute(house.db);
    await sql`UPDATE lanes SET fence = 1, holder = 'a', leased_until = ${later(80)}`.execute(
      house.db,
    );
    return house;
  };

  it('is in doubt once its lease is over, looked up 60 s later, and then found', async () => {
    const house = await interrupted('lesson');
    await house.run(79);
    expect(await house.states()).toEqual({ sending: 1 });
    expect((await readOutlook(house.db)).doubt).toEqual(later(80));
    await house.run(80);
    expect(await house.rows()).toMatchObject([{ state: 'unknown', reason: 'interrupted' }]);
    expect(house.slack.calls).toEqual([]);
    await house.run(140);
    expect(await house.states()).toEqual({ sent: 1 });
  });

  it('is so at once when another holds the lane by now', async () => {
    const house = await interrupted('lesson');
    await sql`UPDATE lanes SET fence = 2, leased_until = ${later(500)}`.execute(house.db);
    await house.run(60);
    expect(await house.states()).toEqual({ unknown: 1 });
  });

  it('tells nothing of a person when it is a reminder, and a recall simply goes again', async () => {
    const reminder = await interrupted('pulse-reminder');
    await reminder.run(80);
    const row = await sql`SELECT state, reason, attempt, key, ref FROM outbox`.execute(reminder.db);
    expect(row.rows).toEqual([
      { state: 'settled', reason: 'reminder', attempt: 0, key: null, ref: null },
    ]);
    const recall = await interrupted(`recall/${lesson}`);
    await recall.run(80);
    expect(await recall.rows()).toMatchObject([{ state: 'retry', due: later(80) }]);
  });
});
