/** Tables and charts of Block Kit, as strict as Slack takes them (docs.slack.dev/reference/block-kit/blocks). */
import * as z from 'zod';
import { codePoints } from '../../../../../core/conversation/clip.ts';
import { slackFigures as figures } from './figures.ts';
import { blockId, differ, words } from './objects.ts';
import { richText } from './rich-text.ts';

const rawText = z.strictObject({
  type: z.literal('raw_text'),
  text: z.string().min(figures.data_table.cell_text.min_length),
});
const sameWidth = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);

/** Rows and columns of a table block (docs.slack.dev/reference/block-kit/blocks/table-block). */
const tableRows = 100;
const tableColumns = 20;
export const table = z
  .strictObject({
    ...blockId,
    type: z.literal('table'),
    rows: z
      .array(
        z
          .array(z.discriminatedUnion('type', [rawText, richText]))
          .min(1)
          .max(tableColumns),
      )
      .min(1)
      .max(tableRows)
      .refine(sameWidth),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .optional(),
  })
  .refine(
    ({ rows, column_settings: settings }) =>
      settings === undefined || settings.length === rows[0]?.length,
  );

const { data_table: dataLimits } = figures;
const cell = z.discriminatedUnion('type', [
  rawText,
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
]);
export const dataTable = z.strictObject({
  ...blockId,
  type: z.literal('data_table'),
  caption: z.string().min(1),
  rows: z
    .array(z.array(cell).min(dataLimits.columns.min_items).max(dataLimits.columns.max_items))
    .min(dataLimits.rows.min_items)
    .max(dataLimits.rows.max_items)
    .refine(sameWidth)
    .refine((rows) => cellWords(rows) <= dataLimits.content.max_length),
  page_size: z
    .number()
    .int()
    .min(dataLimits.page_size.min)
    .max(dataLimits.page_size.max)
    .optional(),
  row_header_column_index: z.number().int().min(0).optional(),
});

const cellWords = (rows: readonly (readonly z.infer<typeof cell>[])[]): number =>
  rows.flat().reduce((sum, one) => sum + ('text' in one ? codePoints(one.text ?? '') : 0), 0);

const { data_visualization: chartLimits } = figures;
const some = ({ min_items, max_items }: { min_items: number; max_items: number }) =>
  [min_items, max_items] as const;
const list = <Item extends z.ZodType>(
  item: Item,
  [least, most]: readonly [number, number],
): z.ZodArray<Item> => z.array(item).min(least).max(most);

const axes = {
  series: list(
    z.strictObject({
      name: words(chartLimits.series_name.max_length),
      data: list(
        z.strictObject({ label: words(chartLimits.point_label.max_length), value: z.number() }),
        some(chartLimits.data),
      ),
    }),
    some(chartLimits.series),
  ),
  axis_config: z.strictObject({
    categories: list(words(chartLimits.category_label.max_length), some(chartLimits.categories)),
    x_label: words(chartLimits.axis_label.max_length).optional(),
    y_label: words(chartLimits.axis_label.max_length).optional(),
  }),
};
const pie = z.strictObject({
  type: z.literal('pie'),
  segments: list(
    z.strictObject({
      label: words(chartLimits.segment.label.max_length),
      value: z.number().gt(chartLimits.segment.value.exclusive_min),
    }),
    some(chartLimits.segments),
  ),
});
const lines = z
  .strictObject({ type: z.enum(['line', 'area', 'bar']), ...axes })
  // Every line names every category, once and in order, and no two lines share a name.
  .refine(({ series, axis_config: { categories } }) =>
    series.every(({ data }) => data.map(({ label }) => label).join('\n') === categories.join('\n')),
  )
  .refine(({ series, axis_config }) =>
    [series.map(({ name }) => name), axis_config.categories].every(differ),
  );

export const chart = z.strictObject({
  ...blockId,
  type: z.literal('data_visualization'),
  title: words(chartLimits.title.max_length),
  chart: z.union([pie, lines]),
});
