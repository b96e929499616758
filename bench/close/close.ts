/** A wave of 200,000 ballots closed by the product: opened, counted, published, its ballots and keys deleted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { findWave } from '../../core/store/pulse/waves.ts';
import { findRelease } from '../../core/store/results/releases.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { fileSecrets } from '../../functions/local/secrets.ts';
import { runChild } from '../child.ts';
import { type Outcome, rounded, secondsSince } from '../outcome.ts';
import { type Store, withServer } from '../server.ts';
import type { Wishes } from '../wishes.ts';
import { castAll, wave } from './crowd.ts';
import type { CloseRun } from './process.ts';

/** `--size` ballots (200,000), once: a second close of a wave is impossible. */
export const close = async (wishes: Wishes): Promise<Outcome> => {
  const ballots = wishes.size ?? 200_000;
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-secrets-'));
  const secrets = fileSecrets(folder);
  try {
    return await withServer(async (server) => {
      const store = await server.store('close');
      const began = performance.now();
      const comments = await castAll(store.db, secrets, ballots);
      console.log(`${ballots} ballots cast in ${rounded(secondsSince(began), 0)} s`);
      const run = await runChild<CloseRun>('close/process', [store.url, folder]);
      const keysLeft = (await secrets.get(waveSecretName(wave, 'private-key'))) === null ? 0 : 1;
      const left = await leftOf(store, comments);
      return {
        bench: 'close',
        got: {
          ballots,
          ballotsASecond: rounded(ballots / run.seconds, 0),
          seconds: rounded(run.seconds, 1),
          idleMb: rounded(run.idleMb, 0),
          peakMb: rounded(run.peakMb, 0),
          ...left,
          keysLeft,
        },
        atMost: {
          seconds: 600,
          peakMb: 1_024,
          rowsLeft: 0,
          keysLeft: 0,
          unreadable: 0,
          commentsLost: 0,
        },
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What the store holds afterwards; throws when the wave is not over. */
const leftOf = async ({ db }: Store, comments: number) => {
  const release = await findRelease(db, wave);
  const { status } = (await findWave(db, wave)) ?? {};
  if (release === null || status !== 'erased') throw new Error(`the wave is ${status}`);
  const { rows } = await sql<{ count: number; bytes: number }>`
    SELECT (SELECT count(*) FROM ballots) + (SELECT count(*) FROM wave_members) AS count,
      (SELECT length(body::text) FROM releases) AS bytes`.execute(db);
  const told = (release.comments ?? []).flatMap(({ themes }) =>
    themes.flatMap((one) => one.comments),
  );
  return {
    releaseMb: rounded((rows[0]?.bytes ?? 0) / 2 ** 20, 1),
    cells: release.audit.cells,
    rowsLeft: rows[0]?.count ?? Number.NaN,
    unreadable: release.audit.unreadable,
    commentsLost: comments - told.length,
  };
};
