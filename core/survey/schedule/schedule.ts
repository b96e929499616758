/** The survey periods of a programme, past and to come: their dates, their place, and how far down they publish. */
import { addWorkdays, instantAt, localDate, type WorkCalendar } from '../../calendar/work-time.ts';
import { addDays } from '../../calendar/zone.ts';
import type { LocalDate } from '../../clock.ts';
import type { Item, Programme } from '../../content/schema.ts';
import { type GivenDate, lessonDates } from '../../delivery/lesson-dates.ts';
import type { Depth } from '../../results/release.ts';
import type { KeyState, WaveStatus } from './wave.ts';

/** Working days that a wave stays open. */
export const openWorkdays = 10;

/** A wave that HR has changed; a wave of the programme's file has the same form without `state`. */
export type WavePlan = {
  readonly id: string;
  readonly opens: LocalDate;
  readonly workingDays: number;
  /** Ids of the rotating items, one an aspect. */
  readonly rotating: readonly string[];
  /** Null = by the wave's place in the programme. */
  readonly depth: Depth | null;
  readonly state: 'planned' | 'cancelled';
};

/** A wave that was launched, as far as a schedule asks. */
export type LaunchedWave = {
  readonly id: string;
  readonly items: readonly string[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly status: WaveStatus;
  readonly depth: Depth;
  readonly keys: KeyState;
};

/** missed = its days went by while nothing ran; abandoned = it ended without a release, for its keys were gone. */
export type ScheduledState = WavePlan['state'] | 'missed' | WaveStatus | 'abandoned';

/** baseline = the first, end = the last, mid = the one halfway between them; null where the wave gives no result. */
type Place = 'baseline' | 'between' | 'mid' | 'end';

/** A wave with everything that follows from its plan. */
export type ScheduledWave = {
  readonly id: string;
  readonly state: ScheduledState;
  readonly keys: KeyState;
  readonly place: Place | null;
  readonly opens: LocalDate;
  /** The last day on which it can be answered. */
  readonly closes: LocalDate;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly workingDays: number;
  readonly rotating: readonly string[];
  readonly depth: Depth;
  /** What HR chose; null = by the wave's place, and once it was launched. */
  readonly chosenDepth: Depth | null;
};

/** The agency's own days: its calendar, working week and zone, and the present instant. */
export type AgencyDays = {
  readonly calendar: WorkCalendar;
  readonly pattern: string;
  readonly zone: string;
  readonly now: Date;
};

type Parts = {
  readonly programme: Pick<Programme, 'waves' | 'lesson'>;
  readonly items: readonly Item[];
  /** What HR has changed. */
  readonly plans: readonly WavePlan[];
  readonly launched: readonly LaunchedWave[];
  /** The dates that tips have had. */
  readonly given: readonly GivenDate[];
  readonly days: AgencyDays;
};

/** What every act on a wave is judged by. */
export type Schedule = {
  /** By opening. */
  readonly waves: readonly ScheduledWave[];
  readonly items: readonly Item[];
  readonly days: AgencyDays;
  readonly today: LocalDate;
  /** First and last day on which a tip is sent. */
  readonly tips: { readonly first: LocalDate; readonly last: LocalDate };
};

/** Waves open before the earliest zone's working day and close after the latest one's, by the agency's clock. */
const opensMinute = 5 * 60;
const closesMinute = 17 * 60;

/** The instant at which a wave of that date opens. */
export const openingOf = ({ zone }: Pick<AgencyDays, 'zone'>, opens: LocalDate): Date =>
  instantAt(zone, opens, opensMinute);

/** The last day and both instants of a wave that opens on a date. */
export const spanOf = (
  days: AgencyDays,
  { opens, workingDays }: Pick<WavePlan, 'opens' | 'workingDays'>,
): Pick<ScheduledWave, 'closes' | 'opensAt' | 'closesAt'> => {
  const { calendar, pattern, zone } = days;
  // Counted from the first working day: should a decree make the opening a day off, the next one opens it.
  const from = addWorkdays(calendar, pattern, { from: opens, days: 0 });
  const closes = addWorkdays(calendar, pattern, { from, days: workingDays - 1 });
  return {
    closes,
    opensAt: openingOf(days, opens),
    closesAt: instantAt(zone, closes, closesMinute),
  };
};

/** The file's waves as HR has changed them, HR's own ones, and those already launched. */
export const scheduleOf = ({ programme, items, plans, launched, given, days }: Parts): Schedule => {
  const changed = new Set(plans.map(({ id }) => id));
  const known = new Set(launched.map(({ id }) => id));
  const fromFile = programme.waves
    .filter(({ id }) => !changed.has(id))
    .map(({ id, opens, workingDays, rotating }): WavePlan => {
      return { id, opens, workingDays, rotating, depth: null, state: 'planned' };
    });
  const unplaced = [
    ...launched.map((wave) => ofLaunched(wave, items, days)),
    ...[...fromFile, ...plans].filter(({ id }) => !known.has(id)).map((plan) => ofPlan(plan, days)),
  ].sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime() || (a.id < b.id ? -1 : 1));
  return {
    waves: placed(unplaced),
    items,
    days,
    today: localDate(days.zone, days.now),
    tips: tipDays(programme.lesson, given, days),
  };
};

