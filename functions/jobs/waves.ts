/** The life of a wave: launched, closed, published, erased; every step can be repeated after a crash. */
import { addWorkdays, instantAt, localDate } from '../../core/calendar/work-time.ts';
import type { LocalDate } from '../../core/clock.ts';
import { groupsOf } from '../../core/results/groups.ts';
import { recordAudit } from '../../core/store/audit.ts';
import { loadCalendar } from '../../core/store/calendars.ts';
import { listUnits } from '../../core/store/people.ts';
import {
  advanceWave,
  findWave,
  launchWave,
  listWaves,
  lockWave,
  publishWave,
  readBallots,
  readMembers,
  type WaveRow,
} from '../../core/store/waves.ts';
import { newWaveKeys } from '../../core/survey/ballot.ts';
import { askedItems, formItems } from '../../core/survey/form.ts';
import { tally } from '../../core/survey/tally.ts';
import { countsAt, nextStep, type WaveStep, waveSteps } from '../../core/survey/wave.ts';
import type { Context, Job } from './context.ts';
import { planAll } from './plan.ts';
import { agencyPattern } from './slots.ts';

/** Waves open before the earliest zone's working day and close after the latest one's, by the agency's clock. */
const opensMinute = 5 * 60;
const closesMinute = 17 * 60;

/** Names of a wave's secrets: the private key opens ballots, the secret derives ballot keys. */
export const waveSecretName = (waveId: string, part: 'private-key' | 'secret'): string =>
  `wave-${waveId}-${part}`;

export const wavesJob: Job = {
  next: async (context) => {
    const waves = await listWaves(context.db);
    const upcoming = (await unlaunched(context, waves)).map(({ opensAt }) => opensAt);
    // A wave past its close is taken up at once, whatever step a crash left it in.
    const standing = waves
      .filter(({ status }) => status !== 'erased')
      .map(({ closesAt }) => countsAt(closesAt));
    const all = [...upcoming, ...standing].sort((a, b) => a.getTime() - b.getTime());
    return all[0] ?? null;
  },
  run: async (context, now) => {
    for (const wave of await unlaunched(context, await listWaves(context.db)))
      if (now >= wave.opensAt && now < wave.closesAt) await launch(context, wave, now);
    for (const wave of await listWaves(context.db)) await stepWave(context, wave, now);
  },
};

type PlannedWave = {
  readonly id: string;
  readonly opens: LocalDate;
  readonly rotating: readonly string[];
  readonly opensAt: Date;
  readonly closesAt: Date;
};

/** Waves of the programme that were never launched; one that was missed altogether stays out. */
const unlaunched = async (
  context: Context,
  launched: readonly WaveRow[],
): Promise<readonly PlannedWave[]> => {
  const known = new Set(launched.map(({ id }) => id));
  const calendar = await loadCalendar(context.db);
  const { zone } = context.agency;
  const now = context.clock.now();
  return context.catalogue.programme.waves
    .filter(({ id }) => !known.has(id))
    .map(({ id, opens, rotating, workingDays }) => {
      const lastDay = addWorkdays(calendar, agencyPattern, { from: opens, days: workingDays - 1 });
      return {
        id,
        opens,
        rotating,
        opensAt: instantAt(zone, opens, opensMinute),
        closesAt: instantAt(zone, lastDay, closesMinute),
      };
    })
    .filter(({ closesAt }) => closesAt > now);
};

const launch = async (context: Context, plan: PlannedWave, now: Date): Promise<void> => {
  const invited = await context.db.transaction().execute(async (trx) => {
    // Two ticks at once must not overwrite each other's keys: the second finds the wave launched.
    await lockWave(trx, plan.id);
    if ((await findWave(trx, plan.id)) !== null) return null;
    const publicKey = await makeKeys(context, plan.id);
    const { survey } = context.catalogue;
    const count = await launchWave(
      trx,
      {
        id: plan.id,
        survey: survey.id,
        items: formItems(survey.items, plan.rotating),
        opensAt: plan.opensAt,
        closesAt: plan.closesAt,
        publicKey,
      },
      plan.opens,
    );
    await recordAudit(trx, {
      at: now,
      actor: 'programme',
      act: 'wave.launched',
      detail: { wave: plan.id, invited: count },
    });
    return count;
  });
  if (invited === null) return;
  context.log.info('wave.launched', { wave: plan.id, invited });
  await planAll(context, now);
};

/** Keys before the wave: a crash here leaves keys nobody uses, never a wave nobody can open. Gives the public half. */
const makeKeys = async (context: Context, waveId: string): Promise<unknown> => {
  const keys = await newWaveKeys();
  await context.secrets.put(waveSecretName(waveId, 'private-key'), JSON.stringify(keys.privateKey));
  await context.secrets.put(waveSecretName(waveId, 'secret'), keys.secret);
  return keys.publicKey;
};

/** Takes every step that is due; whatever a crash cut off is taken up where it stands. */
const stepWave = async (context: Context, wave: WaveRow, now: Date): Promise<void> => {
  let { status } = wave;
  for (let step = nextStep(wave, now); step !== null; step = nextStep({ ...wave, status }, now)) {
    await steps[step](context, wave, now);
    status = waveSteps[step].to;
  }
};

const publish = async (context: Context, wave: WaveRow, now: Date): Promise<void> => {
  const privateKey = await context.secrets.get(waveSecretName(wave.id, 'private-key'));
  const secret = await context.secrets.get(waveSecretName(wave.id, 'secret'));
  if (privateKey === null || secret === null)
    throw new Error(`wave ${wave.id} is closing but its keys are gone: nothing can be opened`);
  const units = await listUnits(context.db);
  const release = await tally({
    wave: wave.id,
    closedOn: localDate(context.agency.zone, wave.closesAt),
    items: askedItems(context.catalogue.survey.items, wave),
    members: await readMembers(context.db, wave.id),
    ballots: await readBallots(context.db, wave.id),
    privateKey: JSON.parse(privateKey),
    secret,
    groups: groupsOf(units),
  });
  await context.db.transaction().execute(async (trx) => {
    if (!(await publishWave(trx, release, now))) return;
    await recordAudit(trx, {
      at: now,
      actor: 'programme',
      act: 'wave.published',
      detail: { wave: wave.id, ...release.audit },
    });
  });
  context.log.info('wave.published', { wave: wave.id, cells: release.audit.cells });
};

/** Deletes the wave's keys and proves it by a read that must fail. */
const erase = async (context: Context, wave: WaveRow, now: Date): Promise<void> => {
  for (const part of ['private-key', 'secret'] as const) {
    await context.secrets.remove(waveSecretName(wave.id, part));
    if ((await context.secrets.get(waveSecretName(wave.id, part))) !== null)
      throw new Error(`the ${part} of wave ${wave.id} is still readable after its deletion`);
  }
  if (!(await advanceWave(context.db, wave.id, waveSteps.erase))) return;
  await recordAudit(context.db, {
    at: now,
    actor: 'programme',
    act: 'wave.erased',
    detail: { wave: wave.id },
  });
};

const close = async (context: Context, wave: WaveRow): Promise<void> => {
  await advanceWave(context.db, wave.id, waveSteps.close);
};

const steps: Readonly<
  Record<WaveStep, (context: Context, wave: WaveRow, now: Date) => Promise<void>>
> = { close, publish, erase };
