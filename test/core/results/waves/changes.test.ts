import { describe, expect, it } from 'vitest';
import type { Made } from '../../../../core/results/make.ts';
import { changeOf, trend, trendGroup } from '../../../../core/results/read.ts';
import type { Release } from '../../../../core/results/release.ts';
import type { Earlier } from '../../../../core/results/waves/basis.ts';
import type { Answers } from '../../../../core/survey/ballot/ballot.ts';
import { close, everyItem, item, items, type Person, people } from '../small-wave.ts';

const measure = { score: 'concern', aspect: 'all' } as const;

/** Unit 4 is small; everybody else is many. */
const others = [...people(1, 20), ...people(5, 30), ...people(3, 60)];
const team = (ids: readonly number[]): readonly Person[] =>
  ids.map((personId) => ({ personId, unit: 4, gradeBand: 'staff' }));
const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => from + at);

/** Answers around a middle, differing from person to person. */
const around =
  (middle: 2 | 3 | 4) =>
  ({ personId }: Person): Answers =>
    everyItem(([middle, middle - 1, middle + 1] as const)[personId % 3] as 1 | 2 | 3 | 4 | 5);

const wave = (
  members: readonly Person[],
  earlier: readonly Made[],
  { middle = 3 as 2 | 3 | 4, at = earlier.length + 1, form = items } = {},
): Made =>
  close(members, around(middle), {
    wave: `w${at}`,
    items: form,
    earlier: earlier satisfies readonly Earlier[],
  });

const releasesOf = (...made: readonly Made[]): readonly Release[] =>
  made.map(({ release }) => release);

describe('a small group', () => {
  const first = wave([...others, ...team(numbers(4_000, 14))], []);

  it('keeps its line while its members stay the same', () => {
    const second = wave([...others, ...team(numbers(4_000, 14))], [first]);
    expect(second.release.lines).toContainEqual({ unit: 4, waves: ['w1'] });
    const points = trend(releasesOf(first, second), 4, measure);
    expect(points.map(({ gap }) => gap)).toEqual([null, null]);
    expect(changeOf(second.release, 4, 'all')).toMatchObject({ since: 'w1', verdict: 'unclear' });
  });

  it.each([1, 2, 4])('has no line and no verdict when %i people make the difference', (left) => {
    const second = wave([...others, ...team(numbers(4_000, 14 - left))], [first]);
    const releases = releasesOf(first, second);
    expect(trend(releases, 4, measure).map(({ gap }) => gap)).toEqual(['apart', null]);
    expect(changeOf(second.release, 4, 'all')).toBeNull();
    expect(trendGroup(releases, 4, measure)?.unit).toBe(2);
  });

  it('has one again when five or more do', () => {
    const second = wave(
      [...others, ...team([...numbers(4_000, 12), ...numbers(4_500, 3)])],
      [first],
    );
    expect(trend(releasesOf(first, second), 4, measure).map(({ gap }) => gap)).toEqual([
      null,
      null,
    ]);
  });

  it('is compared with the wave before last, too: who left and came back is not shown', () => {
    // Five leave, five come: the neighbours may be joined, the first and the last wave may not.
    const second = wave([...others, ...team(numbers(4_000, 19))], [first]);
    const third = wave([...others, ...team(numbers(4_000, 13))], [first, second]);
    const points = trend(releasesOf(first, second, third), 4, measure);
    expect(points.map(({ gap }) => gap)).toEqual(['apart', null, null]);
  });

  it('has no line with a wave whose sums were made under another key, or under none', () => {
    const key = { membersKey: 'kunci-baru' };
    const members = [...others, ...team(numbers(4_000, 13))];
    const unkeyed = { ...first, basis: { ...first.basis, madeUnder: '' } };
    for (const { earlier, more } of [
      { earlier: first, more: key },
      { earlier: unkeyed, more: {} },
    ]) {
      const second = close(members, around(3), { wave: 'w2', earlier: [earlier], ...more });
      expect(second.release.lines).toEqual([]);
      const third = wave(members, [earlier, second]);
      const known = third.release.lines.filter(({ unit }) => unit === 4);
      expect(known).toEqual(second.basis.madeUnder === third.basis.madeUnder ? [line('w2')] : []);
    }
  });
});

const line = (...waves: readonly string[]) => ({ unit: 4, waves });

describe('a group of twenty and more', () => {
  it('keeps its line whoever comes and goes', () => {
    const first = wave(others, []);
    const second = wave(others.slice(1), [first]);
    expect(trend(releasesOf(first, second), 1, measure).map(({ gap }) => gap)).toEqual([
      null,
      null,
    ]);
  });
});

describe('a change', () => {
  const members = [...others, ...team(numbers(4_000, 14))];
  const first = wave(members, []);

  it('is told where all anchors rose, with the earlier wave and the size', () => {
    const second = wave(members, [first], { middle: 4 });
    expect(changeOf(second.release, 1, 'data')).toMatchObject({
      since: 'w1',
      verdict: 'higher',
      delta: 1,
    });
  });

  it('is judged of anchors alone, once for every shown figure of the release', () => {
    const second = wave(members, [first], { middle: 4 });
    const shown = second.release.cells.filter((cell) => cell.shown && cell.score === 'concern');
    expect(second.release.changes).toHaveLength(shown.length);
  });

  it('is not told where another anchor was asked', () => {
    const form = items.map((each) =>
      each.id === 'data-anchor' ? item('data', 'anchor', 'data-reworded') : each,
    );
    const second = close(members, (person) => ({ ...around(4)(person), 'data-reworded': 4 }), {
      wave: 'w2',
      items: form,
      earlier: [first],
    });
    expect(changeOf(second.release, 1, 'data')).toBeNull();
    expect(changeOf(second.release, 1, 'all')).toBeNull();
    expect(changeOf(second.release, 1, 'people')).not.toBeNull();
    expect(
      trend(releasesOf(first, second), 1, { score: 'concern', aspect: 'data' }).map(
        ({ gap }) => gap,
      ),
    ).toEqual(['apart', null]);
  });

  it('is told against the last wave that shows the group', () => {
    const shallow = close(members, around(3), {
      wave: 'w2',
      depth: 'directorates',
      earlier: [first],
    });
    const third = wave(members, [first, shallow], { middle: 4, at: 3 });
    expect(changeOf(third.release, 5, 'data')).toMatchObject({ since: 'w1' });
    expect(changeOf(third.release, 1, 'data')).toMatchObject({ since: 'w2' });
  });

  it('is not told of a wave that kept no statistics', () => {
    const second = close(members, around(4), {
      wave: 'w2',
      earlier: [{ release: first.release, basis: null }],
    });
    expect(second.release.changes).toEqual([]);
  });
});
