import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { findWave } from '../../../../core/store/pulse/waves.ts';
import { openInbox } from '../../../../functions/app/queue/inbox.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { firstAnswers } from '../../../support/ballots.ts';
import { closes, counted, openInvited, sendAnswers } from '../../../support/closing.ts';
import type { House } from '../../../support/house.ts';
import { voters } from '../../../support/pulse.ts';

/** The store as it stood in the night before the launch; what was said in the chats stays said. */
const restore = ({ db }: House): Promise<void> =>
  db.connection().execute(async (connection) => {
    await sql`SET session_replication_role = replica`.execute(connection);
    for (const table of ['ballots', 'wave_members', 'waves'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(connection);
    await sql`DELETE FROM outbox WHERE stream LIKE 'pulse%'`.execute(connection);
    await sql`SET session_replication_role = DEFAULT`.execute(connection);
  });

const relaunch = '2026-10-12T04:00:00Z';

const keysOf = (house: House) =>
  Promise.all(
    (['private-key', 'secret'] as const).map((part) =>
      house.secrets.get(waveSecretName('w1', part)),
    ),
  );

/** What the close told of itself. */
const auditOf = async ({ db }: House): Promise<unknown> =>
  (
    await sql<{ detail: unknown }>`SELECT detail FROM audit_log
      WHERE act = 'wave.published'`.execute(db)
  ).rows[0]?.detail;

describe('a wave launched a second time after a restore', () => {
  let house: House;
  let first: readonly LocalMessage[];
  beforeAll(async () => {
    house = await openInvited();
    first = [...voters(house).values()].slice(0, 12);
    await restore(house);
  });

  it('keeps its keys', async () => {
    const before = await keysOf(house);
    await house.tickAt(relaunch);
    expect(house.lines.filter(({ event }) => event === 'wave.launched')).toHaveLength(2);
    expect(await keysOf(house)).toEqual(before);
  });

  it('still counts the boxes of the first launch', async () => {
    for (const message of first) expect((await sendAnswers(house, message)).error).toBeUndefined();
    await house.host.drain();
    expect(await firstAnswers(house)).toHaveLength(first.length);
    await house.tickAt(counted);
    expect(await auditOf(house)).toMatchObject({ wave: 'w1', unreadable: 0 });
    expect(house.lines.map(({ event }) => event)).not.toContain('wave.unreadable');
  });
});

/** How many invitations wait for a date. */
const invitedOn = async ({ db }: House, date: string): Promise<number> =>
  (
    await sql<{ n: number }>`SELECT count(*)::int AS n FROM outbox
      WHERE stream = 'pulse' AND slot = ${date}::date`.execute(db)
  ).rows[0]?.n ?? -1;

const launches = ({ lines }: House): number =>
  lines.filter(({ event }) => event === 'wave.launched').length;

describe('a ballot on the queue of a store that was restored to before its wave', () => {
  let house: House;
  let few: readonly LocalMessage[];
  const saidOf = (part: string) =>
    house.host
      .messages()
      .filter(({ userId }) => few.some((one) => one.userId === userId))
      .filter(({ payload }) => JSON.stringify(payload).includes(part));
  beforeAll(async () => {
    house = await openInvited();
    few = [...voters(house).values()].slice(0, 3);
    for (const message of few) await sendAnswers(house, message);
    await restore(house);
    await house.host.drain();
  });

  it('waits among the dead letters, and nobody is told that the survey is closed', async () => {
    expect(await house.host.context.backlog?.()).toEqual({ waiting: 0, dead: few.length });
    expect(saidOf('sudah ditutup')).toEqual([]);
    expect(house.lines.map(({ event }) => event)).toContain('ballot.no-wave');
  });

  it('counts when it is put back after the second launch', async () => {
    await house.tickAt(relaunch);
    const dead = await readFile(join(house.home, 'queue.jsonl.dead'), 'utf8');
    await openInbox(house.host.context).takeBallots(dead.trim().split('\n'));
    expect(await firstAnswers(house)).toHaveLength(few.length);
  });

  it('is refused kindly once no launch can come any more', async () => {
    const entries = await readFile(join(house.home, 'queue.jsonl.dead'), 'utf8');
    await restore(house);
    house.host.clock.moveTo(new Date(closes));
    await openInbox(house.host.context).takeBallots(entries.trim().split('\n'));
    expect(saidOf('sudah ditutup')).toHaveLength(few.length);
  });
});

describe('a store restored late in the day', () => {
  it('takes answers at once, and invites everybody on the next working day', async () => {
    const house = await openInvited();
    const [message] = voters(house).values();
    if (message === undefined) throw new Error('nobody was asked');
    await restore(house);
    await house.tickAt('2026-10-12T08:00:00Z');
    expect(launches(house)).toBe(2);
    await sendAnswers(house, message);
    await house.host.drain();
    expect(await firstAnswers(house)).toHaveLength(1);
    const wave = await findWave(house.db, 'w1');
    expect(wave?.opensAt).toEqual(new Date('2026-10-12T22:00:00Z'));
    expect(await invitedOn(house, '2026-10-12')).toBe(0);
    expect(await invitedOn(house, '2026-10-13')).toBe(wave?.invited);
    for (const at of ['2026-10-13T00:00:00Z', '2026-10-13T03:10:00Z']) await house.tickAt(at);
    expect(launches(house)).toBe(2);
  });

  it('takes answers to the end on the last afternoon, when nobody can be invited any more', async () => {
    const house = await openInvited();
    await restore(house);
    await house.tickAt('2026-10-23T09:30:00Z');
    expect(await findWave(house.db, 'w1')).toMatchObject({
      status: 'open',
      opensAt: new Date('2026-10-11T22:00:00Z'),
      closesAt: new Date(closes),
    });
    expect(await invitedOn(house, '2026-10-23')).toBe(0);
  });
});

describe('a wave launched a second time with other keys', () => {
  it('takes no box sealed to the first ones, and asks for the answers once more', async () => {
    const house = await openInvited();
    const [message] = voters(house).values();
    if (message === undefined) throw new Error('nobody was asked');
    await restore(house);
    for (const part of ['private-key', 'secret'] as const)
      await house.secrets.remove(waveSecretName('w1', part));
    await house.tickAt(relaunch);
    await sendAnswers(house, message);
    await house.host.drain();
    expect(await house.db.selectFrom('ballots').selectAll().execute()).toEqual([]);
    const told = house.host.messages().filter(({ userId }) => userId === message.userId);
    expect(JSON.stringify(told.at(-1)?.payload)).toContain('Mohon jawab sekali lagi');
  });
});

describe('a close that could not open every box', () => {
  it('says so as an error', async () => {
    const house = await openInvited();
    const at = new Date(relaunch);
    await house.db
      .insertInto('ballots')
      .values({ wave_id: 'w1', ballot_key: 'asing', platform_time: at, sealed: 'asing' })
      .execute();
    await house.tickAt(counted);
    expect(house.lines.filter(({ event }) => event === 'wave.unreadable')).toEqual([
      { level: 'error', event: 'wave.unreadable', fields: { wave: 'w1', unreadable: 1 } },
    ]);
  });
});
