import { describe, expect, it } from 'vitest';
import { type Attack, loadAttack } from '../../../../core/results/attack/attack.ts';
import { attackWave } from '../../../attack/attackers.ts';
import { campaign } from '../../../attack/campaign.ts';
import { attackLines } from '../../../attack/lines.ts';
import { organisationOf } from '../../../attack/organisation.ts';
import { type Wave, wavesOf } from '../../../attack/wave.ts';
import { seeded } from '../small-wave.ts';

const attack = await loadAttack();

/** Waves of so many agencies, closed with an audit of one's own. */
const wavesWith = (audit: Attack, agencies: number): readonly (readonly Wave[])[] =>
  Array.from({ length: agencies }, (_, at) => {
    const chance = seeded(1_000 + at);
    return wavesOf(organisationOf(chance), chance, audit);
  });

describe('random agencies under attack', () => {
  it('give nobody away over six waves, to brute force or the solver', async () => {
    const lines: string[] = [];
    const outcome = await campaign(2, { from: 1, say: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    expect(outcome).toMatchObject({ organisations: 2, recovered: 0 });
    expect(outcome.visibleShare).toBeGreaterThan(0.25);
  });

  it('have two to five levels and at most 14 places', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { units, places } = organisationOf(seeded(seed));
      const levelOf = (id: number | null): number =>
        id === null ? 0 : 1 + levelOf(units.find((unit) => unit.id === id)?.parentId ?? null);
      const levels = Math.max(...units.map(({ id }) => levelOf(id)));
      expect(levels).toBeGreaterThanOrEqual(2);
      expect(levels).toBeLessThanOrEqual(5);
      expect(places.length).toBeLessThanOrEqual(14);
    }
  });

  it('give people away to both attackers when releases are closed without an audit', () => {
    const careless = wavesWith(() => ({ leaks: [], systems: 0 }), 4).flat();
    const found = careless.flatMap((wave) => attackWave(wave, attack).recovered).join('\n');
    expect(found).toMatch(/the sum of [1-4] besides a reader/);
    expect(found).toMatch(/a combination of [1-5]/);
    expect(found).toMatch(/solver: sum/);
  });

  it('give people away across waves when every group may be put in one line', () => {
    const careless = wavesWith(attack, 3).map((waves) =>
      waves.map((wave) => ({
        ...wave,
        made: {
          ...wave.made,
          release: {
            ...wave.made.release,
            lines: wave.question.groups.map(({ unit }) => ({
              unit,
              waves: waves.map(({ question }) => question.wave),
            })),
          },
        },
      })),
    );
    expect(careless.flatMap(attackLines).join('\n')).toMatch(/a line joins few/);
  });
});
