import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWave } from '../../core/store/pulse/waves.ts';
import { listReleases } from '../../core/store/results/releases.ts';
import { ballotKey, openBallot } from '../../core/survey/ballot/ballot.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { wavesJob } from '../../functions/jobs/pulse/waves.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { type Blow, blowsOn, runChild } from './pulse/children.ts';
import { contextOver } from './pulse/context.ts';
import { copyStage, makeTemplate, type Stage } from './pulse/stage.ts';
import { answersOf, commentOf, counted, wave } from './pulse/wave.ts';

const people = 200;
const leastKills = 50;

describe('answers whose way is cut off at every one of its steps', () => {
  let stage: Stage;
  /** Whom the door told that their answers were taken, and who tried at all. */
  const taken = new Set<number>();
  const tried = new Set<number>();
  let next = 1;

  /** The next two people answer in a process of their own; what an earlier one left on the queue comes first. */
  const answer = async (blow: Blow | null) => {
    const now = new Date(Date.parse('2026-10-12T04:00:00Z') + next * 60_000).toISOString();
    const pair = [next, next + 1];
    next += 2;
    const { databaseUrl, queue, secrets } = stage;
    const ended = await runChild(
      'submit-process',
      { databaseUrl, queue, secrets, now, people: pair },
      blow,
    );
    for (const id of pair) tried.add(id);
    for (const line of ended.said) {
      const [word, id] = line.split(' ');
      if (word === 'taken') taken.add(Number(id));
      else throw new Error(`unexpected: ${line}`);
    }
    return ended;
  };

  beforeAll(async () => {
    stage = await copyStage(await makeTemplate(people));
  }, 60_000);
  afterAll(() => stage.close());

  it('are lost to nobody who was told they were taken, and count once', async () => {
    const { steps } = await answer(null);
    const ends = [];
    // Twice over all steps: fifty kills and more.
    for (const blow of [...blowsOn(steps), ...blowsOn(steps)]) ends.push(await answer(blow));
    await answer(null);
    const kills = ends.filter(({ killed }) => killed).length;
    expect(kills).toBeGreaterThanOrEqual(leastKills);
    expect(taken.size).toBeGreaterThan(kills);

    const { db } = stage;
    const boxes = await openedBoxes(stage);
    const cast = [...tried].filter((id) => boxes.has(id));
    // Nobody's box but theirs, one each, and nobody acknowledged is missing.
    const { count } = await db
      .selectFrom('ballots')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(cast).toHaveLength(count);
    expect([...taken].filter((id) => !cast.includes(id))).toEqual([]);
    const { items } = (await findWave(db, wave)) ?? { items: [] };
    for (const id of cast) {
      const numbers = Object.entries(answersOf(id, items)).map(([item, one]) => [
        item,
        Number(one),
      ]);
      expect(boxes.get(id)).toEqual({
        answers: Object.fromEntries(numbers),
        comment: commentOf(id),
      });
    }

    const closing = new Date(counted);
    const context = await contextOver(db, closing, fileSecrets(stage.secrets));
    await wavesJob.run(context, closing);
    const [release] = await listReleases(db);
    const said = (release?.comments ?? []).flatMap(({ themes }) =>
      themes.flatMap(({ comments }) => comments),
    );
    expect(release?.audit.unreadable).toBe(0);
    expect(said.toSorted()).toEqual(cast.map(commentOf).toSorted());
  });
});

/** What lies in the store, by person: as only the close can see it. */
const openedBoxes = async ({ db, secrets: folder }: Stage) => {
  const secrets = fileSecrets(folder);
  const secret = (await secrets.get(waveSecretName(wave, 'secret'))) ?? '';
  const privateKey = JSON.parse((await secrets.get(waveSecretName(wave, 'private-key'))) ?? '{}');
  const { items } = (await findWave(db, wave)) ?? { items: [] };
  const rows = await db.selectFrom('ballots').select(['ballot_key', 'sealed']).execute();
  const owners = new Map(
    Array.from({ length: people }, (_, at) => [ballotKey(secret, at + 1), at + 1]),
  );
  const opened = await Promise.all(
    rows.map(async ({ ballot_key: key, sealed }) => {
      const box = await openBallot(privateKey, sealed, { wave, items });
      return [owners.get(key) ?? 0, box] as const;
    }),
  );
  return new Map(opened);
};
