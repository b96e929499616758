/** The planner: today's slots and the next working day's, for every stream; planning twice adds nothing. */
import {
  addWorkdays,
  instantAt,
  isWorkday,
  localDate,
  nextWorkday,
  type WorkCalendar,
} from '../../core/calendar/work-time.ts';
import { weekday } from '../../core/calendar/zone.ts';
import { day, type LocalDate } from '../../core/clock.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import { atRisk, sourceVersion } from '../../core/content/source-lock.ts';
import { correctionItem } from '../../core/delivery/amendment.ts';
import { type CrowdRhythm, planTimes } from '../../core/delivery/planner.ts';
import { openDays, type Stream, streams } from '../../core/delivery/streams.ts';
import { listOutdated } from '../../core/store/amendments.ts';
import { loadCalendar } from '../../core/store/calendars.ts';
import {
  type Audience,
  ensurePartitions,
  listRhythms,
  planSlot,
} from '../../core/store/planning.ts';
import { listWaves, type WaveRow } from '../../core/store/waves.ts';
import type { Context, Job } from './context.ts';
import { periodicJob } from './periodic.ts';
import { planRecalls } from './recall.ts';

/** The agency's dates (waves, lesson order, leader weeks) follow the ordinary working week. */
export const agencyPattern = 'five-day';

export const planJob: Job = periodicJob('plan', async (context, now) => {
  await planAll(context, now);
});

/** A slot to plan: what is sent to whom on a local date. */
type Slot = {
  readonly stream: Stream;
  readonly date: LocalDate;
  readonly item: string;
  readonly minute: number;
  readonly audience: Audience;
  readonly openUntil: Date | null;
};

/** Plans every slot in the horizon and returns how many rows were added; `only` limits it to one person. */
export const planAll = async (
  context: Context,
  now: Date,
  only: number | null = null,
): Promise<number> => {
  const calendar = await loadCalendar(context.db);
  const waves = (await listWaves(context.db)).filter(({ status }) => status === 'open');
  // Streams with the same rule share one look at the crowd.
  const crowd = new Map<string, Promise<readonly CrowdRhythm[]>>();
  const rhythmsOf = (stream: Stream): Promise<readonly CrowdRhythm[]> => {
    const { personalTime, personalFrequency } = streams[stream];
    const key = `${personalTime} ${personalFrequency}`;
    const known = crowd.get(key) ?? listRhythms(context.db, stream);
    crowd.set(key, known);
    return known;
  };
  const dates = horizon(calendar, context.agency.zone, now);
  await ensurePartitions(context.db, dates);
  const outdated = await listOutdated(context.db, presentVersions(context.catalogue));
  let added = only === null ? await planRecalls(context.db, dates[0] ?? '', now) : 0;
  for (const date of dates)
    for (const slot of [
      ...correctionsOn(context, outdated, date),
      ...slotsOn(context, calendar, { date, waves }),
    ]) {
      const times = planTimes(calendar, await rhythmsOf(slot.stream), { ...slot, now });
      added += await planSlot(context.db, { ...slot, slot: slot.date, times, only, now });
    }
  if (added > 0) context.log.info('plan.added', { rows: added });
  return added;
};

/**
 * The dates to plan: every date that is today somewhere in the country, and the agency's next working day.
 * Zones ahead of the agency reach the next date first; two dates suffice for WIB to WIT.
 */
const horizon = (calendar: WorkCalendar, zone: string, now: Date): readonly LocalDate[] => {
  const today = localDate(zone, now);
  const ahead = localDate(zone, new Date(now.getTime() + 3 * 3_600_000));
  return [...new Set([today, ahead, nextWorkday(calendar, agencyPattern, today)])];
};

/** The items that may be said, with the sources they stand on; what is at risk is corrected once it is approved again. */
const presentVersions = (catalogue: Catalogue): ReadonlyMap<string, string> => {
  const blocked = atRisk(catalogue);
  const items = [...catalogue.lessons.values(), ...catalogue.prompts.values()];
  return new Map(
    items.filter(({ id }) => !blocked.has(id)).map((item) => [item.id, sourceVersion(item)]),
  );
};

const correctionsOn = (
  { catalogue }: Context,
  outdated: readonly string[],
  date: LocalDate,
): readonly Slot[] => {
  const versions = presentVersions(catalogue);
  return outdated.flatMap((item) => {
    const version = versions.get(item);
    if (version === undefined) return [];
    return [
      {
        stream: 'correction' as const,
        date,
        item: correctionItem(item, version),
        minute: minuteOf(catalogue.programme.lesson.time),
        audience: { kind: 'saw-earlier' as const, item, version },
        openUntil: null,
      },
    ];
  });
};

