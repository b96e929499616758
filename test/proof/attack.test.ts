import { describe, expect, it } from 'vitest';
import { campaign } from '../attack/campaign.ts';

describe('a release under attack', () => {
  it('gives nobody away in 150 random agencies of six waves each', async () => {
    const lines: string[] = [];
    const outcome = await campaign(150, { from: 10_001, say: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    expect(outcome).toMatchObject({ organisations: 150, recovered: 0 });
    expect(outcome.visibleShare).toBeGreaterThan(0.3);
  });
});
