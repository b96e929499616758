/** What HR may do with a survey period, and every reason for which it is refused. */
import { addWorkdays, isWorkday } from '../../calendar/work-time.ts';
import { addDays, isDate } from '../../calendar/zone.ts';
import { aspects, type Item } from '../../content/schema.ts';
import { type Depth, depths } from '../../results/release.ts';
import {
  openWorkdays,
  type Remark,
  type Schedule,
  type ScheduledWave,
  spanOf,
  type WavePlan,
} from './schedule.ts';

/** A new wave; `depth: null` leaves it to the wave's place. */
type NewWave = {
  readonly act: 'schedule';
  readonly opens: string;
  readonly rotating: readonly string[];
  readonly depth: Depth | null;
};

/** An act on a wave that has not been launched. */
type PlanChange =
  | { readonly act: 'postpone'; readonly wave: string; readonly opens: string }
  | { readonly act: 'choose'; readonly wave: string; readonly rotating: readonly string[] }
  | { readonly act: 'cancel' | 'restore'; readonly wave: string };

/** An act on any wave. */
type WaveChange =
  | PlanChange
  | { readonly act: 'depth'; readonly wave: string; readonly depth: Depth | null }
  | { readonly act: 'close'; readonly wave: string }
  | { readonly act: 'abandon'; readonly wave: string };

export type WaveAct = NewWave | WaveChange;

/** The acts, as a form or a command line names them. */
export const waveActs = [
  'schedule',
  'postpone',
  'choose',
  'depth',
  'cancel',
  'restore',
  'close',
  'abandon',
] as const satisfies readonly WaveAct['act'][];

/** Every reason for a refusal; the pages say each in both languages. */
type FaultKind =
  | 'no-date'
  | 'past'
  | 'far'
  | 'day-off'
  | 'overlap'
  | 'same-date'
  | 'no-item'
  | 'not-rotating'
  | 'aspect'
  | 'no-wave'
  | 'opened'
  | 'cancelled'
  | 'not-cancelled'
  | 'missed'
  | 'not-open'
  | 'keys-kept'
  | 'finer'
  | 'place-decides';

/** A reason with what was found. */
export type WaveFault = Remark<FaultKind>;

/** What an act came to: the wave it was done to, or why it was not. */
export type WaveOutcome =
  | { readonly done: true; readonly wave: string }
  | { readonly done: false; readonly faults: readonly WaveFault[] };

/** Why an act is refused; nothing when it may be done. */
export const actFaults = (schedule: Schedule, act: WaveAct): readonly WaveFault[] => {
  if (act.act === 'schedule')
    return [
      ...dateFaults(schedule, { id: null, opens: act.opens, workingDays: openWorkdays }),
      ...itemFaults(schedule.items, act.rotating),
    ];
  const wave = schedule.waves.find(({ id }) => id === act.wave);
  if (wave !== undefined) return changeFaults(schedule, wave, act);
  const allowed = schedule.waves.map(({ id }) => id).join(', ');
  return [{ kind: 'no-wave', words: { found: act.wave, allowed } }];
};

const changeFaults = (
  schedule: Schedule,
  wave: ScheduledWave,
  act: WaveChange,
): readonly WaveFault[] => {
  if (act.act === 'depth') return depthFaults(wave, act.depth);
  if (act.act === 'close') return wave.state === 'open' ? [] : [{ kind: 'not-open' }];
  if (act.act === 'abandon') return wave.keys === 'gone' ? [] : [{ kind: 'keys-kept' }];
  if (isLaunched(wave)) return [{ kind: 'opened', dates: { opens: wave.opens } }];
  return planFaults(schedule, wave, act);
};

const planFaults = (
  schedule: Schedule,
  wave: ScheduledWave,
  act: PlanChange,
): readonly WaveFault[] => {
  switch (act.act) {
    case 'postpone':
      return wave.state === 'planned' && wave.opens === act.opens
        ? [{ kind: 'same-date', dates: { found: wave.opens } }]
        : dateFaults(schedule, { ...wave, opens: act.opens });
    case 'choose':
      return itemFaults(schedule.items, act.rotating);
    case 'cancel':
      return wave.state === 'planned' ? [] : [{ kind: cancelFault(wave) }];
    case 'restore':
      return wave.state === 'cancelled' ? dateFaults(schedule, wave) : [{ kind: 'not-cancelled' }];
  }
};

const cancelFault = ({ state }: ScheduledWave): 'missed' | 'cancelled' =>
  state === 'missed' ? 'missed' : 'cancelled';

/** The planned wave that is just what is wished for: a form that was sent twice schedules once. */
export const samePlan = (
  { waves }: Schedule,
  wish: Extract<WaveAct, { readonly act: 'schedule' }>,
): string | null => {
  const same = ({ state, opens, rotating, chosenDepth }: ScheduledWave): boolean =>
    state === 'planned' &&
    opens === wish.opens &&
    chosenDepth === wish.depth &&
    rotating.length === wish.rotating.length &&
    rotating.every((id) => wish.rotating.includes(id));
  return waves.find(same)?.id ?? null;
};

