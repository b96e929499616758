import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { pageColours, type TrendPoint, trendSvg } from '../../../web/results/trend-chart.ts';

const figure = { mean: 3, low: 2.8, high: 3.2 };
const points = (shown: readonly boolean[]): readonly TrendPoint[] =>
  shown.map((each, index) => ({
    date: `2026-0${index + 1}-15`,
    figure: each ? figure : null,
  }));

const draw = async (shown: readonly boolean[]) => {
  const svg = await trendSvg({
    lines: [{ name: 'Biro', weight: 'main', points: points(shown) }],
    dateLabel: (date) => date,
    scoreLabel: String,
    width: 500,
    colours: pageColours,
  });
  return parseHTML(`<body>${svg}</body>`).document;
};

describe('the trend', () => {
  it('breaks its line where a wave is hidden and draws no point there', async () => {
    const document = await draw([true, true, false, true, true]);
    expect(document.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(4);
    const line = document.querySelector('[aria-label="line"] path')?.getAttribute('d') ?? '';
    expect(line.match(/M/g)).toHaveLength(2);
    const band = document.querySelector('[aria-label="area"] path')?.getAttribute('d') ?? '';
    expect(band.match(/M/g)).toHaveLength(2);
  });

  it('still shows a lone wave between hidden ones, with its interval', async () => {
    const document = await draw([false, true, false]);
    expect(document.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(1);
    expect(document.querySelectorAll('[aria-label="rule"] line')).toHaveLength(1);
  });
});
