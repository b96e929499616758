/** Rich text of Block Kit, as strict as Slack takes it (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
import * as z from 'zod';
import { blockId } from './objects.ts';

const flag = z.boolean().optional();
const style = z
  .strictObject({
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  })
  .optional();
const name = z.string().min(1);

/** A run of words, a link, an emoji or a mention. */
export const richTextPiece = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: name, style }),
  z.strictObject({
    type: z.literal('link'),
    url: name,
    text: z.string().optional(),
    unsafe: flag,
    style,
  }),
  z.strictObject({ type: z.literal('emoji'), name, unicode: z.string().optional() }),
  z.strictObject({ type: z.literal('user'), user_id: name, style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: name, style }),
  z.strictObject({ type: z.literal('channel'), channel_id: name, style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']) }),
  z.strictObject({ type: z.literal('color'), value: name }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int(),
    format: name,
    url: name.optional(),
    fallback: z.string().optional(),
  }),
]);

const border = { border: z.number().int().min(0).optional() };
const pieces = z.array(richTextPiece);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: pieces });
/** A paragraph, a list, code or a quote. */
export const richTextPart = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: pieces, ...border }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: pieces, ...border }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
    indent: z.number().int().min(0).optional(),
    offset: z.number().int().min(0).optional(),
    ...border,
  }),
]);

/** A whole rich text. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  ...blockId,
  elements: z.array(richTextPart).min(1),
});
