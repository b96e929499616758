/** The shipped programme as a schedule, for tests. */
import { workCalendar } from '../../../../core/calendar/work-calendar.ts';
import { readCalendar } from '../../../../core/calendar/year-calendar.ts';
import type { GivenDate } from '../../../../core/delivery/lesson-dates.ts';
import { planAfter, type WaveAct } from '../../../../core/survey/schedule/acts.ts';
import {
  type LaunchedWave,
  type Schedule,
  scheduleOf,
  type WavePlan,
} from '../../../../core/survey/schedule/schedule.ts';
import { readCatalogue, readContent } from '../../../../functions/app/files.ts';

const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
const calendar = workCalendar(files.map(({ path, text }) => readCalendar({ file: path, text })));
/** The shipped content. */
export const catalogue = await readCatalogue();

/** The schedule at an instant, with what HR has changed and what was launched. */
export const scheduleAt = (
  now: string,
  changes: {
    readonly plans?: readonly WavePlan[];
    readonly launched?: readonly LaunchedWave[];
    readonly given?: readonly GivenDate[];
  } = {},
): Schedule =>
  scheduleOf({
    programme: catalogue.programme,
    items: catalogue.survey.items,
    plans: changes.plans ?? [],
    launched: changes.launched ?? [],
    given: changes.given ?? [],
    days: { calendar, pattern: 'five-day', zone: 'Asia/Jakarta', now: new Date(now) },
  });

/** The plans after an allowed act. */
export const plansAfter = (
  now: string,
  plans: readonly WavePlan[],
  act: WaveAct,
): readonly WavePlan[] => {
  const plan = planAfter(scheduleAt(now, { plans }), act);
  return plan === null ? plans : [...plans.filter(({ id }) => id !== plan.id), plan];
};

/** A wave of the file as it was launched. */
export const launchedFrom = (
  schedule: Schedule,
  id: string,
  status: LaunchedWave['status'],
): LaunchedWave => {
  const wave = schedule.waves.find((one) => one.id === id);
  if (wave === undefined) throw new Error(`no wave ${id}`);
  const { opensAt, closesAt, rotating, depth } = wave;
  return { id, items: rotating, opensAt, closesAt, status, depth, keys: 'kept' };
};
