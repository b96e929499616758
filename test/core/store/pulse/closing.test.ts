import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../../core/store/database.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { ballotKeys } from '../../../../core/store/pulse/ballots.ts';
import {
  ballotPages,
  endUnpublished,
  memberPages,
  publishWave,
} from '../../../../core/store/pulse/closing.ts';
import { advanceWave, findWave } from '../../../../core/store/pulse/waves.ts';
import { listReleases } from '../../../../core/store/results/releases.ts';
import type { WaveStatus } from '../../../../core/survey/schedule/wave.ts';
import { cloneDatabase } from '../../../support/run/database.ts';
import { close, everyItem, people } from '../../results/small-wave.ts';

const now = new Date('2026-10-23T10:15:00Z');
const day = '2026-10-14';

let db: Database;
beforeEach(async () => {
  db = (await cloneDatabase()).db;
  await ensurePartitions(db, [day]);
});

type Stand = { readonly status: WaveStatus; readonly keys?: string; readonly people?: number };

/** A wave as it stands after a life of its own: so many members, and a ballot of each. */
const openWave = async (id: string, { status, keys = 'kept', people: n = 0 }: Stand) => {
  await sql`INSERT INTO waves (id, survey, items, opens_at, closes_at, status, public_key, invited)
    VALUES (${id}, 'pulse', '{}', ${now}, ${now}, 'open', '{}', 0)`.execute(db);
  await sql`INSERT INTO wave_members (wave_id, person_id, groups)
    SELECT ${id}, n, '{1}' FROM generate_series(1, ${n}::int) n`.execute(db);
  await sql`INSERT INTO ballots (wave_id, ballot_key, platform_time, sealed)
    SELECT ${id}, 'kunci-' || lpad(n::text, 6, '0'), ${now}, 'kotak'
    FROM generate_series(1, ${n}::int) n`.execute(db);
  await sql`UPDATE waves SET invited = ${n} WHERE id = ${id}`.execute(db);
  const life: readonly WaveStatus[] = ['closing', 'published', 'erased'];
  for (const step of life.slice(0, life.indexOf(status) + 1))
    await sql`UPDATE waves SET status = ${step}, keys = ${keys} WHERE id = ${id}`.execute(db);
};

const ballotsOf = async (wave: string): Promise<number> =>
  (await db.selectFrom('ballots').select('ballot_key').where('wave_id', '=', wave).execute())
    .length;

/** One reminder of a wave, for a person of that number. */
const remind = (person: number, item: string) =>
  sql`INSERT INTO outbox (person_id, stream, slot, item, priority, due, expires, state, changed_at)
    VALUES (${person}, 'pulse-reminder', ${day}, ${item}, 5, ${now}, ${now}, 'settled', ${now})`.execute(
    db,
  );

const remindersLeft = async (): Promise<readonly string[]> =>
  (await db.selectFrom('outbox').select('item').orderBy('item').execute()).map(({ item }) => item);

const putMarks = (keys: readonly string[]) =>
  sql`INSERT INTO seen_events (key, at) SELECT key, ${now} FROM unnest(${keys}::text[]) key`.execute(
    db,
  );

const marksLeft = async (): Promise<readonly string[]> =>
  (await db.selectFrom('seen_events').select('key').orderBy('key').execute()).map(({ key }) => key);

const marks = ['ballot/satu', 'link/dua', 'link/told/tiga', 'reminded/empat'];

describe('a wave that is read for its close', () => {
  // Whole pages are the rim: one more must still be asked for, and none may be read twice.
  it.each([0, 999, 1_000, 1_001, 2_000, 2_345])(
    'gives each of its %i members and boxes once',
    async (count) => {
      await openWave('w1', { status: 'closing', people: count });
      await openWave('w2', { status: 'open', people: 3 });
      const members: number[] = [];
      for await (const page of memberPages(db, 'w1'))
        members.push(...page.map(({ personId }) => personId));
      expect(members).toEqual(Array.from({ length: count }, (_, at) => at + 1));
      const boxes: string[] = [];
      for await (const page of ballotPages(db, 'w1'))
        boxes.push(...page.map(({ ballotKey }) => ballotKey));
      expect(boxes).toEqual(members.map((n) => `kunci-${String(n).padStart(6, '0')}`));
    },
  );

  it('counts nobody as having answered who took their answers back', async () => {
    await openWave('w1', { status: 'open', people: 3 });
    await sql`UPDATE ballots SET sealed = '' WHERE ballot_key = 'kunci-000002'`.execute(db);
    expect([...(await ballotKeys(db, 'w1'))].sort()).toEqual(['kunci-000001', 'kunci-000003']);
  });
});

describe('publishing a wave', () => {
  const made = close(people(3, 30), () => everyItem(3));
  const publish = () => db.transaction().execute((trx) => publishWave(trx, made, now));

  it('puts its release in once, and takes what tells of a person out', async () => {
    await openWave('w1', { status: 'closing', people: 5 });
    await remind(1, 'w1/1');
    await putMarks([...marks, 'slack/Ev1']);
    expect(await publish()).toBe(true);
    expect(await publish()).toBe(false);
    expect(await listReleases(db)).toEqual([made.release]);
    expect(await ballotsOf('w1')).toBe(0);
    expect(await remindersLeft()).toEqual([]);
    // The mark of an event that was handled is nobody's answer.
    expect(await marksLeft()).toEqual(['slack/Ev1']);
  });

  it.each(['open', 'published', 'erased'] as const)(
    'leaves one alone that is %s: it is not its turn',
    async (status) => {
      await openWave('w1', { status, people: 5 });
      expect(await publish()).toBe(false);
      expect((await findWave(db, 'w1'))?.status).toBe(status);
      expect(await listReleases(db)).toEqual([]);
      expect(await ballotsOf('w1')).toBe(5);
    },
  );
});

describe('a wave that ends while a later one is open', () => {
  it('takes nothing of the later one, whose name begins with its own', async () => {
    await openWave('w1', { status: 'closing', keys: 'abandoned', people: 5 });
    await openWave('w10', { status: 'open', people: 7 });
    await remind(1, 'w1/1');
    await remind(2, 'w10/1');
    await putMarks(marks);
    expect(await db.transaction().execute((trx) => endUnpublished(trx, 'w1'))).toBe(true);
    expect([await ballotsOf('w1'), await ballotsOf('w10')]).toEqual([0, 7]);
    expect(await remindersLeft()).toEqual(['w10/1']);
    // Without them a link could be used twice, and a reminder come again.
    expect(await marksLeft()).toEqual(marks);
  });
});

describe('a step of a wave', () => {
  it('is taken once: who comes second with the same is told that it was not theirs', async () => {
    await openWave('w1', { status: 'published' });
    const erase = { from: 'published', to: 'erased' } as const;
    expect([await advanceWave(db, 'w1', erase), await advanceWave(db, 'w1', erase)]).toEqual([
      true,
      false,
    ]);
    expect((await findWave(db, 'w1'))?.status).toBe('erased');
  });
});
