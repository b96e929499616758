/** What Slack refuses, for the blocks that we use (any other is refused too): unknown names, over-long texts, repeated ids. */
import * as z from 'zod';
import { slackLimits as limits } from '../../../bot/slack/limits.ts';
import { codePoints } from '../../../core/conversation/clip.ts';

/** Arguments of the methods served here (docs.slack.dev/reference/methods); any other name is `invalid_arg_name`. */
export const methodArguments: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': [
    'attachments',
    'blocks',
    'channel',
    // Taken and ignored here: no published text says what it does.
    'client_msg_id',
    'icon_emoji',
    'icon_url',
    'link_names',
    'markdown_text',
    'metadata',
    'mrkdwn',
    'parse',
    'reply_broadcast',
    'text',
    'thread_ts',
    'unfurl_links',
    'unfurl_media',
    'username',
  ],
  'chat.update': [
    'attachments',
    'blocks',
    'channel',
    'file_ids',
    'link_names',
    'markdown_text',
    'metadata',
    'parse',
    'reply_broadcast',
    'text',
    'ts',
  ],
  'conversations.open': ['channel', 'prevent_creation', 'return_im', 'users'],
  'conversations.history': [
    'channel',
    'cursor',
    'include_all_metadata',
    'inclusive',
    'latest',
    'limit',
    'oldest',
  ],
  'views.open': ['interactivity_pointer', 'trigger_id', 'view'],
};

const words = (most: number, least = 1) =>
  z.string().refine((text) => {
    const length = codePoints(text);
    return length >= least && length <= most;
  });
const plainText = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: words(most),
    emoji: z.boolean().optional(),
  });
const anyText = (most: number) =>
  z.union([
    plainText(most),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: words(most),
      verbatim: z.boolean().optional(),
    }),
  ]);
const blockId = { block_id: words(limits.blockId).optional() };
const differ = (ids: readonly (string | undefined)[]): boolean => {
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length;
};

const button = z.strictObject({
  type: z.literal('button'),
  action_id: words(limits.actionId),
  text: plainText(limits.buttonText),
  value: words(limits.buttonValue, 0).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

const header = z.strictObject({
  ...blockId,
  type: z.literal('header'),
  text: plainText(limits.header),
});
const section = z
  .strictObject({
    ...blockId,
    type: z.literal('section'),
    text: anyText(limits.text).optional(),
    fields: z.array(anyText(limits.field)).min(1).max(limits.fields).optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined);
const context = z.strictObject({
  ...blockId,
  type: z.literal('context'),
  elements: z.array(anyText(limits.text)).min(1).max(limits.contextElements),
});
const actions = z.strictObject({
  ...blockId,
  type: z.literal('actions'),
  elements: z
    .array(button)
    .min(1)
    .max(limits.actionElements)
    .refine((buttons) => differ(buttons.map(({ action_id }) => action_id))),
});

const chartLabel = words(limits.chartLabel);
const chart = z
  .strictObject({
    type: z.literal('line'),
    series: z
      .array(
        z.strictObject({
          name: chartLabel,
          data: z
            .array(z.strictObject({ label: chartLabel, value: z.number() }))
            .min(1)
            .max(limits.chartPoints),
        }),
      )
      .min(1)
      .max(limits.chartSeries),
    axis_config: z.strictObject({
      categories: z.array(chartLabel).min(1).max(limits.chartPoints),
      x_label: words(limits.chartAxisLabel).optional(),
      y_label: words(limits.chartAxisLabel).optional(),
    }),
  })
  // Every line names every category, once and in order, and no two lines share a name.
  .refine(({ series, axis_config: { categories } }) =>
    series.every(({ data }) => data.map(({ label }) => label).join('\n') === categories.join('\n')),
  )
  .refine(({ series, axis_config }) =>
    [series.map(({ name }) => name), axis_config.categories].every(differ),
  );
const dataVisualization = z.strictObject({
  ...blockId,
  type: z.literal('data_visualization'),
  title: words(limits.chartTitle),
  chart,
});

const divider = z.strictObject({ ...blockId, type: z.literal('divider') });

const messageBlocks = z
  .array(
    z.discriminatedUnion('type', [header, section, context, actions, divider, dataVisualization]),
  )
  .min(1)
  .max(limits.messageBlocks)
  .refine((blocks) => differ(blocks.map(({ block_id }) => block_id)))
  .refine(
    (blocks) => blocks.filter(({ type }) => type === 'data_visualization').length <= limits.charts,
  );

const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  action_id: words(limits.actionId),
  options: z
    .array(
      z.strictObject({
        text: anyText(limits.optionText),
        value: words(limits.optionValue),
      }),
    )
    .min(1)
    .max(limits.radioOptions),
});
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: words(limits.actionId),
  multiline: z.boolean().optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});
/** An input of a modal: a group of radio buttons or a text field. */
const input = z.strictObject({
  ...blockId,
  type: z.literal('input'),
  optional: z.boolean().optional(),
  label: plainText(limits.label),
  hint: plainText(limits.hint).optional(),
  element: z.discriminatedUnion('type', [radioButtons, textInput]),
});
export type InputBlock = z.infer<typeof input>;

const modal = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: words(limits.callbackId).optional(),
    private_metadata: words(limits.privateMetadata, 0).optional(),
    title: plainText(limits.modalTitle),
    submit: plainText(limits.modalButton).optional(),
    close: plainText(limits.modalButton).optional(),
    blocks: z
      .array(z.discriminatedUnion('type', [header, section, context, actions, divider, input]))
      .min(1)
      .max(limits.modalBlocks)
      .refine((blocks) => differ(blocks.map(({ block_id }) => block_id))),
  })
  // A modal with inputs and no way to send them is refused.
  .refine(({ blocks, submit }) => submit !== undefined || blocks.every((b) => b.type !== 'input'));
export type Modal = z.infer<typeof modal>;

/** A message's content as Slack takes it. */
export type Content = { readonly text: string; readonly blocks: readonly unknown[] };

const fallbackText = z.string().min(1);

/** The text and blocks of a message, or Slack's error code for them. */
export const checkMessage = (given: Readonly<Record<string, unknown>>): Content | string => {
  const text = fallbackText.safeParse(given['text']);
  if (!text.success) return 'no_text';
  if (codePoints(text.data) > limits.fallbackText) return 'msg_too_long';
  if (given['blocks'] === undefined) return { text: text.data, blocks: [] };
  const blocks = messageBlocks.safeParse(given['blocks']);
  return blocks.success ? { text: text.data, blocks: blocks.data } : 'invalid_blocks';
};

/** A modal, or null when Slack would refuse it. */
export const checkModal = (view: unknown): Modal | null => modal.safeParse(view).data ?? null;

const metadataRule = z.strictObject({
  event_type: words(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Our metadata carries one name and one payload. */
export const isMetadata = (metadata: unknown): boolean => metadataRule.safeParse(metadata).success;
