/** Block elements of Block Kit, as strict as Slack takes them (docs.slack.dev/reference/block-kit/block-elements). */
import * as z from 'zod';
import { slackFigures as figures } from './figures.ts';
import {
  actionId,
  confirmation,
  conversationFilter,
  dispatchAction,
  linkedOption,
  markedOption,
  option,
  optionGroup,
  plainText,
  slackFile,
  words,
  workflow,
} from './objects.ts';
import { richText } from './rich-text.ts';

const asking = {
  ...actionId,
  confirm: confirmation.optional(),
  focus_on_load: z.boolean().optional(),
};
const placeholder = { placeholder: plainText(figures.select.placeholder.max_length).optional() };
const style = { style: z.enum(['primary', 'danger']).optional() };
const accessibility = {
  accessibility_label: words(figures.button.accessibility_label.max_length).optional(),
};
const most = { max_selected_items: z.number().int().min(1).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionId,
  ...style,
  ...accessibility,
  text: plainText(figures.button.text.max_length),
  value: words(figures.button.value.max_length, 0).optional(),
  url: words(figures.button.url.max_length).optional(),
  confirm: confirmation.optional(),
});

const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  ...actionId,
  ...style,
  ...accessibility,
  text: plainText(figures.button.text.max_length),
  workflow,
});

const boxes = (limits: { readonly min_items: number; readonly max_items: number }) => ({
  ...asking,
  options: z.array(markedOption).min(limits.min_items).max(limits.max_items),
});
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...boxes(figures.checkboxes.options),
  initial_options: z.array(markedOption).min(1).optional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...boxes(figures.radio_buttons.options),
  initial_option: markedOption.optional(),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  confirm: confirmation.optional(),
  options: z
    .array(linkedOption)
    .min(figures.overflow.options.min_items)
    .max(figures.overflow.options.max_items),
});

const ownChoices = {
  ...asking,
  ...placeholder,
  options: z.array(option).min(1).max(figures.select.options.max_items).optional(),
  option_groups: z.array(optionGroup).min(1).max(figures.select.option_groups.max_items).optional(),
};
const oneSource = ({ options, option_groups }: { options?: unknown; option_groups?: unknown }) =>
  (options === undefined) !== (option_groups === undefined);
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...ownChoices,
    initial_option: option.optional(),
  })
  .refine(oneSource)
  // What is chosen already must be one of the options, word for word.
  .refine(({ options, initial_option: chosen }) => {
    const same = (one: z.infer<typeof option>) => JSON.stringify(one) === JSON.stringify(chosen);
    return chosen === undefined || options === undefined || options.some(same);
  });
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...ownChoices,
    ...most,
    initial_options: z.array(option).min(1).optional(),
  })
  .refine(oneSource);

const lookedUp = { ...asking, ...placeholder };
const names = z.array(z.string().min(1)).optional();
const name = z.string().min(1).optional();
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const query = { min_query_length: z.number().int().min(0).optional() };
const response = { response_url_enabled: z.boolean().optional() };
const single = <Kind extends string>(kind: Kind, more: z.core.$ZodLooseShape) =>
  z.strictObject({ type: z.literal(kind), ...lookedUp, ...more });
const menus = [
  single('external_select', { ...query, initial_option: option.optional() }),
  single('users_select', { initial_user: name }),
  single('conversations_select', {
    ...conversations,
    ...response,
    initial_conversation: name,
  }),
  single('channels_select', { ...response, initial_channel: name }),
  single('multi_external_select', {
    ...query,
    ...most,
    initial_options: z.array(option).optional(),
  }),
  single('multi_users_select', { ...most, initial_users: names }),
  single('multi_conversations_select', {
    ...conversations,
    ...most,
    initial_conversations: names,
  }),
  single('multi_channels_select', { ...most, initial_channels: names }),
] as const;

const pickers = [
  single('datepicker', { initial_date: z.iso.date().optional() }),
  single('timepicker', {
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    timezone: name,
  }),
] as const;
const datetimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...asking,
  initial_date_time: z.number().int().min(0).max(9_999_999_999).optional(),
});

const typed = {
  ...actionId,
  ...placeholder,
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: dispatchAction.optional(),
};
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...typed,
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(figures.plain_text_input.max_length.max).optional(),
  max_length: z.number().int().min(1).max(figures.plain_text_input.max_length.max).optional(),
});
const lineInput = <Kind extends string>(kind: Kind) =>
  z.strictObject({ type: z.literal(kind), ...typed, initial_value: z.string().optional() });
const figure = z.union([z.string(), z.number()]).optional();
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: figure,
    min_value: figure,
    max_value: figure,
  })
  .refine(
    ({ min_value: least, max_value: highest }) =>
      least === undefined || highest === undefined || Number(least) <= Number(highest),
  );
const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: z.looseObject({ type: z.string() }).optional(),
});
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...actionId,
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z
    .number()
    .int()
    .min(figures.file_input.max_files.min)
    .max(figures.file_input.max_files.max)
    .optional(),
});

const imageFields = {
  type: z.literal('image'),
  alt_text: words(figures.image.alt_text.max_length),
  image_url: words(figures.image.image_url.max_length).optional(),
  slack_file: slackFile.optional(),
};
const oneImage = ({ image_url, slack_file }: { image_url?: unknown; slack_file?: unknown }) =>
  (image_url === undefined) !== (slack_file === undefined);
export const image = z.strictObject(imageFields).refine(oneImage);
/** An image that stands as a block of its own. */
export const imageBlock = (more: z.core.$ZodLooseShape) =>
  z.strictObject({ ...imageFields, ...more }).refine(oneImage);

/** A page that a task names as its source. */
export const urlSource = z.strictObject({
  type: z.literal('url'),
  url: words(figures.url_source.url.max_length, figures.url_source.url.min_length),
  text: z.string(),
});

const choosers = [checkboxes, radioButtons, staticSelect, multiStaticSelect] as const;

/** What an actions block takes. */
export const actionElement = z.discriminatedUnion('type', [
  button,
  workflowButton,
  overflow,
  datetimePicker,
  ...choosers,
  ...menus,
  ...pickers,
]);
/** What stands beside a section. */
export const accessory = z.discriminatedUnion('type', [...actionElement.options, image]);
/** What an input block asks with. */
export const inputElement = z.discriminatedUnion('type', [
  textInput,
  lineInput('email_text_input'),
  lineInput('url_text_input'),
  numberInput,
  richTextInput,
  fileInput,
  datetimePicker,
  ...choosers,
  ...menus,
  ...pickers,
]);
/** Every element by itself. */
export const anyElement = z.union([accessory, inputElement, urlSource, richText]);
