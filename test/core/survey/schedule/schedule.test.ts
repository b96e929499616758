import { describe, expect, it } from 'vitest';
import { addWorkdays, isWorkday } from '../../../../core/calendar/work-calendar.ts';
import { addDays } from '../../../../core/calendar/zone.ts';
import type { depths } from '../../../../core/results/release.ts';
import { actFaults, planAfter, type WaveAct } from '../../../../core/survey/schedule/acts.ts';
import type { Schedule, WavePlan } from '../../../../core/survey/schedule/schedule.ts';
import { launchedFrom, plansAfter, scheduleAt } from './waves.ts';

const early = '2026-09-28T02:00:00Z';
const kindsOf = (schedule: Schedule, act: WaveAct) =>
  actFaults(schedule, act).map(({ kind }) => kind);
const waveIn = (schedule: Schedule, id: string) => {
  const wave = schedule.waves.find((one) => one.id === id);
  if (wave === undefined) throw new Error(`no wave ${id}`);
  return wave;
};
const usual = ['reg-1', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'];

describe('the shipped schedule', () => {
  const { waves, tips } = scheduleAt(early);

  it('closes the baseline before the first tip, asks every four weeks, and ends after the last tip', () => {
    expect(waves.map(({ place }) => place)).toEqual(['baseline', 'mid', 'between', 'end']);
    expect(waves[0]?.closes).toBe('2026-10-23');
    expect((waves[0]?.closes ?? '') < tips.first).toBe(true);
    expect(waves.slice(1, 3).map(({ opens }) => opens)).toEqual(['2026-11-09', '2026-12-07']);
    expect(waves[1]?.opens).toBe(addDays(waves[0]?.opens ?? '', 28));
    expect(waves[2]?.opens).toBe(addDays(waves[1]?.opens ?? '', 28));
    expect((waves[3]?.opens ?? '') > tips.last).toBe(true);
  });

  it('opens each wave for ten working days, on a working day', () => {
    const { days } = scheduleAt(early);
    for (const { opens, closes, workingDays } of waves) {
      expect(workingDays).toBe(10);
      expect(isWorkday(days.calendar, 'five-day', opens)).toBe(true);
      expect(addWorkdays(days.calendar, 'five-day', { from: opens, days: 9 })).toBe(closes);
    }
  });

  it('publishes units at the beginning, halfway and at the end, directorates in between', () => {
    expect(waves.map(({ depth }) => depth)).toEqual(['units', 'units', 'directorates', 'units']);
  });
});

describe('scheduling', () => {
  it('plans a new wave under the next free number', () => {
    const act = { act: 'schedule', opens: '2027-03-15', rotating: usual, depth: null } as const;
    expect(actFaults(scheduleAt(early), act)).toEqual([]);
    const { waves } = scheduleAt(early, { plans: plansAfter(early, [], act) });
    expect(waves.at(-1)).toMatchObject({ id: 'w5', opens: '2027-03-15', closes: '2027-03-29' });
    // What was the end is so no more.
    expect(waves.map(({ place }) => place)).toEqual([
      'baseline',
      'between',
      'mid',
      'between',
      'end',
    ]);
  });

  it.each([
    ['2026-02-30', 'no-date'],
    ['besok', 'no-date'],
    ['2026-09-28', 'past'],
    ['2026-09-01', 'past'],
    // Dates this far are a slip of the pen; those past the year 9999 no longer follow each other.
    ['2207-05-04', 'far'],
    ['9999-12-30', 'far'],
    ['2026-10-10', 'day-off'],
    ['2026-12-25', 'day-off'],
    ['2026-10-05', 'overlap'],
    ['2026-10-23', 'overlap'],
  ])('refuses to open on %s: %s', (opens, kind) => {
    const act = { act: 'schedule', opens, rotating: usual, depth: null } as const;
    expect(kindsOf(scheduleAt(early), act)).toEqual([kind]);
  });

  it.each([
    [['reg-1', 'dat-1', 'ppl-1', 'inf-1'], ['aspect']],
    [['reg-1', 'reg-2', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'], ['aspect']],
    [['reg-a', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'], ['not-rotating']],
    [['reg-9', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'], ['no-item']],
    [[], ['aspect', 'aspect', 'aspect', 'aspect', 'aspect']],
  ])('refuses the rotating items %j', (rotating, kinds) => {
    expect(kindsOf(scheduleAt(early), { act: 'choose', wave: 'w1', rotating })).toEqual(kinds);
  });

  it('counts from the next working day when a decree takes the opening', () => {
    const plan: WavePlan = {
      id: 'w9',
      opens: '2026-12-25',
      workingDays: 10,
      rotating: usual,
      depth: null,
      state: 'planned',
    };
    const wave = waveIn(scheduleAt(early, { plans: [plan] }), 'w9');
    const { calendar } = scheduleAt(early).days;
    const first = addWorkdays(calendar, 'five-day', { from: '2026-12-25', days: 0 });
    expect(first > '2026-12-25').toBe(true);
    expect(wave.closes).toBe(addWorkdays(calendar, 'five-day', { from: first, days: 9 }));
  });
});

describe('a wave before it opens', () => {
  it('is cancelled, and scheduled again before its date only', () => {
    const cancelled = plansAfter(early, [], { act: 'cancel', wave: 'w2' });
    const schedule = scheduleAt(early, { plans: cancelled });
    expect(waveIn(schedule, 'w2')).toMatchObject({ state: 'cancelled', place: null });
    expect(kindsOf(schedule, { act: 'cancel', wave: 'w2' })).toEqual(['cancelled']);
    expect(kindsOf(schedule, { act: 'restore', wave: 'w2' })).toEqual([]);
    expect(kindsOf(schedule, { act: 'restore', wave: 'w3' })).toEqual(['not-cancelled']);
    const late = scheduleAt('2026-11-09T02:00:00Z', { plans: cancelled });
    expect(kindsOf(late, { act: 'restore', wave: 'w2' })).toEqual(['past']);
    // A new date may still be given; taken dates are refused for it, too.
    expect(kindsOf(late, { act: 'postpone', wave: 'w2', opens: '2026-11-10' })).toEqual([]);
    expect(kindsOf(late, { act: 'postpone', wave: 'w2', opens: '2026-12-01' })).toEqual([
      'overlap',
    ]);
  });

  it('is not scheduled again into dates that were given away meanwhile', () => {
    const cancelled = plansAfter(early, [], { act: 'cancel', wave: 'w2' });
    const act = { act: 'schedule', opens: '2026-11-16', rotating: usual, depth: null } as const;
    const taken = plansAfter(early, cancelled, act);
    expect(kindsOf(scheduleAt(early, { plans: taken }), { act: 'restore', wave: 'w2' })).toEqual([
      'overlap',
    ]);
  });

  it('names the waves there are when somebody asks for another', () => {
    expect(actFaults(scheduleAt(early), { act: 'cancel', wave: 'w8' })).toEqual([
      { kind: 'no-wave', words: { found: 'w8', allowed: 'w1, w2, w3, w4' } },
    ]);
  });
});

describe('a wave once it was launched', () => {
  const opening = '2026-10-13T02:00:00Z';
  const open = (status: 'open' | 'closing' | 'published' | 'erased') =>
    scheduleAt(opening, { launched: [launchedFrom(scheduleAt(early), 'w1', status)] });
  const changes: readonly WaveAct[] = [
    { act: 'postpone', wave: 'w1', opens: '2026-12-01' },
    { act: 'choose', wave: 'w1', rotating: usual },
    { act: 'cancel', wave: 'w1' },
    { act: 'restore', wave: 'w1' },
  ];

  it.each(['open', 'closing', 'published', 'erased'] as const)(
    'keeps its date, its items and its place in the schedule while %s',
    (status) => {
      for (const act of changes) {
        expect(kindsOf(open(status), act)).toEqual(['opened']);
        expect(planAfter(open(status), act)).toBeNull();
      }
    },
  );

  it('is closed while it is open, and never opened again', () => {
    expect(kindsOf(open('open'), { act: 'close', wave: 'w1' })).toEqual([]);
    for (const status of ['closing', 'published', 'erased'] as const)
      expect(kindsOf(open(status), { act: 'close', wave: 'w1' })).toEqual(['not-open']);
    expect(kindsOf(scheduleAt(early), { act: 'close', wave: 'w1' })).toEqual(['not-open']);
  });

  it('is given up only while its keys are gone, and then gives its place to the next', () => {
    const act = { act: 'abandon', wave: 'w1' } as const;
    const withKeys = (keys: 'kept' | 'gone' | 'abandoned', status: 'closing' | 'erased') =>
      scheduleAt('2026-10-26T02:00:00Z', {
        launched: [{ ...launchedFrom(scheduleAt(early), 'w1', status), keys }],
      });
    expect(kindsOf(scheduleAt(early), act)).toEqual(['keys-kept']);
    expect(kindsOf(withKeys('kept', 'closing'), act)).toEqual(['keys-kept']);
    expect(kindsOf(withKeys('gone', 'closing'), act)).toEqual([]);
    expect(kindsOf(withKeys('abandoned', 'closing'), act)).toEqual(['keys-kept']);
    const { waves } = withKeys('abandoned', 'erased');
    expect(waves.slice(0, 2).map(({ state, place }) => [state, place])).toEqual([
      ['abandoned', null],
      ['planned', 'baseline'],
    ]);
  });

  it('is limited to larger groups and never cut finer', () => {
    const directorates = scheduleAt(opening, {
      launched: [{ ...launchedFrom(scheduleAt(early), 'w1', 'open'), depth: 'directorates' }],
    });
    const faultsOf = (depth: (typeof depths)[number] | null) =>
      kindsOf(directorates, { act: 'depth', wave: 'w1', depth });
    expect(faultsOf('agency')).toEqual([]);
    expect(faultsOf('directorates')).toEqual(['finer']);
    expect(faultsOf('units')).toEqual(['finer']);
    expect(faultsOf(null)).toEqual(['place-decides']);
    expect(kindsOf(open('erased'), { act: 'depth', wave: 'w1', depth: 'agency' })).toEqual([
      'not-open',
    ]);
  });
});
