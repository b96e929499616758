/** What is planned on a date: for every stream its item, its time and whom it is for. */
import { minuteOf } from '../../../core/calendar/work-pattern.ts';
import {
  addWorkdays,
  instantAt,
  localDate,
  type WorkCalendar,
} from '../../../core/calendar/work-time.ts';
import { weekday, weekOf } from '../../../core/calendar/zone.ts';
import { day, type LocalDate } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import { atRisk, sourceVersion } from '../../../core/content/source-lock.ts';
import { correctionItem } from '../../../core/delivery/amendment.ts';
import { openDays, type Stream } from '../../../core/delivery/streams.ts';
import { once } from '../../../core/once.ts';
import type { Audience } from '../../../core/store/outbox/planning.ts';
import type { WaveRow } from '../../../core/store/pulse/waves.ts';
import type { Context } from '../context.ts';

/** The agency's dates (waves, lesson order, leader weeks) follow the ordinary working week. */
export const agencyPattern = 'five-day';

/** A slot to plan: what is sent to whom on a local date. */
export type Slot = {
  readonly stream: Stream;
  readonly slot: LocalDate;
  readonly item: string;
  readonly minute: number;
  readonly audience: Audience;
  readonly openUntil: Date | null;
  /** The dates of its week on which the stream has something to say; without them any. */
  readonly days?: readonly LocalDate[];
};

/** What the planner knows of a date beside the calendar: open waves, and the tips' dates of its week. */
export type Known = {
  readonly date: LocalDate;
  readonly waves: readonly WaveRow[];
  readonly lessons: ReadonlyMap<LocalDate, string>;
};

/** The items that may be said, with the sources they stand on; what is at risk is corrected once it is approved again. */
export const presentVersions = once((catalogue: Catalogue): ReadonlyMap<string, string> => {
  const blocked = atRisk(catalogue);
  const items = [...catalogue.lessons.values(), ...catalogue.prompts.values()];
  return new Map(
    items.filter(({ id }) => !blocked.has(id)).map((item) => [item.id, sourceVersion(item)]),
  );
});

export const correctionsOn = (
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
        slot: date,
        item: correctionItem(item, version),
        minute: minuteOf(catalogue.programme.lesson.time),
        audience: { kind: 'saw-earlier' as const, item, version },
        openUntil: null,
      },
    ];
  });
};

/** Streams in the order of their claim on the day's attention. */
export const slotsOn = (
  { catalogue, agency }: Context,
  calendar: WorkCalendar,
  { date, waves, lessons }: Known,
): readonly Slot[] => {
  const { lesson, leader } = catalogue.programme;
  const lessonId = lessons.get(date);
  const promptId = promptOn(catalogue, date);
  return [
    ...waves.flatMap((wave) => pulseSlots(catalogue, calendar, { wave, date, zone: agency.zone })),
    ...(date >= firstDay(catalogue, waves, agency.zone)
      ? [
          {
            stream: 'welcome' as const,
            slot: date,
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
            slot: date,
            item: promptId,
            minute: minuteOf(leader.time),
            audience: { kind: 'leaders' as const },
            openUntil: null,
          },
        ]),
    ...(lessonId === undefined
      ? []
      : [
          {
            stream: 'lesson' as const,
            slot: date,
            item: lessonId,
            minute: minuteOf(lesson.time),
            audience: { kind: 'welcomed' as const },
            openUntil: null,
            days: weekOf(date).filter((one) => lessons.has(one)),
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
    slot: date,
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

/** The first day of the programme or of a wave that was brought forward: people are welcomed from here on. */
const firstDay = ({ programme }: Catalogue, waves: readonly WaveRow[], zone: string): LocalDate => {
  const opened = waves.map(({ opensAt }) => localDate(zone, opensAt));
  const planned = programme.waves.map(({ opens }) => opens);
  return [...opened, ...planned, programme.lesson.starts].sort()[0] ?? programme.lesson.starts;
};

const promptOn = (catalogue: Catalogue, date: LocalDate): string | null =>
  weekday(date) === catalogue.programme.leader.weekday ? promptOfWeek(catalogue, date) : null;

/** The prompt of the week that holds `date`, counted from the leader stream's first day; null outside. */
export const promptOfWeek = ({ programme }: Catalogue, date: LocalDate): string | null => {
  const { starts, order } = programme.leader;
  const days = (Date.parse(date) - Date.parse(starts)) / day;
  return order[Math.floor(days / 7)] ?? null;
};
