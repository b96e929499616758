import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../core/results/release.ts';
import { findWave } from '../../core/store/pulse/waves.ts';
import { listReleases } from '../../core/store/results/releases.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { wavesJob } from '../../functions/jobs/pulse/waves.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { type Blow, blowsOn, runChild } from './pulse/children.ts';
import { contextOver } from './pulse/context.ts';
import { copyStage, makeTemplate, restServer, type Stage } from './pulse/stage.ts';
import { answerOne, counted, wave } from './pulse/wave.ts';

const people = 60;
const leastKills = 50;

/** How a wave stands: its rows, its releases, and which of its keys can still be read. */
const standing = async ({ db, secrets }: Stage) => {
  const status = (await findWave(db, wave))?.status;
  const { rows } = await sql<{ ballots: number; members: number; releases: number }>`
    SELECT (SELECT count(*) FROM ballots) AS ballots, (SELECT count(*) FROM wave_members) AS members,
      (SELECT count(*) FROM releases) AS releases`.execute(db);
  const keys = await Promise.all(
    (['private-key', 'secret'] as const).map((part) =>
      fileSecrets(secrets).get(waveSecretName(wave, part)),
    ),
  );
  return { status, ...rows[0], keys: keys.filter((key) => key !== null).length };
};

const whole = { ballots: people, members: people, releases: 0, keys: 2 };
const over = { ballots: 0, members: 0, releases: 1 };

/** Comments come in an order of chance. */
const ordered = (release: Release | undefined): unknown => ({
  ...release,
  comments: release?.comments?.map(({ unit, themes }) => ({
    unit,
    themes: themes.map((theme) => ({ ...theme, comments: theme.comments.toSorted() })),
  })),
});

describe('a close that is killed at every one of its steps', () => {
  let template: Awaited<ReturnType<typeof makeTemplate>>;
  let expected: unknown;
  let steps = 0;
  const now = new Date(counted);
  const close = ({ databaseUrl, secrets }: Stage, blow: Blow | null) =>
    runChild('close-process', { databaseUrl, secrets, now: counted }, blow);

  beforeAll(async () => {
    template = await makeTemplate(people, async (host, db) => {
      for (let id = 1; id <= people; id += 1) await answerOne(host, db, id);
      await host.drain();
    });
    const stage = await copyStage(template);
    const ended = await close(stage, null);
    steps = ended.steps;
    expect(await standing(stage)).toEqual({ status: 'erased', ...over, keys: 0 });
    expected = ordered((await listReleases(stage.db))[0]);
    await stage.close();
  }, 60_000);

  /** Kills one close, looks at what it left, and lets two hosts at once take it up; where the wave stood. */
  const blowOn = async (blow: Blow) => {
    const stage = await copyStage(template);
    const { killed } = await close(stage, blow);
    await restServer(stage.db);
    const found = await standing(stage);
    const { status, keys } = found;
    const told = `step ${blow.at}, ${blow.when}`;
    const uncounted = status === 'open' || status === 'closing';
    const left = uncounted ? whole : { ...over, keys: status === 'erased' ? 0 : keys };
    expect(found, told).toEqual({ status, ...left });

    const context = await contextOver(stage.db, now, fileSecrets(stage.secrets));
    await Promise.all([1, 2].map(() => wavesJob.run(context, now)));
    await wavesJob.run(context, now);
    expect(await standing(stage), told).toEqual({ status: 'erased', ...over, keys: 0 });
    expect(ordered((await listReleases(stage.db))[0]), told).toEqual(expected);
    const { rows } = await sql<{ act: string }>`
      SELECT act FROM audit_log WHERE act IN ('wave.published', 'wave.erased') ORDER BY act`.execute(
      stage.db,
    );
    expect(
      rows.map(({ act }) => act),
      told,
    ).toEqual(['wave.erased', 'wave.published']);
    await stage.close();
    return { status, killed };
  };

  it('leaves the wave open, closing, published or erased, never half, and is taken up where it stands', async () => {
    const ends = [];
    const blows = blowsOn(steps);
    // Two at once: each has a store and secrets of its own.
    for (let from = 0; from < blows.length; from += 2)
      ends.push(...(await Promise.all(blows.slice(from, from + 2).map(blowOn))));
    expect(ends.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(leastKills);
    const stood = new Set(ends.map(({ status }) => status));
    expect(stood).toEqual(new Set(['open', 'closing', 'published', 'erased']));
  });
});
