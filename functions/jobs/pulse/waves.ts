/**
 * Waves are launched when they open and closed when they end; every step can be repeated after a crash, and one that fails
 * keeps no other wave from its own.
 */
import { recordAudit } from '../../../core/store/audit.ts';
import type { Database } from '../../../core/store/database.ts';
import { requestPlan } from '../../../core/store/outbox/replanning.ts';
import { noteNotice } from '../../../core/store/pulse/privacy-notices.ts';
import { lockWaves } from '../../../core/store/pulse/wave-plans.ts';
import { launchWave, listWaves } from '../../../core/store/pulse/waves.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { type PublicKey, publicKeySchema } from '../../../core/survey/ballot/ticket.ts';
import { formItems } from '../../../core/survey/form.ts';
import { privacyNotice } from '../../../core/survey/privacy-notice.ts';
import type {
  Schedule,
  ScheduledState,
  ScheduledWave,
} from '../../../core/survey/schedule/schedule.ts';
import { countsAt } from '../../../core/survey/schedule/wave.ts';
import type { Context, Job } from '../context.ts';
import { planAll } from '../delivery/plan.ts';
import { stepWave } from './closing.ts';
import { launchableAt, loadSchedule, type ScheduleParts } from './schedule.ts';
import { waveSecretName } from './wave-secrets.ts';

export const wavesJob: Job = {
  next: async (context) => {
    const now = context.clock.now();
    const schedule = await loadSchedule(scheduleParts(context, now));
    const countedAt = (states: readonly ScheduledState[]): readonly Date[] =>
      schedule.waves
        .filter(({ state }) => states.includes(state))
        .map(({ closesAt }) => countsAt(closesAt));
    const planned = schedule.waves.filter(
      ({ state, closesAt }) => state === 'planned' && closesAt > now,
    );
    const launches = await Promise.all(
      planned.map((wave) => launchOf(context, { db: context.db, schedule, wave })),
    );
    // One at a time: what would open beside another waits until that one is counted.
    const upcoming = launches.map(({ at }) => latest([at, ...countedAt(['open'])]));
    // A wave past its close is taken up at once, whatever step a crash left it in.
    const standing = countedAt(['open', 'closing', 'published']);
    const all = [...upcoming, ...standing].sort((a, b) => a.getTime() - b.getTime());
    return all[0] ?? null;
  },
  run: async (context, now) => {
    const failures: unknown[] = [];
    const attempt = async (wave: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        context.log.error('wave.failed', { wave, kind: error instanceof Error ? error.name : '' });
        failures.push(error);
      }
    };
    for (const wave of await listWaves(context.db))
      await attempt(wave.id, () => stepWave(context, wave, now));
    for (const wave of (await loadSchedule(scheduleParts(context, now))).waves)
      if (isDue(wave, now)) await attempt(wave.id, () => launch(context, wave.id, now));
    if (failures.length > 1) throw new AggregateError(failures, 'several waves failed');
    if (failures.length === 1) throw failures[0];
  },
};

const scheduleParts = ({ db, catalogue, agency }: Context, now: Date): ScheduleParts => ({
  db,
  catalogue,
  zone: agency.zone,
  now,
});

const isDue = ({ state, opensAt, closesAt }: ScheduledWave, now: Date): boolean =>
  state === 'planned' && opensAt <= now && now < closesAt;

const latest = (instants: readonly Date[]): Date =>
  new Date(Math.max(...instants.map((instant) => instant.getTime())));

const launch = async (context: Context, id: string, now: Date): Promise<void> => {
  const invited = await context.db.transaction().execute(async (trx) => {
    // Two ticks at once must not both make its keys, and HR may have moved the wave meanwhile.
    await lockWaves(trx);
    const schedule = await loadSchedule({ ...scheduleParts(context, now), db: trx });
    const wave = schedule.waves.find((one) => one.id === id);
    const open = schedule.waves.some(({ state }) => state === 'open');
    if (wave === undefined || open || !isDue(wave, now)) return null;
    // Whoever opens late invites on that day, and reminds from there.
    const { at, opensAt } = await launchOf(context, { db: trx, schedule, wave });
    if (at > now) return null;
    const publicKey = await waveKeys(context, id);
    const { survey } = context.catalogue;
    const { closesAt, rotating, depth } = wave;
    const items = formItems(survey.items, rotating);
    const row = { id, survey: survey.id, items, opensAt, closesAt, publicKey, depth };
    const count = await launchWave(trx, row, schedule.today);
    const notice = privacyNotice(context.catalogue);
    await noteNotice(trx, id, notice);
    const detail = { wave: id, invited: count, depth, notice: notice.hash };
    await recordAudit(trx, { at: now, actor: 'programme', act: 'wave.launched', detail });
    // Should the plan below not come to its end, the next tick makes one.
    await requestPlan(trx);
    return count;
  });
  if (invited === null) return;
  context.log.info('wave.launched', { wave: id, invited });
  await planAll(context, now);
};

/** When a wave is launched, and the opening it is given: people are invited on that day. */
type Launch = { readonly at: Date; readonly opensAt: Date };

/**
 * A wave that has its keys was launched before, and answers of its people may be on their way: it takes them at once,
 * and invites on the day on which everybody can be, or on none where no such day is left.
 */
const launchOf = async (
  { secrets }: Context,
  { db, schedule, wave }: LaunchWish,
): Promise<Launch> => {
  const { now } = schedule.days;
  const opensAt = await launchableAt(db, schedule, wave);
  const waits = isDue(wave, now) && now < opensAt;
  if (!waits || (await secrets.get(waveSecretName(wave.id, 'secret'))) === null)
    return { at: opensAt, opensAt };
  return { at: wave.opensAt, opensAt: opensAt < wave.closesAt ? opensAt : wave.opensAt };
};

type LaunchWish = {
  readonly db: Database;
  readonly schedule: Schedule;
  readonly wave: ScheduledWave;
};

/**
 * Keys before the wave: a crash here leaves keys for the next launch, never a wave nobody can open. Those that are there
 * are used again: a store restored to before the launch launches once more, and what its people have sealed meanwhile is
 * opened, too. Gives the public half.
 */
const waveKeys = async ({ secrets }: Context, waveId: string): Promise<PublicKey> => {
  const keys = await newWaveKeys();
  const privateName = waveSecretName(waveId, 'private-key');
  const secretName = waveSecretName(waveId, 'secret');
  const known = await secrets.get(privateName);
  if (known === null) await secrets.put(privateName, JSON.stringify(keys.privateKey));
  if ((await secrets.get(secretName)) === null) await secrets.put(secretName, keys.secret);
  return known === null ? keys.publicKey : publicKeySchema.parse(JSON.parse(known));
};
