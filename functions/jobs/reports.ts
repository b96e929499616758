/** The daily figures: participation bands of the open wave and the weekly learning release. */
import { localDate } from '../../core/calendar/work-time.ts';
import { addDays, weekday } from '../../core/calendar/zone.ts';
import { loadAttack } from '../../core/results/attack/attack.ts';
import { untoldOf } from '../../core/results/disclosure/untold.ts';
import { releaseLearning } from '../../core/results/learning.ts';
import { keep, participationOf, untoldBefore } from '../../core/results/participation.ts';
import type { Participation } from '../../core/results/release.ts';
import type { Database } from '../../core/store/database.ts';
import { markSilent } from '../../core/store/people/pace-offer.ts';
import { ballotKeys } from '../../core/store/pulse/ballots.ts';
import { listWaves, readGroups, readMembers, type WaveRow } from '../../core/store/pulse/waves.ts';
import { countLearning, latestLearning, storeLearning } from '../../core/store/results/learning.ts';
import { readBands, writeBands } from '../../core/store/results/participation.ts';
import { ballotKey } from '../../core/survey/ballot/ballot.ts';
import type { Context, Job } from './context.ts';
import { periodicJob } from './periodic.ts';
import { waveSecretName } from './pulse/wave-secrets.ts';

/** Once a day, never live: in bands, and none that another could be taken from to leave fewer than ten invited. */
export const participationJob: Job = periodicJob('participation', async (context, now) => {
  const date = localDate(context.agency.zone, now);
  for (const wave of await listWaves(context.db)) {
    const secret =
      wave.status === 'open' ? await context.secrets.get(waveSecretName(wave.id, 'secret')) : null;
    if (secret === null) continue;
    const bands = await bandsOf(context.db, wave, secret);
    await writeBands(context.db, { wave: wave.id, date }, bands.map(keep));
  }
});

const bandsOf = async (
  db: Database,
  { id, depth }: WaveRow,
  secret: string,
): Promise<readonly Participation[]> => {
  const groups = await readGroups(db, id);
  const cast = await ballotKeys(db, id);
  const people = await readMembers(db, id);
  const members = people.map((person) => person.groups);
  const before = untoldBefore(groups, await readBands(db, id));
  return participationOf({
    groups,
    depth,
    members,
    answered: people.flatMap((person) =>
      cast.has(ballotKey(secret, person.personId)) ? [person.groups] : [],
    ),
    untold: before ?? untoldOf(groups, members, await loadAttack()).hidden,
  });
};

/** Publishes each finished week once; the week runs from Monday in the agency's zone. */
export const learningJob: Job = periodicJob('learning', async (context: Context, now) => {
  await markSilent(context.db);
  const today = localDate(context.agency.zone, now);
  const thisMonday = addDays(today, 1 - weekday(today));
  const week = addDays(thisMonday, -7);
  const latest = await latestLearning(context.db);
  if (latest !== null && latest.week >= week) return;
  const counts = await countLearning(context.db, { from: week, to: addDays(week, 6) });
  if (counts.every(({ reached }) => reached === 0)) return;
  await storeLearning(context.db, releaseLearning(week, counts, await loadAttack()), now);
});
