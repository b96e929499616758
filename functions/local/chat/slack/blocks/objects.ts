/** Composition objects of Block Kit, as strict as Slack takes them (docs.slack.dev/reference/block-kit/composition-objects). */
import * as z from 'zod';
import { codePoints } from '../../../../../core/conversation/clip.ts';
import { slackFigures as figures } from './figures.ts';

/** A text of so many code points. */
export const words = (most: number, least = 1) =>
  z.string().refine((text) => {
    const length = codePoints(text);
    return length >= least && length <= most;
  });

/** Whether no id stands twice; those left out do not count. */
export const differ = (ids: readonly (string | undefined)[]): boolean => {
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length;
};

export const plainText = (most: number = figures.text.max_length) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: words(most),
    emoji: z.boolean().optional(),
  });

export const markdownText = (most: number = figures.text.max_length) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: words(most),
    verbatim: z.boolean().optional(),
  });

export const anyText = (most: number = figures.text.max_length) =>
  z.discriminatedUnion('type', [plainText(most), markdownText(most)]);

export const blockId = { block_id: words(figures.block_id.max_length).optional() };
export const actionId = { action_id: words(figures.action_id.max_length).optional() };

export const confirmation = z.strictObject({
  title: plainText(figures.confirmation.title.max_length),
  text: anyText(figures.confirmation.text.max_length),
  confirm: plainText(figures.confirmation.confirm.max_length),
  deny: plainText(figures.confirmation.deny.max_length),
  style: z.enum(['primary', 'danger']).optional(),
});

const choiceFields = {
  value: words(figures.option.value.max_length),
  description: anyText(figures.option.description.max_length).optional(),
};

/** A choice of a menu, whose text is plain. */
export const option = z.strictObject({
  ...choiceFields,
  text: plainText(figures.option.text.max_length),
});
/** A choice of radio buttons or checkboxes, whose text may carry markup. */
export const markedOption = z.strictObject({
  ...choiceFields,
  text: anyText(figures.option.text.max_length),
});
/** A choice of an overflow menu, which may open a page. */
export const linkedOption = z.strictObject({
  ...choiceFields,
  text: plainText(figures.option.text.max_length),
  url: words(figures.option.url.max_length).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(figures.option_group.label.max_length),
  options: z
    .array(option)
    .min(figures.option_group.options.min_items)
    .max(figures.option_group.options.max_items),
});

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0);

export const dispatchAction = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
});

export const inputParameter = z.strictObject({ name: z.string().min(1), value: z.string() });
export const trigger = z.strictObject({
  url: z.url(),
  customizable_input_parameters: z.array(inputParameter).optional(),
});
export const workflow = z.strictObject({ trigger });

/** A file that Slack keeps, by one of its two names. */
export const slackFile = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ url: words(figures.image.image_url.max_length) }),
]);
