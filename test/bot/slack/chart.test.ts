import { describe, expect, it } from 'vitest';
import { hasChart, slackMessage, withoutCharts } from '../../../bot/slack/view.ts';
import type { Part } from '../../../core/conversation/message.ts';
import { textOf, withParts } from '../../support/slack/payloads.ts';

const chart = (
  series: readonly { name: string; values: readonly (number | null)[] }[],
  categories = ['W1', 'W2', 'W3'],
): Part => ({ type: 'chart', title: 'Tren', categories, series, alternative: 'W1 3,4; W3 2,6' });
const chartOf = (part: Part) =>
  slackMessage(withParts(part)).blocks.find(({ type }) => type === 'data_visualization');

describe('a chart', () => {
  it('is drawn as lines, with the same numbers in words below', () => {
    const part = chart([
      { name: 'Kekhawatiran', values: [3.4, 3, 2.6] },
      { name: 'Hambatan', values: [3.1, 3, 2.8] },
    ]);
    expect(chartOf(part)).toMatchObject({
      title: 'Tren',
      chart: {
        type: 'line',
        series: [{ name: 'Kekhawatiran' }, { name: 'Hambatan' }],
        axis_config: { categories: ['W1', 'W2', 'W3'] },
      },
    });
    expect(textOf(slackMessage(withParts(part)).blocks)).toContain('W1 3,4; W3 2,6');
  });

  it('leaves out the period in which a line is hidden, never guesses it', () => {
    const drawn = chartOf(
      chart([
        { name: 'Kekhawatiran', values: [3.4, null, 2.6] },
        { name: 'Hambatan', values: [3.1, 3, 2.8] },
      ]),
    );
    expect(drawn).toMatchObject({ chart: { axis_config: { categories: ['W1', 'W3'] } } });
    expect(JSON.stringify(drawn)).not.toContain('null');
  });

  it('leaves out a line that is hidden throughout, and is words alone when none is left', () => {
    const hidden = { name: 'Tersembunyi', values: [null, null, null] };
    const drawn = chartOf(chart([hidden, { name: 'Hambatan', values: [3.1, 3, 2.8] }]));
    expect(drawn).toMatchObject({ chart: { series: [{ name: 'Hambatan' }] } });
    const none = slackMessage(withParts(chart([hidden])));
    expect(chartOf(chart([hidden]))).toBeUndefined();
    expect(textOf(none.blocks)).toContain('Tren: W1 3,4; W3 2,6');
  });

  it('has at most six lines, the safe figure of the two published ones', () => {
    const ten = Array.from({ length: 10 }, (_, n) => ({ name: `G${n}`, values: [1, 2, 3] }));
    expect(chartOf(chart(ten))).toMatchObject({ chart: { series: { length: 6 } } });
  });

  it('is words alone when two cut names would be the same', () => {
    const name = 'Direktorat Pengembangan';
    const values = [1, 2, 3];
    expect(
      chartOf(
        chart([
          { name: `${name} Satu`, values },
          { name: `${name} Dua`, values },
        ]),
      ),
    ).toBeUndefined();
  });

  it('can be taken out for a workspace that does not know charts yet', () => {
    const message = withParts(chart([{ name: 'A', values: [1, 2, 3] }]));
    expect([hasChart(message), hasChart(withoutCharts(message))]).toEqual([true, false]);
    expect(textOf(slackMessage(withoutCharts(message)).blocks)).toContain('Tren: W1 3,4; W3 2,6');
  });
});
