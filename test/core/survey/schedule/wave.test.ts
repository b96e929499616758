import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsAt,
  nextStep,
  participationBand,
  type waveStatuses,
  waveSteps,
} from '../../../../core/survey/schedule/wave.ts';

const closesAt = new Date('2026-11-20T10:00:00Z');
const counted = countsAt(closesAt);
const before = new Date(closesAt.getTime() - 1);

describe('the life of a wave', () => {
  it('stays open until the ballots under way at its close have come in', () => {
    const early = new Date(counted.getTime() - 1);
    expect(nextStep({ status: 'open', closesAt }, early)).toBeNull();
    expect(nextStep({ status: 'open', closesAt }, counted)).toBe('close');
  });

  it('goes close, publish, erase and then nowhere', () => {
    const seen = [];
    let status: (typeof waveStatuses)[number] = 'open';
    for (let step = nextStep({ status, closesAt }, counted); step !== null; ) {
      seen.push(step);
      expect(waveSteps[step].from).toBe(status);
      status = waveSteps[step].to;
      step = nextStep({ status, closesAt }, counted);
    }
    expect([seen, status]).toEqual([['close', 'publish', 'erase'], 'erased']);
  });

  it('finishes a wave whose clock was set back after its close', () => {
    expect(nextStep({ status: 'closing', closesAt }, before)).toBe('publish');
    expect(nextStep({ status: 'published', closesAt }, before)).toBe('erase');
  });
});

describe('participation while a wave is open', () => {
  it('is told in ten-point bands that never say "nobody" or "everybody"', () => {
    expect([0, 1, 5, 7, 8, 10].map((answered) => participationBand(answered, 10))).toEqual([
      '≤ 19 %',
      '≤ 19 %',
      '50–59 %',
      '70–79 %',
      '≥ 80 %',
      '≥ 80 %',
    ]);
  });

  it('is not told below ten invited', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.nat({ max: 9 }), (invited, answered) => {
        expect(participationBand(Math.min(answered, invited), invited)).toBeNull();
      }),
    );
  });
});