/** The plan that an act leaves behind; null for acts on a wave that was launched. */
export const planAfter = (schedule: Schedule, act: WaveAct): WavePlan | null => {
  if (act.act === 'schedule') {
    const { opens, rotating, depth } = act;
    const id = freeId(schedule.waves);
    return { id, opens, workingDays: openWorkdays, rotating, depth, state: 'planned' };
  }
  const wave = schedule.waves.find(({ id }) => id === act.wave);
  if (wave === undefined || isLaunched(wave)) return null;
  const { id, opens, workingDays, rotating, chosenDepth: depth } = wave;
  const state = wave.state === 'cancelled' ? 'cancelled' : 'planned';
  return { id, opens, workingDays, rotating, depth, state, ...changed(act) };
};

/** What an act changes of a plan. A new date is a new promise: a cancelled wave takes place again. */
const changed = (act: WaveChange): Partial<WavePlan> => {
  switch (act.act) {
    case 'postpone':
      return { opens: act.opens, state: 'planned' };
    case 'choose':
      return { rotating: act.rotating };
    case 'depth':
      return { depth: act.depth };
    case 'cancel':
      return { state: 'cancelled' };
    case 'restore':
      return { state: 'planned' };
    case 'close':
    case 'abandon':
      return {};
  }
};

/** Whether a wave has been launched: from then on form, members and groups are fixed. */
export const isLaunched = ({ state }: Pick<ScheduledWave, 'state'>): boolean =>
  state !== 'planned' && state !== 'cancelled' && state !== 'missed';

/** Whether figures of `depth` are of larger groups than those of `than`. */
export const isCoarser = (depth: Depth, than: Depth): boolean =>
  depths.indexOf(depth) < depths.indexOf(than);

/** Two years ahead: later than any decree of holidays, and sooner a slip of the pen than a plan. */
const farthestDays = 731;

/** Dates lie ahead, not too far, on working days, and apart from those of every other wave. */
const dateFaults = (
  { waves, days, today }: Schedule,
  wish: { readonly id: string | null; readonly opens: string; readonly workingDays: number },
): readonly WaveFault[] => {
  const { calendar, pattern } = days;
  const { opens } = wish;
  if (!isDate(opens)) return [{ kind: 'no-date', words: { found: opens } }];
  if (opens <= today) return [{ kind: 'past', dates: { found: opens, today } }];
  const last = addDays(today, farthestDays);
  if (opens > last) return [{ kind: 'far', dates: { found: opens, last } }];
  if (!isWorkday(calendar, pattern, opens)) {
    const next = addWorkdays(calendar, pattern, { from: opens, days: 0 });
    return [{ kind: 'day-off', dates: { found: opens, next } }];
  }
  const { closes } = spanOf(days, wish);
  return waves
    .filter(({ id, place }) => id !== wish.id && place !== null)
    .filter((other) => opens <= other.closes && other.opens <= closes)
    .map((other) => ({
      kind: 'overlap',
      dates: { found: opens, to: closes, opens: other.opens, closes: other.closes },
      words: { wave: other.id },
    }));
};

/** Exactly one rotating item an aspect; the anchors are asked whatever is chosen. */
const itemFaults = (items: readonly Item[], rotating: readonly string[]): readonly WaveFault[] => {
  const unfit = rotating.flatMap((id): readonly WaveFault[] => {
    const item = items.find((known) => known.id === id);
    if (item === undefined) return [{ kind: 'no-item', words: { found: id } }];
    return item.role === 'condition' ? [] : [{ kind: 'not-rotating', words: { found: id } }];
  });
  if (unfit.length > 0) return unfit;
  return aspects.flatMap((aspect) => {
    const found = rotating.filter((id) => items.find((item) => item.id === id)?.aspect === aspect);
    if (found.length === 1) return [];
    return [{ kind: 'aspect' as const, words: { aspect, found: found.join(', ') || '–' } }];
  });
};

const depthFaults = (wave: ScheduledWave, depth: Depth | null): readonly WaveFault[] => {
  if (!isLaunched(wave)) return [];
  if (wave.state !== 'open') return [{ kind: 'not-open' }];
  if (depth === null) return [{ kind: 'place-decides' }];
  return isCoarser(depth, wave.depth) ? [] : [{ kind: 'finer', words: { depth: wave.depth } }];
};

/** The next free number: `w5` after `w4`. */
const freeId = (waves: readonly ScheduledWave[]): string =>
  `w${1 + Math.max(0, ...waves.map(({ id }) => Number(/^w(\d+)$/.exec(id)?.[1] ?? 0)))}`;
