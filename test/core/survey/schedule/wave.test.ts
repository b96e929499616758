import { describe, expect, it } from 'vitest';
import {
  countsAt,
  nextStep,
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
