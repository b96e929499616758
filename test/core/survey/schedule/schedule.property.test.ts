import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkday } from '../../../../core/calendar/work-calendar.ts';
import { addDays } from '../../../../core/calendar/zone.ts';
import { aspects } from '../../../../core/content/schema.ts';
import { depths } from '../../../../core/results/release.ts';
import {
  actFaults,
  isCoarser,
  isLaunched,
  planAfter,
  type WaveAct,
} from '../../../../core/survey/schedule/acts.ts';
import type {
  Schedule,
  ScheduledWave,
  WavePlan,
} from '../../../../core/survey/schedule/schedule.ts';
import { catalogue, launchedFrom, scheduleAt } from './waves.ts';

const now = '2026-10-12T02:00:00Z';
const launched = [launchedFrom(scheduleAt('2026-09-28T02:00:00Z'), 'w1', 'open')];

const date = fc.integer({ min: 0, max: 300 }).map((days) => addDays('2026-09-28', days));
const wave = fc.constantFrom('w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w77');
const items = fc
  .tuple(...aspects.map(() => fc.integer({ min: 1, max: 4 })))
  .map((chosen) => ['reg', 'dat', 'ppl', 'inf', 'cul'].map((name, at) => `${name}-${chosen[at]}`));
const depth = fc.constantFrom(...depths, null);
const act: fc.Arbitrary<WaveAct> = fc.oneof(
  fc.record({ act: fc.constant('schedule' as const), opens: date, rotating: items, depth }),
  fc.record({ act: fc.constant('postpone' as const), wave, opens: date }),
  fc.record({ act: fc.constant('choose' as const), wave, rotating: items }),
  fc.record({ act: fc.constant('depth' as const), wave, depth }),
  fc.record({ act: fc.constantFrom('cancel' as const, 'restore' as const), wave }),
  fc.record({ act: fc.constant('close' as const), wave }),
);

/** The schedule after those of the acts that are allowed. */
const after = (acts: readonly WaveAct[]): Schedule => {
  let plans: readonly WavePlan[] = [];
  for (const one of acts) {
    const schedule = scheduleAt(now, { plans, launched });
    const plan = actFaults(schedule, one).length > 0 ? null : planAfter(schedule, one);
    if (plan !== null) plans = [...plans.filter(({ id }) => id !== plan.id), plan];
  }
  return scheduleAt(now, { plans, launched });
};

const checkWave = ({ days, today }: Schedule, one: ScheduledWave, before: string): void => {
  expect(isWorkday(days.calendar, 'five-day', one.opens)).toBe(true);
  expect(one.opens > (isLaunched(one) ? '' : today)).toBe(true);
  expect(one.opens > before).toBe(true);
  const asked = one.rotating.map(
    (id) => catalogue.survey.items.find((item) => item.id === id)?.aspect,
  );
  expect([...asked].sort()).toEqual([...aspects].sort());
};

describe('any acts in any order', () => {
  it('leave waves that lie ahead, apart from each other, on working days, with one item an aspect', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const schedule = after(acts);
        const real = schedule.waves.filter(({ place }) => place !== null);
        for (const [at, one] of real.entries())
          checkWave(schedule, one, real[at - 1]?.closes ?? '');
        expect(schedule.waves.filter(({ id }) => id === 'w1')).toMatchObject([{ state: 'open' }]);
      }),
      { numRuns: 200 },
    );
  });

  it('order the depths from larger to smaller groups', () => {
    expect(isCoarser('agency', 'directorates') && isCoarser('directorates', 'units')).toBe(true);
    for (const one of depths) expect(isCoarser(one, one)).toBe(false);
  });
});
