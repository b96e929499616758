/** The end of a wave: closed, published, erased; every step can be repeated after a crash. */
import type { Transaction } from 'kysely';
import { localDate } from '../../../core/calendar/work-time.ts';
import { recordAudit } from '../../../core/store/audit.ts';
import {
  ballotPages,
  lockClose,
  memberPages,
  publishWave,
  rosterNames,
} from '../../../core/store/pulse/closing.ts';
import { advanceWave, readGroups, type WaveRow } from '../../../core/store/pulse/waves.ts';
import { listEarlier } from '../../../core/store/results/releases.ts';
import type { Tables } from '../../../core/store/schema.ts';
import { namesOf, ordinaryWords } from '../../../core/survey/comments/names.ts';
import { askedItems } from '../../../core/survey/form.ts';
import { nextStep, type WaveStep, waveSteps } from '../../../core/survey/schedule/wave.ts';
import { tally } from '../../../core/survey/tally.ts';
import type { Context } from '../context.ts';
import { waveSecretName } from './wave-secrets.ts';

/** Takes every step that is due; whatever a crash cut off is taken up where it stands. */
export const stepWave = async (context: Context, wave: WaveRow, now: Date): Promise<void> => {
  let { status } = wave;
  for (let step = nextStep(wave, now); step !== null; step = nextStep({ ...wave, status }, now)) {
    if (!(await steps[step](context, wave, now))) return;
    status = waveSteps[step].to;
  }
};

/** Takes one step; false when it is not to be taken now: answers are on their way, or another host is at it. */
type Step = (context: Context, wave: WaveRow, now: Date) => Promise<boolean>;

/** Nothing is counted while a ballot may wait in the queue or among its dead letters, where the host can tell. */
const close: Step = async (context, wave) => {
  const backlog = (await context.backlog?.()) ?? null;
  if (backlog !== null && backlog.waiting + backlog.dead > 0) {
    context.log.warn('wave.waits-for-queue', { wave: wave.id, ...backlog });
    return false;
  }
  await advanceWave(context.db, wave.id, waveSteps.close);
  return true;
};

/** Counts under a lock, so that two hosts never open the boxes twice, and publishes in the same transaction. */
const publish: Step = async (context, wave, now) => {
  const release = await context.db.transaction().execute(async (trx) => {
    if (!(await lockClose(trx, wave.id))) return null;
    const counted = await countWave(context, trx, wave);
    if (!(await publishWave(trx, counted, now))) return null;
    await recordAudit(trx, {
      at: now,
      actor: 'programme',
      act: 'wave.published',
      detail: { wave: wave.id, ...counted.release.audit },
    });
    return counted.release;
  });
  if (release === null) return false;
  context.log.info('wave.published', { wave: wave.id, cells: release.audit.cells });
  return true;
};

const countWave = async (context: Context, trx: Transaction<Tables>, wave: WaveRow) => {
  const privateKey = await context.secrets.get(waveSecretName(wave.id, 'private-key'));
  const secret = await context.secrets.get(waveSecretName(wave.id, 'secret'));
  if (privateKey === null || secret === null)
    throw new Error(`wave ${wave.id} is closing but its keys are gone: nothing can be opened`);
  const { survey } = context.catalogue;
  return tally({
    wave: wave.id,
    closedOn: localDate(context.agency.zone, wave.closesAt),
    items: askedItems(survey.items, wave),
    members: memberPages(trx, wave.id),
    ballots: ballotPages(trx, wave.id),
    privateKey: JSON.parse(privateKey),
    secret,
    groups: await readGroups(trx, wave.id),
    depth: wave.depth,
    earlier: await listEarlier(trx),
    names: namesOf(await rosterNames(trx), ordinaryWords(context.catalogue)),
    keywords: survey.comment.keywords,
  });
};

/** Deletes the wave's keys and proves it by a read that must fail. */
const erase: Step = async (context, wave, now) => {
  for (const part of ['private-key', 'secret'] as const) {
    await context.secrets.remove(waveSecretName(wave.id, part));
    if ((await context.secrets.get(waveSecretName(wave.id, part))) !== null)
      throw new Error(`the ${part} of wave ${wave.id} is still readable after its deletion`);
  }
  await context.db.transaction().execute(async (trx) => {
    if (!(await advanceWave(trx, wave.id, waveSteps.erase))) return;
    await recordAudit(trx, {
      at: now,
      actor: 'programme',
      act: 'wave.erased',
      detail: { wave: wave.id },
    });
  });
  return true;
};

const steps: Readonly<Record<WaveStep, Step>> = { close, publish, erase };
