/** Whether a programme file asks only for what exists, and each wave for one condition of every aspect. */
import { endOfSending, minuteOf, workPatterns } from '../../calendar/work-pattern.ts';
import { isDate } from '../../calendar/zone.ts';
import { minute } from '../../clock.ts';
import type { Fault } from '../../errors.ts';
import { type Entry, faultAt, oneOf, type Room, type Rooms } from '../entry.ts';
import { aspects, type Programme, type Survey } from '../schema.ts';
import type { ValuePath } from '../yaml-file.ts';
import { repeated } from './references.ts';

type Wave = Programme['waves'][number];

/** Every fault of the programme files against the rest of the content. */
export const programmeFaults = (rooms: Rooms): readonly Fault[] =>
  rooms.programmes.entries.flatMap((entry) => {
    const { survey, lesson, leader, waves } = entry.value;
    const form = rooms.surveys.entries.find(({ value }) => value.id === survey)?.value;
    return [
      ...(rooms.surveys.claimed.has(survey)
        ? []
        : [
            faultAt(entry, ['survey'], {
              what: 'survey does not exist',
              found: survey,
              allowed: oneOf(rooms.surveys.claimed),
            }),
          ]),
      ...covered(entry, rooms),
      ...order(entry, rooms.lessons, { kind: 'lesson', ids: lesson.order }),
      ...order(entry, rooms.prompts, { kind: 'leader', ids: leader.order }),
      ...dates(entry),
      ...times(entry),
      ...repeated(entry, ['waves'], waves),
      ...(form === undefined
        ? []
        : waves.flatMap((wave, index) => rotating(entry, form, { wave, index }))),
    ];
  });

const covered = (entry: Entry<Programme>, { documents }: Rooms): readonly Fault[] =>
  entry.value.covers.flatMap((id, index) =>
    documents.claimed.has(id)
      ? []
      : [
          faultAt(entry, ['covers', index], {
            what: 'document does not exist',
            found: id,
            allowed: oneOf(documents.claimed),
          }),
        ],
  );

const order = (
  entry: Entry<Programme>,
  room: Room<unknown>,
  { kind, ids }: { readonly kind: 'lesson' | 'leader'; readonly ids: readonly string[] },
): readonly Fault[] =>
  ids.flatMap((id, index) => {
    const path = [kind, 'order', index];
    const what = kind === 'lesson' ? 'lesson' : 'prompt';
    if (!room.claimed.has(id)) {
      const allowed = oneOf(room.claimed);
      return [faultAt(entry, path, { what: `${what} does not exist`, found: id, allowed })];
    }
    return ids.indexOf(id) === index
      ? []
      : [faultAt(entry, path, { what: `${what} stands twice`, found: id, allowed: 'each once' })];
  });

/** Dates that exist in the calendar of months and are meant, and waves in the order of their opening. */
const dates = (entry: Entry<Programme>): readonly Fault[] => {
  const { lesson, leader, waves } = entry.value;
  const all: readonly (readonly [string, ValuePath])[] = [
    [lesson.starts, ['lesson', 'starts']],
    [leader.starts, ['leader', 'starts']],
    ...waves.map((wave, index) => [wave.opens, ['waves', index, 'opens']] as const),
  ];
  const impossible = all.flatMap(([date, path]) =>
    exists(date)
      ? []
      : [
          faultAt(entry, path, {
            what: 'no such date',
            found: date,
            allowed: 'a day of the calendar, of this century',
          }),
        ],
  );
  const disordered = waves.flatMap((wave, index) => {
    const before = waves[index - 1];
    return before === undefined || before.opens < wave.opens
      ? []
      : [
          faultAt(entry, ['waves', index, 'opens'], {
            what: 'wave opens no later than the one before it',
            found: wave.opens,
            allowed: `after ${before.opens}`,
          }),
        ];
  });
  return [...impossible, ...disordered];
};

/** Times and a weekday at which somebody can be written to: later ones would all be moved to the day's end, and nobody works on a Sunday. */
const times = (entry: Entry<Programme>): readonly Fault[] => {
  const { lesson, leader, waves } = entry.value;
  const all: readonly (readonly [string, ValuePath])[] = [
    [lesson.time, ['lesson', 'time']],
    [leader.time, ['leader', 'time']],
    ...waves.map((wave, index) => [wave.time, ['waves', index, 'time']] as const),
  ];
  const late = all.flatMap(([time, path]) =>
    minuteOf(time) < endOfSending
      ? []
      : [
          faultAt(entry, path, {
            what: 'nothing is sent at that time any more',
            found: time,
            allowed: `a time before ${new Date(endOfSending * minute).toISOString().slice(11, 16)}`,
          }),
        ],
  );
  const works = Object.values(workPatterns).some(({ days }) => days.includes(leader.weekday));
  const off = works
    ? []
    : [
        faultAt(entry, ['leader', 'weekday'], {
          what: 'nobody works on that day',
          found: String(leader.weekday),
          allowed: '1, Monday, to 6, Saturday',
        }),
      ];
  return [...late, ...off];
};

const exists = (date: string): boolean => isDate(date) && date < '2100';

const rotating = (
  entry: Entry<Programme>,
  survey: Survey,
  { wave, index }: { readonly wave: Wave; readonly index: number },
): readonly Fault[] => {
  const conditions = survey.items.filter(({ role }) => role === 'condition');
  const items = wave.rotating.map((id) => survey.items.find((item) => item.id === id));
  const unfit = items.flatMap((item, at) => {
    const path = ['waves', index, 'rotating', at];
    const found = wave.rotating[at] ?? '';
    const allowed = oneOf(conditions.map(({ id }) => id));
    if (item === undefined) return [faultAt(entry, path, { what: 'no such item', found, allowed })];
    return item.role === 'condition'
      ? []
      : [faultAt(entry, path, { what: 'rotating item is not a condition', found, allowed })];
  });
  const perAspect = aspects.flatMap((aspect) => {
    const found = items.filter((item) => item?.aspect === aspect).map((item) => item?.id);
    return found.length === 1
      ? []
      : [
          faultAt(entry, ['waves', index, 'rotating'], {
            what: `rotating items of ${wave.id} for the aspect ${aspect}`,
            found: found.length === 0 ? 'none' : found.join(', '),
            allowed: 'exactly one',
          }),
        ];
  });
  return unfit.length > 0 ? unfit : perAspect;
};
