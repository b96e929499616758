import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Secrets } from '../../../../core/ports.ts';
import { openRoll } from '../../../../core/results/waves/membership.ts';
import { findWave } from '../../../../core/store/pulse/waves.ts';
import { listEarlier, listReleases } from '../../../../core/store/results/releases.ts';
import { membersKeyName, waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { wavesJob } from '../../../../functions/jobs/pulse/waves.ts';
import { tick } from '../../../../functions/jobs/tick.ts';
import { queued } from '../../../support/ballots.ts';
import { closes, counted, openInvited, sendAnswers } from '../../../support/closing.ts';
import { dump, type House } from '../../../support/house.ts';
import { voters } from '../../../support/pulse.ts';

const statusOf = async (house: House) => (await findWave(house.db, 'w1'))?.status;
const eventsOf = (house: House, name: string) => house.lines.filter(({ event }) => event === name);

/** Secrets that tell how often a wave's private key was taken out. */
const watched = () => {
  const state = { taken: 0 };
  const wrap = (secrets: Secrets): Secrets => ({
    ...secrets,
    get: async (name) => {
      if (name === waveSecretName('w1', 'private-key')) state.taken += 1;
      return secrets.get(name);
    },
  });
  return { state, wrap };
};

describe('a close', () => {
  let house: House;
  const { state, wrap } = watched();
  const dead = () => join(house.home, 'queue.jsonl.dead');
  let waiting = '';
  let colleague = '';
  beforeAll(async () => {
    house = await openInvited({ wrapSecrets: wrap });
    // The launch has looked whether there is one already.
    state.taken = 0;
    const person = await house.db.selectFrom('people').select('name').executeTakeFirstOrThrow();
    colleague = person.name;
    const messages = [...voters(house).values()];
    for (const [at, message] of messages.slice(0, 30).entries())
      await sendAnswers(house, message, { comment: `Terima kasih ${colleague}, pelatihan ${at}` });
    await house.host.drain();
    house.host.clock.moveTo(new Date(Date.parse(closes) - 1_000));
    const last = messages[30];
    if (last === undefined) throw new Error('too few voters');
    await sendAnswers(house, last);
    waiting = (await queued(house))[0] ?? '';
  });

  it('waits while a ballot is on its way, and takes it in', async () => {
    await house.tickAt(counted);
    expect(await statusOf(house)).toBe('open');
    expect(eventsOf(house, 'wave.waits-for-queue').at(-1)?.fields).toEqual({
      wave: 'w1',
      waiting: 1,
      dead: 0,
    });
    await house.host.drain();
    const { rows } = await sql<{ count: number }>`SELECT count(*) FROM ballots`.execute(house.db);
    expect(rows[0]?.count).toBe(31);
  });

  it('waits while a ballot lies among the dead letters, until they are drained or purged', async () => {
    await writeFile(dead(), `${waiting}\n`);
    await tick(house.host.context);
    expect(await statusOf(house)).toBe('open');
    expect(eventsOf(house, 'wave.waits-for-queue').at(-1)?.fields).toMatchObject({ dead: 1 });
    expect(state.taken).toBe(0);
    await rm(dead());
  });

  it('is taken by one host alone when two are at it', async () => {
    const { context } = house.host;
    const now = context.clock.now();
    await Promise.all([1, 2, 3].map(() => wavesJob.run(context, now)));
    await tick(context);
    expect(await statusOf(house)).toBe('erased');
    expect(eventsOf(house, 'wave.published')).toHaveLength(1);
    // Taken out once to be used; the second read proves that it is gone.
    expect(state.taken).toBe(2);
    const { rows } = await sql<{ act: string; count: number }>`
      SELECT act, count(*) FROM audit_log WHERE act IN ('wave.published', 'wave.erased')
      GROUP BY act ORDER BY act`.execute(house.db);
    expect(rows).toEqual([
      { act: 'wave.erased', count: 1 },
      { act: 'wave.published', count: 1 },
    ]);
    expect(await context.secrets.get(waveSecretName('w1', 'private-key'))).toBeNull();
  });

  it('makes the sums of members under a key that stays in the secret store, and in no table', async () => {
    const key = await house.secrets.get(membersKeyName);
    expect(key).toMatch(/^[\w-]{43}$/);
    const [kept] = await listEarlier(house.db);
    expect(kept?.basis?.members.length).toBeGreaterThan(0);
    expect(kept?.basis?.madeUnder).toBe(openRoll(key ?? '').roll.madeUnder);
    expect(await dump(house.db)).not.toContain(key);
  });

  it('publishes comments of ten and more, shuffled, without the names of the roster', async () => {
    const [release] = await listReleases(house.db);
    const lists = release?.comments ?? [];
    const said = lists.flatMap(({ themes }) => themes.flatMap(({ comments }) => comments));
    expect(lists.length).toBeGreaterThan(0);
    expect(said.toSorted()).toEqual(
      Array.from({ length: 30 }, (_, at) => `Terima kasih [nama], pelatihan ${at}`).toSorted(),
    );
    expect(await dump(house.db, ['releases'])).not.toContain('Terima kasih');
  });

  it('refuses kindly what is handled afterwards', async () => {
    await house.queue.put(waiting);
    const before = house.host.messages().length;
    await house.host.drain();
    const [said] = house.host.messages().slice(before);
    expect(JSON.stringify(said?.payload)).toMatch(/sudah ditutup|has closed/);
    expect(await dump(house.db, ['local_messages', 'releases'])).not.toContain('eyJ');
  });
});