/** First and last day of the tips, as those that have a date go on from the last of them. */
const tipDays = (
  lesson: Programme['lesson'],
  given: readonly GivenDate[],
  { calendar, pattern }: AgencyDays,
): Schedule['tips'] => {
  const [from, until] = [lesson.starts, addDays(lesson.starts, farthestDays)];
  const dates = [...lessonDates(lesson, given, { calendar, pattern, from, until }).keys()].sort();
  const first = dates[0] ?? lesson.starts;
  return { first, last: dates.at(-1) ?? first };
};

/** Further than any programme reaches: its order holds a few hundred tips at most. */
const farthestDays = 3_660;

type Unplaced = Omit<ScheduledWave, 'place' | 'depth'> & { readonly depth: Depth | null };

const ofLaunched = (
  wave: LaunchedWave,
  items: readonly Item[],
  { zone, now }: AgencyDays,
): Unplaced => {
  const { id, items: asked, opensAt, closesAt, depth, keys } = wave;
  return {
    id,
    state: launchedState(wave, now),
    keys,
    opens: localDate(zone, opensAt),
    closes: localDate(zone, closesAt),
    opensAt,
    closesAt,
    workingDays: openWorkdays,
    rotating: items
      .filter((item) => item.role === 'condition' && asked.includes(item.id))
      .map((item) => item.id),
    depth,
    chosenDepth: null,
  };
};

const launchedState = ({ status, closesAt, keys }: LaunchedWave, now: Date): ScheduledState => {
  // Past its close nobody can answer any more, although ballots on their way are still waited for.
  if (status === 'open') return closesAt <= now ? 'closing' : 'open';
  if (keys === 'abandoned') return status === 'erased' ? 'abandoned' : 'closing';
  return status;
};

const ofPlan = (plan: WavePlan, days: AgencyDays): Unplaced => {
  const span = spanOf(days, plan);
  const missed = plan.state === 'planned' && span.closesAt <= days.now;
  return {
    ...plan,
    ...span,
    state: missed ? 'missed' : plan.state,
    keys: 'kept',
    chosenDepth: plan.depth,
  };
};

/** Places among the waves that gave or will give a result; of an even number the earlier half's last is in the middle. */
const placed = (waves: readonly Unplaced[]): readonly ScheduledWave[] => {
  const real = waves.filter(({ state }) => !resultless.includes(state));
  const middle = Math.floor((real.length - 1) / 2);
  return waves.map((wave) => {
    const at = real.indexOf(wave);
    const place = at === -1 ? null : placeAt(at, middle, real.length - 1);
    return { ...wave, place, depth: wave.depth ?? usualDepth(place) };
  });
};

/** Waves of these states never give a result. */
const resultless: readonly ScheduledState[] = ['cancelled', 'missed', 'abandoned'];

const placeAt = (at: number, middle: number, last: number): Place => {
  if (at === 0) return 'baseline';
  if (at === last) return 'end';
  return at === middle ? 'mid' : 'between';
};

/** Agency and directorates in every wave; every unit at the beginning, halfway and at the end. */
const usualDepth = (place: Place | null): Depth =>
  place === 'between' || place === null ? 'directorates' : 'units';

/** Something said of a schedule; dates are told in the reader's own way, words as they are. */
export type Remark<Kind extends string> = {
  readonly kind: Kind;
  readonly dates?: Readonly<Record<string, LocalDate>>;
  readonly words?: Readonly<Record<string, string>>;
};
