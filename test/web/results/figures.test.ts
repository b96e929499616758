import { describe, expect, it } from 'vitest';
import {
  askedAspects,
  groupName,
  groupsBelow,
  highestAspects,
} from '../../../web/results/figures.ts';
import { groups, releases } from '../hr/release-fixtures.ts';

const [release] = releases;
if (release === undefined) throw new Error('the fixtures hold no release');

describe('the groups below one', () => {
  it('are all of them for the agency, and for no choice', () => {
    expect(groupsBelow(release, 1)).toEqual(groups);
    expect(groupsBelow(release, null)).toEqual(groups);
  });

  it('are the unit, what is below it, and its own grade bands', () => {
    expect(groupsBelow(release, 5).map(({ unit }) => unit)).toEqual([5, 6, 7, 8, -3]);
    expect(groupsBelow(release, 8).map(({ unit }) => unit)).toEqual([8]);
  });

  it('never reach below the depth of the wave', () => {
    const directorates = groupsBelow({ ...release, depth: 'directorates' }, null);
    expect(directorates.map(({ unit }) => unit)).toEqual([1, 2, 5, 9, 12, -1, -2, -3]);
    expect(groupsBelow({ ...release, depth: 'agency' }, null).map(({ unit }) => unit)).toEqual([
      1, -1, -2,
    ]);
  });
});

describe('the name of a group', () => {
  it('tells whose grade band it is', () => {
    const names = groups.slice(-3).map((group) => groupName(release, group));
    expect(names).toEqual([
      'Ahli madya',
      'Ahli muda',
      'Direktorat Jenderal Layanan Publik · Ahli muda',
    ]);
  });
});

describe('the aspects of a score', () => {
  it('are those the wave asked', () => {
    const items = release.items.filter(({ aspect }) => aspect === 'data');
    expect(askedAspects({ ...release, items }, 'condition')).toEqual(['all', 'data']);
    expect(askedAspects({ ...release, items: [] }, 'condition')).toEqual([]);
  });
});

describe('the highest aspects', () => {
  it('name every aspect whose interval reaches the top one, and no other', () => {
    expect(highestAspects(release, 1, 'concern')).toEqual(['regulation', 'data']);
  });

  it('name none where nothing is shown', () => {
    expect(highestAspects(release, 6, 'concern')).toEqual([]);
  });
});
