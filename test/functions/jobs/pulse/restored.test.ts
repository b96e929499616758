import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { firstAnswers } from '../../../support/ballots.ts';
import { counted, openInvited, sendAnswers } from '../../../support/closing.ts';
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
