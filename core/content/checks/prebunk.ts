/** The form of the prebunking track: four parts in their order, and a booster soon after each first lesson. */
import type { Fault } from '../../errors.ts';
import { type Entry, faultAt, type Rooms } from '../entry.ts';
import { type Lesson, type Programme, prebunkParts } from '../schema.ts';

/** Every fault of the track's lessons and of their places in the programme. */
export const prebunkFaults = (rooms: Rooms): readonly Fault[] => [
  ...rooms.lessons.entries.flatMap(partFaults),
  ...rooms.programmes.entries.flatMap((entry) => boosterFaults(entry, rooms)),
];

const partFaults = (entry: Entry<Lesson>): readonly Fault[] => {
  const { prebunk, sentences } = entry.value;
  const found = sentences.flatMap(({ part }) => (part === undefined ? [] : [part]));
  const wanted = prebunk?.role === 'first' ? prebunkParts : [];
  return found.join() === wanted.join()
    ? []
    : [
        faultAt(entry, ['sentences'], {
          what: 'parts of a prebunking lesson',
          found: found.join(', ') || 'none',
          allowed: wanted.join(', ') || 'none: only a first lesson of the track has parts',
        }),
      ];
};

/** Lessons within which a booster follows: nine working days end before the fourteenth day unless holidays fall between. */
const boosterWithin = 9;

const boosterFaults = (entry: Entry<Programme>, { lessons }: Rooms): readonly Fault[] => {
  const byId = new Map(lessons.entries.map(({ value }) => [value.id, value]));
  const { order } = entry.value.lesson;
  return order.flatMap((id, index) => {
    const first = byId.get(id)?.prebunk;
    if (first?.role !== 'first') return [];
    const after = order.slice(index + 1, index + 1 + boosterWithin);
    const boosted = after.some((next) => {
      const prebunk = byId.get(next)?.prebunk;
      return prebunk?.role === 'booster' && prebunk.claim === first.claim;
    });
    return boosted
      ? []
      : [
          faultAt(entry, ['lesson', 'order', index], {
            what: `no booster of the claim "${first.claim}" soon after ${id}`,
            found: after.join(', ') || 'nothing',
            allowed: `one within ${boosterWithin} lessons`,
          }),
        ];
  });
};
