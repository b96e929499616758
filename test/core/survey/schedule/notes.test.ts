import { describe, expect, it } from 'vitest';
import { scheduleNotes } from '../../../../core/survey/schedule/notes.ts';
import { catalogue, plansAfter, scheduleAt } from './waves.ts';

const early = '2026-09-28T02:00:00Z';
const none: ReadonlySet<string> = new Set();

describe('what HR is told of a schedule', () => {
  it('is, of the shipped one, only that the coming year is not decreed', () => {
    expect(scheduleNotes(scheduleAt(early), none)).toEqual([
      { kind: 'calendar', words: { year: '2027' } },
    ]);
  });

  it('names the items that no wave asks any more', () => {
    const plans = plansAfter(early, [], { act: 'cancel', wave: 'w3' });
    expect(scheduleNotes(scheduleAt(early, { plans }), none)).toContainEqual({
      kind: 'unasked',
      words: { items: 'reg-3, dat-3, ppl-3, inf-3, cul-3' },
    });
  });

  it('names an item chosen twice in place of another', () => {
    const plans = plansAfter(early, [], {
      act: 'choose',
      wave: 'w2',
      rotating: ['reg-1', 'dat-2', 'ppl-2', 'inf-2', 'cul-2'],
    });
    expect(scheduleNotes(scheduleAt(early, { plans }), none)).toContainEqual({
      kind: 'unasked',
      words: { items: 'reg-2' },
    });
  });

  it('tells a baseline that closes after the first tip and an end before the last one', () => {
    const late = plansAfter(early, [], { act: 'postpone', wave: 'w1', opens: '2026-10-13' });
    expect(scheduleNotes(scheduleAt(early, { plans: late }), none)).toContainEqual({
      kind: 'baseline-late',
      dates: { closes: '2026-10-26', tip: '2026-10-26' },
      words: { wave: 'w1' },
    });
    const soon = plansAfter(early, [], { act: 'postpone', wave: 'w4', opens: '2027-01-21' });
    expect(scheduleNotes(scheduleAt(early, { plans: soon }), none)).toContainEqual({
      kind: 'end-early',
      dates: { opens: '2027-01-21', tip: '2027-01-21' },
      words: { wave: 'w4' },
    });
  });

  it('reckons the last tip from those that have gone: days without one move it', () => {
    const given = [{ slot: '2026-10-29', item: catalogue.programme.lesson.order[0] ?? '' }];
    expect(scheduleAt(early, { given }).tips).toEqual({ first: '2026-10-29', last: '2027-01-26' });
    expect(scheduleNotes(scheduleAt(early, { given }), none)).toContainEqual({
      kind: 'end-early',
      dates: { opens: '2027-01-25', tip: '2027-01-26' },
      words: { wave: 'w4' },
    });
  });

  it('tells a wave less than four weeks after the one before', () => {
    const plans = plansAfter(early, [], { act: 'postpone', wave: 'w2', opens: '2026-11-06' });
    expect(scheduleNotes(scheduleAt(early, { plans }), none)).toContainEqual({
      kind: 'too-soon',
      dates: { opens: '2026-11-06', before: '2026-10-12' },
      words: { wave: 'w2' },
    });
  });

  it('names chosen items that are at risk', () => {
    expect(scheduleNotes(scheduleAt(early), new Set(['reg-2', 'l01']))).toContainEqual({
      kind: 'at-risk',
      words: { items: 'reg-2' },
    });
  });
});
