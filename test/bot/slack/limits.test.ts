import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { slackLimits } from '../../../bot/slack/limits.ts';
import { root } from '../../../functions/app/files.ts';
import { methodArguments } from '../../../functions/local/chat/slack/arguments.ts';
import { slackFigures } from '../../../functions/local/chat/slack/blocks/figures.ts';
import { isAccepted } from '../../support/slack/accepted.ts';
import { invalidPayloads } from '../../support/slack/invalid.ts';

const folder = join(root, 'test/fixtures/slack');
const read = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, path), 'utf8'));
const valid = (await readdir(join(folder, 'valid'), { recursive: true }))
  .filter((name) => name.endsWith('.json'))
  .sort();
const manifest = z
  .object({ cases: z.array(z.object({ id: z.string(), description: z.string() })) })
  .parse(await read('invalid/manifest.json'));
const methods = z
  .object({ methods: z.record(z.string(), z.object({ args: z.array(z.string()) })) })
  .parse(await read('slack-method-errors.json')).methods;

describe('the rules of the local Slack, judged by payloads that are not their own', () => {
  it('hold every published figure', async () => {
    expect(slackFigures).toEqual(await read('slack-block-limits.json'));
  });

  it.each(valid)('accept %s', async (name) => {
    const payload = z.looseObject({}).parse(await read(join('valid', name)));
    expect(isAccepted(name, payload)).toBe(true);
  });

  it('have a payload for each published case and no other', () => {
    const published = manifest.cases.map(({ id }) => id);
    expect(Object.keys(invalidPayloads).toSorted()).toEqual(published.toSorted());
    expect(published).toHaveLength(106);
  });

  it.each(manifest.cases)('take what is just allowed and refuse $id: $description', ({ id }) => {
    const make = invalidPayloads[id];
    const [allowed, beyond] = [make?.(0) ?? {}, make?.(1) ?? {}];
    const kind = ['blocks', 'elements', 'views'].find((one) => isAccepted(one, allowed));
    expect(kind).toBeDefined();
    expect(isAccepted(kind ?? 'blocks', beyond)).toBe(false);
  });

  it('refuse an unknown field anywhere in each valid payload', async () => {
    for (const name of valid) {
      const payload = z.looseObject({}).parse(await read(join('valid', name)));
      expect([name, isAccepted(name, { ...payload, warna: 'merah' })]).toEqual([name, false]);
    }
  });

  it('know no argument that a method does not have', () => {
    for (const [method, known] of Object.entries(methodArguments)) {
      const published = methods[method]?.args;
      if (published === undefined) continue;
      // client_msg_id is in no published list; what it does is tried out.
      const unpublished = known.filter((name) => !published.includes(name));
      expect([method, unpublished]).toEqual([
        method,
        method === 'chat.postMessage' ? ['client_msg_id'] : [],
      ]);
    }
  });
});

describe('the limits of our own views', () => {
  it('are never above what is published', () => {
    const { view, button, option, section, data_visualization: chart } = slackFigures;
    const pairs: readonly (readonly [number, number])[] = [
      [slackLimits.viewBlocks, view.blocks.max_items],
      [slackLimits.text, slackFigures.text.max_length],
      [slackLimits.header, slackFigures.header.text.max_length],
      [slackLimits.fields, section.fields.max_items],
      [slackLimits.field, section.fields.item_max_length],
      [slackLimits.contextElements, slackFigures.context.elements.max_items],
      [slackLimits.actionElements, slackFigures.actions.elements.max_items],
      [slackLimits.buttonText, button.text.max_length],
      [slackLimits.buttonValue, button.value.max_length],
      [slackLimits.buttonUrl, button.url.max_length],
      [slackLimits.blockId, slackFigures.block_id.max_length],
      [slackLimits.placeholder, slackFigures.select.placeholder.max_length],
      [slackLimits.selectOptions, slackFigures.select.options.max_items],
      [slackLimits.optionText, option.text.max_length],
      [slackLimits.optionValue, option.value.max_length],
      [slackLimits.radioOptions, slackFigures.radio_buttons.options.max_items],
      [slackLimits.label, slackFigures.input.label.max_length],
      [slackLimits.hint, slackFigures.input.hint.max_length],
      [slackLimits.comment, slackFigures.plain_text_input.max_length.max],
      [slackLimits.modalTitle, view.title.max_length],
      [slackLimits.modalButton, view.submit.max_length],
      [slackLimits.privateMetadata, view.private_metadata.max_length],
      [slackLimits.chartTitle, chart.title.max_length],
      [slackLimits.chartSeries, chart.series.max_items],
      [slackLimits.chartPoints, chart.data.max_items],
      [slackLimits.chartLabel, chart.category_label.max_length],
    ];
    for (const [ours, published] of pairs) expect(ours).toBeLessThanOrEqual(published);
  });
});
