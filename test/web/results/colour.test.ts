import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '../../../functions/app/files.ts';
import { heatClass, heatColour, heatRules } from '../../../web/results/colour.ts';

/** WCAG 2.2 contrast of two `#rgb` or `#rrggbb` colours. */
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const luminance = (hex: string): number => {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

describe('the heat colours', () => {
  it('are in the style sheet, one class for every tenth of the scale', async () => {
    const sheet = await readFile(join(root, 'web/styles/results/heat-scale.css'), 'utf8');
    expect(sheet).toBe(
      `/* The scale of scores, as web/results/colour.ts computes it. */\n\n${heatRules()}\n`,
    );
    for (const mean of [1, 2.94, 2.95, 5, 5.01]) expect(sheet).toContain(`.${heatClass(mean)} {`);
  });

  it('keep every number readable on its fill, light and dark', () => {
    void fc.assert(
      fc.property(
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.constantFrom('light' as const, 'dark' as const),
        (mean, mode) => {
          const { fill, label } = heatColour(mean, mode);
          expect(contrast(fill, label)).toBeGreaterThanOrEqual(4.5);
        },
      ),
    );
  });

  it('have a fixed place for every score, and the ends stand out from a dark page', () => {
    expect([1, 2, 3, 4, 5].map((mean) => heatColour(mean, 'light').fill)).toEqual([
      '#1b5e9b',
      '#6aaed6',
      '#c4c9cf',
      '#f0a24a',
      '#9a4a00',
    ]);
    for (const mean of [1, 5])
      expect(contrast(heatColour(mean, 'dark').fill, '#14181d')).toBeGreaterThanOrEqual(3);
  });
});
