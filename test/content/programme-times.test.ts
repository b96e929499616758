import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../core/content/parse.ts';
import { paths, spoil } from './small-content.ts';

describe('a programme whose messages could reach nobody', () => {
  it.each([
    ['08:30', '15:30', 6],
    ['09:00', '16:00', 11],
    ['10:00', '23:45', 18],
  ])('is refused with its line: %s made %s', (from, to, line) => {
    expect(() =>
      parseCatalogue(spoil(paths.programme, `time: "${from}"`, `time: "${to}"`)),
    ).toThrow(
      `content/programmes/plan.yaml:${line}: nothing is sent at that time any more, found "${to}", allowed a time before 15:30`,
    );
  });

  it('may have a time that only some have room for: it comes to the others at their day’s end', () => {
    const { programme } = parseCatalogue(spoil(paths.programme, '"08:30"', '"15:15"'));
    expect(programme.lesson.time).toBe('15:15');
  });

  it('is refused where its leaders’ day is one on which nobody works', () => {
    expect(() => parseCatalogue(spoil(paths.programme, 'weekday: 1', 'weekday: 7'))).toThrow(
      'content/programmes/plan.yaml:12: nobody works on that day, found "7", allowed 1, Monday, to 6, Saturday',
    );
  });
});
