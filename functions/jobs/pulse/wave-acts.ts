/** HR's acts on survey periods: judged, done and audited in one transaction, or refused with every reason. */
import type { Transaction } from 'kysely';
import { atRisk } from '../../../core/content/source-lock.ts';
import { ConflictError } from '../../../core/errors.ts';
import { recordAudit } from '../../../core/store/audit.ts';
import { keyMoves, moveKeys } from '../../../core/store/pulse/closing.ts';
import {
  closeEarly,
  coarsenWave,
  lockWaves,
  putWavePlan,
} from '../../../core/store/pulse/wave-plans.ts';
import type { Tables } from '../../../core/store/schema.ts';
import {
  actFaults,
  planAfter,
  samePlan,
  type WaveAct,
  type WaveOutcome,
} from '../../../core/survey/schedule/acts.ts';
import { scheduleNotes, type WaveNote } from '../../../core/survey/schedule/notes.ts';
import type { Schedule } from '../../../core/survey/schedule/schedule.ts';
import { loadSchedule, type ScheduleParts } from './schedule.ts';

/** What the audit log calls each act. */
const auditActs = {
  schedule: 'wave.scheduled',
  postpone: 'wave.postponed',
  choose: 'wave.items-chosen',
  depth: 'wave.depth-chosen',
  cancel: 'wave.cancelled',
  restore: 'wave.restored',
  close: 'wave.closed-early',
  abandon: 'wave.abandoned',
} as const satisfies Record<WaveAct['act'], string>;

type Desk = ScheduleParts & { readonly actor: 'hr' | 'operator' };

/** Does one act; `actor` is a role, never a person. */
export const actOnWaves = (desk: Desk, act: WaveAct): Promise<WaveOutcome> =>
  desk.db.transaction().execute(async (trx): Promise<WaveOutcome> => {
    await lockWaves(trx);
    const schedule = await loadSchedule({ ...desk, db: trx });
    const twin = act.act === 'schedule' ? samePlan(schedule, act) : null;
    if (twin !== null) return { done: true, wave: twin };
    const faults = actFaults(schedule, act);
    if (faults.length > 0) return { done: false, faults };
    const wave = await perform(trx, { schedule, act, now: desk.now });
    const { act: name, ...wish } = act;
    const from = before(schedule, wave);
    const detail = { ...wish, wave, from };
    await recordAudit(trx, { at: desk.now, actor: desk.actor, act: auditActs[name], detail });
    return { done: true, wave };
  });

/** Writes what an allowed act changes; gives the wave. */
const perform = async (
  trx: Transaction<Tables>,
  {
    schedule,
    act,
    now,
  }: { readonly schedule: Schedule; readonly act: WaveAct; readonly now: Date },
): Promise<string> => {
  const plan = planAfter(schedule, act);
  if (plan !== null) {
    await putWavePlan(trx, plan, now);
    return plan.id;
  }
  if (act.act === 'close') await closeEarly(trx, act.wave, now);
  else if (act.act === 'abandon') await giveUp(trx, act.wave);
  else if (act.act === 'depth' && act.depth !== null) await coarsenWave(trx, act.wave, act.depth);
  else throw new Error(`an act "${act.act}" was allowed that changes nothing`);
  return act.wave;
};

/** The close does not wait for acts: keys that came back just now have counted the wave. */
const giveUp = async (trx: Transaction<Tables>, wave: string): Promise<void> => {
  if (!(await moveKeys(trx, wave, keyMoves.giveUp)))
    throw new ConflictError(`wave ${wave}: its keys were found meanwhile, so it is counted`);
};

/** How the wave stood, for the audit log; null for a new one. */
const before = ({ waves }: Schedule, wave: string) => {
  const found = waves.find(({ id }) => id === wave);
  if (found === undefined) return null;
  const { state, opens, closes, rotating, depth } = found;
  return { state, opens, closes, rotating, depth };
};

/** The schedule with what HR should know of it. */
export const reviewSchedule = async (
  parts: ScheduleParts,
): Promise<{ readonly schedule: Schedule; readonly notes: readonly WaveNote[] }> => {
  const schedule = await loadSchedule(parts);
  return { schedule, notes: scheduleNotes(schedule, new Set(atRisk(parts.catalogue).keys())) };
};
