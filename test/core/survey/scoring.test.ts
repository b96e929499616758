import { describe, expect, it } from 'vitest';
import type { Item } from '../../../core/content/schema.ts';
import { pointsOf, scorePerson } from '../../../core/survey/scoring.ts';

const item = (id: string, role: Item['role'], reverse = false): Item => ({
  id,
  aspect: 'data',
  role,
  barrier: 'want',
  reverse,
  cites: ['pskn#challenge.data'],
  text: { id, en: id },
  approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
});

describe('scores', () => {
  it('are higher where there is more concern: agreeing with a reversed item lowers them', () => {
    expect([1, 3, 5].map((x) => pointsOf({ reverse: true }, x as 1 | 3 | 5))).toEqual([5, 3, 1]);
    expect(pointsOf({ reverse: false }, 4)).toBe(4);
  });

  it('keep the reaction (anchors) apart from the conditions', () => {
    const items = [item('a', 'anchor'), item('c', 'condition', true)];
    expect(scorePerson(items, { a: 4, c: 4 })).toEqual([
      { score: 'concern', aspect: 'data', value: 4 },
      { score: 'condition', aspect: 'data', value: 2 },
    ]);
  });

  it('need one answered item; "not relevant" and a missing input are both missing', () => {
    const items = [item('a', 'anchor'), item('b', 'anchor'), item('c', 'condition')];
    expect(scorePerson(items, { a: 'na', b: 2, c: 'na' })).toEqual([
      { score: 'concern', aspect: 'data', value: 2 },
    ]);
    expect(scorePerson(items, {})).toEqual([]);
    expect(scorePerson(items, { a: 1, b: 4 })[0]?.value).toBe(2.5);
  });
});
