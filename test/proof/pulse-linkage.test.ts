import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWave } from '../../core/store/pulse/waves.ts';
import { listReleases } from '../../core/store/results/releases.ts';
import { ballotKey, openBallot } from '../../core/survey/ballot/ballot.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { wavesJob } from '../../functions/jobs/pulse/waves.ts';
import { tick } from '../../functions/jobs/tick.ts';
import { dump } from '../support/house.ts';
import { seedAgency, userOf } from './pulse/agency.ts';
import { correlation, hits, luckiest } from './pulse/attack.ts';
import { filesBelow, findWords } from './pulse/bytes.ts';
import { backUp, type Office, openFolder, openOffice, removeOffice } from './pulse/office.ts';
import {
  type Arrivals,
  answerAll,
  canary,
  commentOf,
  counted,
  failAll,
  invite,
  wave,
} from './pulse/wave.ts';

const people = 500;

describe('a wave of 500, its attacker holding the roster and every dump', () => {
  let office: Office;
  let folder = '';
  let backup = '';
  let arrivals: Arrivals = [];
  let keys: { readonly d: string; readonly secret: string } = { d: '', secret: '' };
  let items: readonly string[] = [];
  let boxes: readonly { ballot_key: string; sealed: string; platform_time: Date }[] = [];

  beforeAll(async () => {
    [folder, backup] = [await openFolder(), await openFolder()];
    office = await openOffice(folder, (db) => seedAgency(db, people));
    await invite(office);
    const { secrets } = office.host.context;
    const key = JSON.parse((await secrets.get(waveSecretName(wave, 'private-key'))) ?? '{}');
    keys = { d: key.d, secret: (await secrets.get(waveSecretName(wave, 'secret'))) ?? '' };
    items = (await findWave(office.db, wave))?.items ?? [];
    arrivals = await answerAll(office, people);
  }, 170_000);
  afterAll(async () => {
    await office.close();
    for (const one of [folder, backup]) await removeOffice(one);
  });

  /** Everything but the secrets: tables and WAL, queue, dead letters, log. */
  const allFiles = async (): Promise<readonly string[]> => {
    await office.host.flush();
    await office.writeLog();
    await sql`CHECKPOINT`.execute(office.db);
    return [...(await filesBelow(office.data)), ...(await filesBelow(office.home))];
  };
  /** An answer as every answer sheet holds it. */
  const sheetWords = () => ['"answers":{', ...items.map((item) => `"${item}":`)];

  it('would be found wherever it lay, in whatever writing', async () => {
    const file = join(folder, 'planted');
    const lead = (count: number) => Buffer.from(`${'x'.repeat(count)}${canary} dan lain-lain`);
    const writings = [
      lead(5),
      Buffer.from(lead(3).toString('hex')),
      Buffer.from(lead(4).toString('utf8'), 'utf16le'),
      ...[0, 1, 2, 3, 4].flatMap((count) =>
        (['base64', 'base64url'] as const).map((as) => Buffer.from(lead(count).toString(as))),
      ),
    ];
    for (const writing of writings) {
      await writeFile(file, writing);
      expect(await findWords([file], [canary])).toHaveLength(1);
    }
    await rm(file);
  });

  it('is found in no dead letter while the store is away', async () => {
    const putBack = await failAll(office);
    const dead = join(office.home, 'queue.jsonl.dead');
    expect((await readFile(dead, 'utf8')).split('\n').filter((line) => line !== '')).toHaveLength(
      people,
    );
    expect(await findWords([dead], [canary, ...sheetWords()])).toEqual([]);
    await putBack();
    await office.host.drain();
  });

  it('shows no planted answer while open, to whoever lacks the private key', async () => {
    const files = await allFiles();
    expect(files.length).toBeGreaterThan(500);
    expect(await findWords(files, [canary, ...sheetWords()])).toEqual([]);
    const tables = await dump(office.db);
    for (const word of [canary, ...sheetWords()]) expect(tables.includes(word), word).toBe(false);
    boxes = await office.db.selectFrom('ballots').selectAll().execute();
    expect(boxes).toHaveLength(people);
    expect(new Set(boxes.map(({ sealed }) => sealed.length)).size).toBe(1);
    // The search does find what is there: the private key in the secrets, an answered person in the chat.
    expect(await findWords(await filesBelow(office.secrets), [keys.d])).toHaveLength(1);
    expect((await findWords(files, [userOf(7)])).length).toBeGreaterThan(0);
  });

  it('closes, and its keys are found nowhere, nor any answer sheet', async () => {
    await office.close();
    await backUp(office, backup);
    office = await openOffice(folder);
    office.host.clock.moveTo(new Date(counted));
    await tick(office.host.context);
    expect((await findWave(office.db, wave))?.status).toBe('erased');
    const files = [...(await allFiles()), ...(await filesBelow(office.secrets))];
    expect(await findWords(files, [keys.d, keys.secret, ...sheetWords()])).toEqual([]);
  });

  it('keeps comments in the release alone, where no person stands', async () => {
    const tables = await dump(office.db, ['releases']);
    for (const word of [canary, ...sheetWords()]) expect(tables.includes(word), word).toBe(false);
    const release = JSON.stringify(await listReleases(office.db));
    expect(release).toContain(canary);
    expect(release).not.toContain('U0BUKTI');
    expect(await findWords(await filesBelow(office.home), [canary])).toEqual([]);
  });

  it('gives a comment to its writer no more often than luck does', async () => {
    const [release] = await listReleases(office.db);
    const author = new Map(Array.from({ length: people }, (_, at) => [commentOf(at + 1), at + 1]));
    const lists = (release?.comments ?? []).map(({ themes }) =>
      themes.flatMap(({ comments }) => comments.map((comment) => author.get(comment) ?? 0)),
    );
    expect(lists.map((list) => list.length)).toEqual([100, 100, 100, 100, 100]);
    // Who is in which directorate is on the roster: within one, everybody lines up.
    const guesses = guessesOf({ arrivals, boxes });
    const tries = guesses.length * 2;
    const most = luckiest(people, 1 / 100, 0.01 / tries);
    for (const { by, people: order } of guesses) {
      const found = lists.map((list) => ({ list, own: order.filter((id) => list.includes(id)) }));
      const sum = found.map(({ list, own }) => hits(list, { by, people: own }));
      const total = (which: 'straight' | 'reversed') =>
        sum.reduce((all, one) => all + one[which], 0);
      expect(total('straight'), by).toBeLessThanOrEqual(most);
      expect(total('reversed'), by).toBeLessThanOrEqual(most);
      for (const { list, own } of found)
        expect(Math.abs(correlation(list, own)), by).toBeLessThan(4.2 / Math.sqrt(list.length - 1));
    }
  });

  it('opens nothing from a backup of 35 days ago', async () => {
    await office.close();
    // Today's secrets beside the data of then, as after a disaster.
    await cp(office.secrets, join(backup, 'secrets'), { recursive: true });
    office = await openOffice(backup);
    const now = new Date(Date.parse(counted) + 35 * 86_400_000);
    office.host.clock.moveTo(now);
    const restored = await office.db.selectFrom('ballots').selectAll().execute();
    expect(restored).toHaveLength(people);

    const held = await filesBelow(office.secrets);
    const texts = await Promise.all(held.map((file) => readFile(file, 'utf8')));
    const known = [...texts, await dump(office.db)].join('\n');
    // Whatever has the length of a key, be it a secret of today or anything in the tables of then.
    const candidates = new Set(known.match(/(?<![\w-])[\w-]{43}(?![\w-])/g));
    expect(candidates.size).toBeGreaterThan(people);
    const { publicKey } = (await findWave(office.db, wave)) ?? {};
    const [box] = restored;
    for (const candidate of candidates) {
      const privateKey = { ...Object(publicKey), d: candidate };
      await expect(openBallot(privateKey, box?.sealed ?? '', { wave, items })).rejects.toThrow();
      const mine = ballotKey(candidate, 1);
      expect(restored.some(({ ballot_key: key }) => key === mine)).toBe(false);
    }

    await expect(wavesJob.run(office.host.context, now)).rejects.toThrow('its keys are gone');
    expect(await listReleases(office.db)).toEqual([]);
    expect((await findWave(office.db, wave))?.status).toBe('closing');
  });
});