/** Streams in the order of their claim on the day's attention. */
const slotsOn = (
  { catalogue, agency }: Context,
  calendar: WorkCalendar,
  { date, waves }: { readonly date: LocalDate; readonly waves: readonly WaveRow[] },
): readonly Slot[] => {
  const { lesson, leader } = catalogue.programme;
  const lessonId = lessonOn(catalogue, calendar, date);
  const promptId = promptOn(catalogue, date);
  return [
    ...waves.flatMap((wave) => pulseSlots(catalogue, calendar, { wave, date, zone: agency.zone })),
    ...(date >= firstDay(catalogue)
      ? [
          {
            stream: 'welcome' as const,
            date,
            item: 'welcome',
            minute: minuteOf(lesson.time),
            audience: { kind: 'unwelcomed' as const },
            openUntil: new Date(instantAt(agency.zone, date, 0).getTime() + openDays * day),
          },
        ]
      : []),
    ...(promptId === null
      ? []
      : [
          {
            stream: 'leader' as const,
            date,
            item: promptId,
            minute: minuteOf(leader.time),
            audience: { kind: 'leaders' as const },
            openUntil: null,
          },
        ]),
    ...(lessonId === null
      ? []
      : [
          {
            stream: 'lesson' as const,
            date,
            item: lessonId,
            minute: minuteOf(lesson.time),
            audience: { kind: 'welcomed' as const },
            openUntil: null,
          },
        ]),
  ];
};

/** Working days of an open wave on which those without a ballot are reminded. */
const reminderDays = [3, 7] as const;

/** The reminders of a wave: their dates and items. */
export const reminderSlots = (
  calendar: WorkCalendar,
  zone: string,
  wave: Pick<WaveRow, 'id' | 'opensAt'>,
): readonly { readonly date: LocalDate; readonly item: string }[] =>
  reminderDays.map((nth) => ({
    date: addWorkdays(calendar, agencyPattern, {
      from: localDate(zone, wave.opensAt),
      days: nth - 1,
    }),
    item: `${wave.id}/${nth}`,
  }));

const pulseSlots = (
  catalogue: Catalogue,
  calendar: WorkCalendar,
  { wave, date, zone }: { readonly wave: WaveRow; readonly date: LocalDate; readonly zone: string },
): readonly Slot[] => {
  const plan = catalogue.programme.waves.find(({ id }) => id === wave.id);
  const opens = localDate(zone, wave.opensAt);
  const common = {
    date,
    minute: minuteOf(plan?.time ?? '10:00'),
    audience: { kind: 'wave' as const, wave: wave.id },
    openUntil: wave.closesAt,
  };
  if (date === opens) return [{ ...common, stream: 'pulse', item: wave.id }];
  return reminderSlots(calendar, zone, wave)
    .filter((reminder) => reminder.date === date)
    .map(({ item }) => ({
      ...common,
      stream: 'pulse-reminder' as const,
      item,
      openUntil: null,
    }));
};

/** The programme's first day: people are welcomed from here on. */
const firstDay = ({ programme }: Catalogue): LocalDate =>
  [programme.lesson.starts, ...programme.waves.map(({ opens }) => opens)].sort()[0] ??
  programme.lesson.starts;

/** The lesson of a date: the n-th of the order on the n-th working day; null before, after and on days off. */
const lessonOn = (
  { programme }: Catalogue,
  calendar: WorkCalendar,
  date: LocalDate,
): string | null => {
  if (date < programme.lesson.starts || !isWorkday(calendar, agencyPattern, date)) return null;
  let index = 0;
  for (
    let at = addWorkdays(calendar, agencyPattern, { from: programme.lesson.starts, days: 0 });
    at < date;
    at = nextWorkday(calendar, agencyPattern, at)
  )
    index += 1;
  return programme.lesson.order[index] ?? null;
};

const promptOn = (catalogue: Catalogue, date: LocalDate): string | null =>
  weekday(date) === catalogue.programme.leader.weekday ? promptOfWeek(catalogue, date) : null;

/** The prompt of the week that holds `date`, counted from the leader stream's first day; null outside. */
export const promptOfWeek = ({ programme }: Catalogue, date: LocalDate): string | null => {
  const { starts, order } = programme.leader;
  const days = (Date.parse(date) - Date.parse(starts)) / day;
  return order[Math.floor(days / 7)] ?? null;
};

/** Minutes after midnight of `HH:MM`. */
const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};
