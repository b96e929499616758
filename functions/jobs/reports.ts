/** The daily figures: participation bands of the open wave and the weekly learning release. */
import { localDate } from '../../core/calendar/work-time.ts';
import { addDays, weekday } from '../../core/calendar/zone.ts';
import { loadAttack } from '../../core/results/attack/attack.ts';
import { releaseLearning } from '../../core/results/learning.ts';
import { markSilent } from '../../core/store/people/pace-offer.ts';
import { ballotKeys } from '../../core/store/pulse/ballots.ts';
import { listWaves, readMembers } from '../../core/store/pulse/waves.ts';
import { countLearning, latestLearning, storeLearning } from '../../core/store/results/learning.ts';
import { writeBands } from '../../core/store/results/participation.ts';
import { ballotKey } from '../../core/survey/ballot/ballot.ts';
import { participationBand } from '../../core/survey/schedule/wave.ts';
import type { Context, Job } from './context.ts';
import { periodicJob } from './periodic.ts';
import { waveSecretName } from './pulse/wave-secrets.ts';

/** Once a day, never live: in bands, for groups with enough invited people only. */
export const participationJob: Job = periodicJob('participation', async (context, now) => {
  const date = localDate(context.agency.zone, now);
  for (const wave of await listWaves(context.db)) {
    const secret =
      wave.status === 'open' ? await context.secrets.get(waveSecretName(wave.id, 'secret')) : null;
    if (secret === null) continue;
    const cast = await ballotKeys(context.db, wave.id);
    const members = await readMembers(context.db, wave.id);
    const bands = bandsOf(members, (personId) => cast.has(ballotKey(secret, personId)));
    await writeBands(context.db, { wave: wave.id, date }, bands);
  }
});

type Band = { readonly unit: number; readonly band: string };

const bandsOf = (
  members: readonly { readonly personId: number; readonly groups: readonly number[] }[],
  hasAnswered: (personId: number) => boolean,
): readonly Band[] => {
  const groups = new Map<number, { readonly invited: number; readonly answered: number }>();
  for (const { personId, groups: units } of members) {
    const answered = hasAnswered(personId) ? 1 : 0;
    for (const unit of units) {
      const group = groups.get(unit) ?? { invited: 0, answered: 0 };
      groups.set(unit, { invited: group.invited + 1, answered: group.answered + answered });
    }
  }
  return [...groups].flatMap(([unit, { invited, answered }]) => {
    const band = participationBand(answered, invited);
    return band === null ? [] : [{ unit, band }];
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
