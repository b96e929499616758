/** What the HR and leader pages read, from releases and bands only. */
import { localDate } from '../../../core/calendar/work-time.ts';
import type { Text } from '../../../core/language.ts';
import { sourceLine } from '../../../core/learning/source-line.ts';
import { groupsOf, withinDepth } from '../../../core/results/groups.ts';
import { asTold } from '../../../core/results/participation.ts';
import { recordCommitment } from '../../../core/store/people/conversation.ts';
import { listUnits } from '../../../core/store/people/people.ts';
import { listWaves, readGroups } from '../../../core/store/pulse/waves.ts';
import { findCommitment, leaderOf } from '../../../core/store/results/leadership.ts';
import { latestLearning } from '../../../core/store/results/learning.ts';
import { readBands } from '../../../core/store/results/participation.ts';
import type { HrData, OpenWave } from '../../../web/hr/data.ts';
import type { LeaderData, WeekPrompt } from '../../../web/leader/data.ts';
import type { Context } from '../../jobs/context.ts';
import { promptOfWeek } from '../../jobs/delivery/slots.ts';
import { readReleases } from './release-shelf.ts';

/** The HR page's data; `viewer` is who the frame names. */
export const hrData = (context: Context, viewer: Text): HrData => ({
  viewer: async () => viewer,
  releases: () => readReleases(context.db),
  openWave: () => openWave(context),
  adoption: () => latestLearning(context.db),
  items: async () => context.catalogue.survey.items,
});

/** The leader page's data. */
export const leaderData = (context: Context, viewer: Text): LeaderData => ({
  viewer: async () => viewer,
  units: async () => groupsOf(await listUnits(context.db)),
  releases: () => readReleases(context.db),
  openWave: () => openWave(context),
  adoption: () => latestLearning(context.db),
  prompt: (unit) => weekPrompt(context, unit),
  record: async ({ unit, prompt, act }) => {
    const leader = await leaderOf(context.db, unit);
    if (leader === null || !context.catalogue.prompts.has(prompt)) return false;
    const at = context.clock.now();
    await context.db
      .transaction()
      .execute((trx) => recordCommitment(trx, leader, { prompt, at, done: act === 'done' }));
    return true;
  },
});

const openWave = async (context: Context): Promise<OpenWave | null> => {
  const wave = (await listWaves(context.db)).find(({ status }) => status === 'open');
  if (wave === undefined) return null;
  const bands = await readBands(context.db, wave.id);
  const kept = new Map(bands.map((one) => [one.unit, one]));
  // A wave may have been limited to larger groups since the bands were written.
  const groups = withinDepth(await readGroups(context.db, wave.id), wave.depth).filter(
    ({ kind }) => kind === 'unit',
  );
  const told = groups.flatMap(({ unit }) => kept.get(unit) ?? []);
  const { zone } = context.agency;
  return {
    wave: wave.id,
    opensOn: localDate(zone, wave.opensAt),
    closesOn: localDate(zone, wave.closesAt),
    asOf: told[0]?.date ?? null,
    groups,
    participation: told.map(asTold),
  };
};

const weekPrompt = async (context: Context, unit: number): Promise<WeekPrompt | null> => {
  const { catalogue } = context;
  const today = localDate(context.agency.zone, context.clock.now());
  const prompt = catalogue.prompts.get(promptOfWeek(catalogue, today) ?? '');
  if (prompt === undefined) return null;
  const leader = await leaderOf(context.db, unit);
  const state = leader === null ? null : await findCommitment(context.db, leader, prompt.id);
  const { id, title, action, script, sign } = prompt;
  const source = {
    id: sourceLine(catalogue, prompt.cites, 'id'),
    en: sourceLine(catalogue, prompt.cites, 'en'),
  };
  return { id, title, action, script, sign, source, state };
};