/** Orders of people that somebody can find in the roster, the tables of then and of now, times and sizes. */
const guessesOf = ({
  arrivals,
  boxes,
}: {
  readonly arrivals: Arrivals;
  readonly boxes: readonly { ballot_key: string; sealed: string; platform_time: Date }[];
}) => {
  const ids = Array.from({ length: people }, (_, at) => at + 1);
  // The chat's own records tell who wrote when; the store of then tells under which key.
  const byTime = boxes.toSorted((a, b) => a.platform_time.getTime() - b.platform_time.getTime());
  const keyed = new Map(byTime.map(({ ballot_key: key }, at) => [key, arrivals[at] ?? 0]));
  const along = (rows: readonly { ballot_key: string }[]) =>
    rows.map(({ ballot_key: key }) => keyed.get(key) ?? 0);
  return [
    { by: 'roster', people: ids },
    { by: 'chat user', people: ids.toSorted((a, b) => (userOf(a) < userOf(b) ? -1 : 1)) },
    { by: 'arrival', people: arrivals },
    { by: 'place in the table', people: along(boxes) },
    {
      by: 'ballot key',
      people: along(boxes.toSorted((a, b) => (a.ballot_key < b.ballot_key ? -1 : 1))),
    },
    { by: 'box', people: along(boxes.toSorted((a, b) => (a.sealed < b.sealed ? -1 : 1))) },
    { by: 'length', people: ids.toSorted((a, b) => commentOf(a).length - commentOf(b).length) },
  ];
};
