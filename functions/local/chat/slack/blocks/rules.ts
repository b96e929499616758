/** What Slack refuses in whole messages and views: unknown names, over-long texts, too many blocks, repeated ids. */
import * as z from 'zod';
import { slackLimits as limits } from '../../../../../bot/slack/limits.ts';
import { codePoints } from '../../../../../core/conversation/clip.ts';
import { messageBlock, viewBlock } from './blocks.ts';
import { slackFigures as figures } from './figures.ts';
import { blockId, differ, plainText, words } from './objects.ts';

/** No block id stands twice in a view; blocks are read loosely, for they were judged one by one. */
const idsDiffer = (blocks: readonly object[]): boolean =>
  differ(blocks.map((block) => z.object(blockId).safeParse(block).data?.block_id));

/** Charts of one message (docs.slack.dev/reference/block-kit/blocks/data-visualization-block). */
const mostCharts = 2;

const messageBlocks = z
  .array(messageBlock)
  .min(1)
  .max(limits.messageBlocks)
  .refine(
    (blocks) => blocks.filter(({ type }) => type === 'data_visualization').length <= mostCharts,
  );

/** An attachment that holds blocks; older kinds are none of ours. */
export const attachment = z.strictObject({
  blocks: messageBlocks,
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional(),
  fallback: z.string().optional(),
});

const viewFields = {
  callback_id: words(figures.view.callback_id.max_length).optional(),
  private_metadata: words(figures.view.private_metadata.max_length, 0).optional(),
  external_id: words(255).optional(),
  blocks: z
    .array(viewBlock)
    .min(figures.view.blocks.min_items)
    .max(figures.view.blocks.max_items)
    .refine(idsDiffer),
};
const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...viewFields,
    title: plainText(figures.view.title.max_length),
    submit: plainText(figures.view.submit.max_length).optional(),
    close: plainText(figures.view.close.max_length).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  // A modal with inputs and no way to send them is refused.
  .refine(({ blocks, submit }) => submit !== undefined || blocks.every((b) => b.type !== 'input'));
export type Modal = z.infer<typeof modal>;

const home = z.strictObject({ type: z.literal('home'), ...viewFields });
export type HomeTab = z.infer<typeof home>;

/** A message's content as Slack takes it. */
export type Content = { readonly text: string; readonly blocks: readonly unknown[] };

/** The text and blocks of a message, or Slack's error code for them. */
export const checkMessage = (given: Readonly<Record<string, unknown>>): Content | string => {
  const { text = '', blocks, attachments } = given;
  if (typeof text !== 'string') return 'invalid_arguments';
  if (text === '' && blocks === undefined && attachments === undefined) return 'no_text';
  if (codePoints(text) > limits.fallbackText) return 'msg_too_long';
  if (attachments !== undefined && !z.array(attachment).min(1).safeParse(attachments).success)
    return 'invalid_attachments';
  if (blocks === undefined) return { text, blocks: [] };
  const read = messageBlocks.safeParse(blocks);
  return read.success ? { text, blocks: read.data } : 'invalid_blocks';
};

/** A modal, or null when Slack would refuse it. */
export const checkModal = (view: unknown): Modal | null => modal.safeParse(view).data ?? null;

/** A Home tab, or null when Slack would refuse it. */
export const checkHome = (view: unknown): HomeTab | null => home.safeParse(view).data ?? null;

const metadataRule = z.strictObject({
  event_type: words(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** A message's metadata carries one name and one payload. */
export const isMetadata = (metadata: unknown): boolean => metadataRule.safeParse(metadata).success;
