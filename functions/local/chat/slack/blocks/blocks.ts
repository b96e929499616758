/** Blocks of Block Kit, as strict as Slack takes them (docs.slack.dev/reference/block-kit/blocks). */
import * as z from 'zod';
import {
  accessory,
  actionElement,
  button,
  image,
  imageBlock,
  inputElement,
  urlSource,
} from './elements.ts';
import { slackFigures as figures } from './figures.ts';
import { actionId, anyText, blockId, differ, markdownText, plainText, words } from './objects.ts';
import { richText } from './rich-text.ts';
import { chart, dataTable, table } from './tables.ts';

const header = z.strictObject({
  ...blockId,
  type: z.literal('header'),
  text: plainText(figures.header.text.max_length),
});
const section = z
  .strictObject({
    ...blockId,
    type: z.literal('section'),
    text: anyText(figures.section.text.max_length).optional(),
    fields: z
      .array(anyText(figures.section.fields.item_max_length))
      .min(1)
      .max(figures.section.fields.max_items)
      .optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined);
const context = z.strictObject({
  ...blockId,
  type: z.literal('context'),
  elements: z
    .array(z.discriminatedUnion('type', [plainText(), markdownText(), image]))
    .min(1)
    .max(figures.context.elements.max_items),
});
const actions = z.strictObject({
  ...blockId,
  type: z.literal('actions'),
  elements: z
    .array(actionElement)
    .min(1)
    .max(figures.actions.elements.max_items)
    .refine((list) => differ(list.map(({ action_id }) => action_id))),
});
const divider = z.strictObject({ ...blockId, type: z.literal('divider') });
const input = z.strictObject({
  ...blockId,
  type: z.literal('input'),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  label: plainText(figures.input.label.max_length),
  hint: plainText(figures.input.hint.max_length).optional(),
  element: inputElement,
});
export type InputBlock = z.infer<typeof input>;

const markdown = z.strictObject({
  ...blockId,
  type: z.literal('markdown'),
  text: words(figures.markdown.text.max_length, figures.markdown.text.min_length),
});
const standingImage = imageBlock({ ...blockId, title: plainText().optional() });
const file = z.strictObject({
  ...blockId,
  type: z.literal('file'),
  external_id: z.string().min(1),
  source: z.literal('remote'),
});
const video = z.strictObject({
  ...blockId,
  type: z.literal('video'),
  alt_text: words(figures.video.alt_text.max_length, figures.video.alt_text.min_length),
  title: plainText(figures.video.title.max_length),
  title_url: z.string().optional(),
  thumbnail_url: z.string(),
  video_url: z.string(),
  author_name: words(figures.video.author_name.max_length).optional(),
  description: plainText(figures.video.description.max_length).optional(),
  provider_name: words(figures.video.provider_name.max_length).optional(),
  provider_icon_url: z.string().optional(),
});

const alert = z.strictObject({
  ...blockId,
  type: z.literal('alert'),
  text: anyText(figures.alert.text.max_length),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const card = z
  .strictObject({
    ...blockId,
    type: z.literal('card'),
    hero_image: image.optional(),
    icon: image.optional(),
    slack_icon: z.strictObject({ type: z.literal('icon'), name: z.string().min(1) }).optional(),
    title: anyText(figures.card.title.max_length).optional(),
    subtitle: anyText(figures.card.subtitle.max_length).optional(),
    body: anyText(figures.card.body.max_length).optional(),
    subtext: anyText(figures.card.subtext.max_length).optional(),
    actions: z.array(button).min(1).max(figures.card.actions.max_items).optional(),
  })
  .refine(({ hero_image, title, body, actions: buttons }) =>
    [hero_image, title, body, buttons].some((part) => part !== undefined),
  );
const carousel = z.strictObject({
  ...blockId,
  type: z.literal('carousel'),
  elements: z
    .array(card)
    .min(figures.carousel.elements.min_items)
    .max(figures.carousel.elements.max_items),
});

const feedback = z.strictObject({
  text: plainText(figures.feedback_button.text.max_length),
  value: words(figures.feedback_button.value.max_length),
  accessibility_label: words(figures.feedback_button.accessibility_label.max_length).optional(),
});
const contextActions = z.strictObject({
  ...blockId,
  type: z.literal('context_actions'),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('feedback_buttons'),
          ...actionId,
          positive_button: feedback,
          negative_button: feedback,
        }),
        z.strictObject({
          type: z.literal('icon_button'),
          ...actionId,
          icon: z.string().min(1),
          text: plainText(figures.button.text.max_length),
          value: words(figures.button.value.max_length).optional(),
          accessibility_label: words(figures.button.accessibility_label.max_length).optional(),
          visible_to_user_ids: z
            .array(z.string())
            .max(figures.icon_button.visible_to_user_ids.max_items)
            .optional(),
        }),
      ]),
    )
    .min(1)
    .max(figures.context_actions.elements.max_items),
});

const task = {
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']).optional(),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(urlSource).optional(),
};
const taskCard = z.strictObject({ ...blockId, type: z.literal('task_card'), ...task });
const plan = z.strictObject({
  ...blockId,
  type: z.literal('plan'),
  title: z.string().min(1),
  tasks: z.array(z.strictObject(task)).optional(),
});

const plainBlocks = [header, section, context, actions, divider, standingImage, richText] as const;
const messageOnly = [
  ...[alert, card, carousel, contextActions, taskCard, plan],
  ...[markdown, file, video, table, dataTable, chart],
] as const;
const container = z.strictObject({
  ...blockId,
  type: z.literal('container'),
  title: plainText(figures.container.title.max_length),
  subtitle: anyText(figures.container.subtitle.max_length).optional(),
  child_blocks: z
    .array(z.discriminatedUnion('type', [...plainBlocks, ...messageOnly]))
    .max(figures.container.child_blocks.max_items),
  width: z.string().optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
});

/** What a message takes. */
export const messageBlock = z.discriminatedUnion('type', [
  ...plainBlocks,
  ...messageOnly,
  container,
  input,
]);
/** What a modal or a Home takes. */
export const viewBlock = z.discriminatedUnion('type', [...plainBlocks, input, file, video]);
