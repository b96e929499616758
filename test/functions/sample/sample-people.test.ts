/** The sample's people: what they do with a tip. */
import { expect, test } from 'vitest';
import { hour } from '../../../core/clock.ts';
import { lessonMood } from '../../../functions/local/sample/behaviour.ts';

test('whoever puts a tip off does not put it off again whenever it is shown', () => {
  const first = new Date('2026-11-16T01:30:00Z');
  const again = new Date(first.getTime() + 2 * hour);
  const people = Array.from({ length: 4_000 }, (_, at) => ({ userId: `U${at}`, about: 'l07' }));
  const late = people.filter((who) => lessonMood(who, first) === 'later');
  const later = late.filter((who) => lessonMood(who, again) === 'later');
  expect(late.length).toBeGreaterThan(50);
  expect(later.length).toBeLessThan(late.length / 5);
});
