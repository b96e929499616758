/** The end of a wave: closed, published, erased; every step can be repeated after a crash. */
import type { Transaction } from 'kysely';
import { localDate } from '../../../core/calendar/work-time.ts';
import { type AuditEntry, recordAudit } from '../../../core/store/audit.ts';
import {
  ballotPages,
  endUnpublished,
  keyMoves,
  lockClose,
  memberPages,
  moveKeys,
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
import { ownSecret } from '../own-secret.ts';
import { membersKeyName, waveSecretName } from './wave-secrets.ts';

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
  const end = await context.db.transaction().execute(async (trx): Promise<End> => {
    if (!(await lockClose(trx, wave.id))) return { kind: 'not-now' };
    const keys = await readKeys(context, wave.id);
    if (keys === null) return endKeyless(trx, wave.id, now);
    // The tick comes to its end when this does, minutes later: whoever misses it reads why.
    context.log.info('wave.counting', { wave: wave.id });
    const counted = await countWave(context, trx, { wave, keys });
    if (!(await publishWave(trx, counted, now))) return { kind: 'not-now' };
    const { audit } = counted.release;
    await auditStep(trx, { at: now, act: 'wave.published', detail: { wave: wave.id, ...audit } });
    return { kind: 'published', cells: audit.cells, unreadable: audit.unreadable };
  });
  return tellEnd(context, wave.id, end);
};

/** What counting came to. */
type End =
  | { readonly kind: 'not-now' | 'keys-gone' | 'unpublished' }
  | { readonly kind: 'published'; readonly cells: number; readonly unreadable: number };

const tellEnd = ({ log }: Context, wave: string, end: End): boolean => {
  if (end.kind === 'published') {
    log.info('wave.published', { wave, cells: end.cells });
    // Each stands for somebody who was thanked for answers that nobody counted.
    if (end.unreadable > 0) log.error('wave.unreadable', { wave, unreadable: end.unreadable });
  }
  if (end.kind === 'unpublished') log.warn('wave.unpublished', { wave });
  if (end.kind === 'keys-gone') {
    log.error('wave.keys-gone', { wave });
    throw new KeysGoneError(`wave ${wave} is closing but its keys are gone: nothing can be opened`);
  }
  return end.kind !== 'not-now';
};

/** Known by its name to the alarms, which tell of it apart from what fails unexpectedly. */
class KeysGoneError extends Error {
  override readonly name = 'KeysGoneError';
}

/** A wave that was given up ends without a release; any other waits, for a secret store may be restored. */
const endKeyless = async (trx: Transaction<Tables>, wave: string, now: Date): Promise<End> => {
  if (await endUnpublished(trx, wave)) {
    const detail = { wave, reason: 'keys-gone' };
    await auditStep(trx, { at: now, act: 'wave.unpublished', detail });
    return { kind: 'unpublished' };
  }
  if (await moveKeys(trx, wave, keyMoves.lose))
    await auditStep(trx, { at: now, act: 'wave.keys-gone', detail: { wave } });
  return { kind: 'keys-gone' };
};

const auditStep = (trx: Transaction<Tables>, entry: Omit<AuditEntry, 'actor'>): Promise<void> =>
  recordAudit(trx, { ...entry, actor: 'programme' });

type Keys = { readonly privateKey: string; readonly secret: string };

/** Both keys of a wave; null when one of them is gone, for then nothing can be counted. */
const readKeys = async ({ secrets }: Context, wave: string): Promise<Keys | null> => {
  const privateKey = await secrets.get(waveSecretName(wave, 'private-key'));
  const secret = await secrets.get(waveSecretName(wave, 'secret'));
  return privateKey === null || secret === null ? null : { privateKey, secret };
};

const countWave = async (
  context: Context,
  trx: Transaction<Tables>,
  { wave, keys }: { readonly wave: WaveRow; readonly keys: Keys },
) => {
  const { survey } = context.catalogue;
  return tally({
    wave: wave.id,
    closedOn: localDate(context.agency.zone, wave.closesAt),
    items: askedItems(survey.items, wave),
    members: memberPages(trx, wave.id),
    ballots: ballotPages(trx, wave.id),
    privateKey: JSON.parse(keys.privateKey),
    secret: keys.secret,
    membersKey: await ownSecret(context.secrets, membersKeyName),
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
    await auditStep(trx, { at: now, act: 'wave.erased', detail: { wave: wave.id } });
  });
  return true;
};

const steps: Readonly<Record<WaveStep, Step>> = { close, publish, erase };
