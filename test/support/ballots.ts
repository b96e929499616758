/** The ballots of a house's first wave: as they wait, and as its close would open them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findWave } from '../../core/store/pulse/waves.ts';
import { openBallot } from '../../core/survey/ballot/ballot.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import type { House } from './house.ts';

/** The entries that the doors wrote since the queue was last empty. */
export const queued = async ({ home }: House): Promise<readonly string[]> =>
  (await readFile(join(home, 'queue.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');

/** The answers of all ballots in the store, each told by its first, in order. */
export const firstAnswers = async (house: House): Promise<readonly unknown[]> => {
  const wave = await findWave(house.db, 'w1');
  const key = await house.secrets.get(waveSecretName('w1', 'private-key'));
  const form = { wave: 'w1', items: wave?.items ?? [] };
  const rows = await house.db.selectFrom('ballots').select('sealed').execute();
  const opened = rows.map(({ sealed }) => openBallot(JSON.parse(key ?? ''), sealed, form));
  return (await Promise.all(opened)).map(({ answers }) => Object.values(answers)[0]).sort();
};

/** The same answer to every item, as a form sends it. */
export const all = (house: House, value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(house.host.context.catalogue.survey.items.map(({ id }) => [id, value]));
