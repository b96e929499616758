/** One ChatMessage as Block Kit, and a form as a modal; pure. */
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  ModalView,
  SectionBlock,
} from '@slack/types';
import { codePoints } from '../../core/conversation/clip.ts';
import {
  type Action,
  actionIds,
  type ChatMessage,
  commentId,
  type Form,
  type Part,
} from '../../core/conversation/message.ts';
import { printable } from '../../core/conversation/printable.ts';
import { type ChartBlock, lineChart } from './chart.ts';
import { type ModalContext, writeActionId, writeModalContext } from './forms/payloads.ts';
import { slackLimits as limits } from './limits.ts';
import { clean, plain } from './text.ts';

export type SlackBlock = HeaderBlock | SectionBlock | ContextBlock | ActionsBlock | ChartBlock;

/** What chat.postMessage, chat.update and a response URL take; links are never unfurled into previews. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks: SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};

/** The message as Slack takes it; `text` says everything that a toast or a screen reader needs. */
export const slackMessage = (message: ChatMessage): SlackMessage => ({
  text: clean(message.text, limits.toast),
  blocks: slackBlocks(message).slice(0, limits.messageBlocks),
  unfurl_links: false,
  unfurl_media: false,
});

/** A heading and the parts below it as blocks, however many. */
export const slackBlocks = ({
  title,
  parts,
}: Pick<ChatMessage, 'title' | 'parts'>): readonly SlackBlock[] => [
  ...heading(title),
  ...messageBlocks(parts),
];

/** True when a message asks for a block that a workspace may not know yet. */
export const hasChart = (message: ChatMessage): boolean =>
  message.parts.some(({ type }) => type === 'chart');

/** The same message with every chart in words alone. */
export const withoutCharts = (message: ChatMessage): ChatMessage => ({
  ...message,
  parts: message.parts.map((part) =>
    part.type === 'chart' ? { type: 'context', text: `${part.title}: ${part.alternative}` } : part,
  ),
});

/** The pulse as a modal; nothing must be answered, and no choice leaves the screen before "send". */
export const slackModal = (
  form: Form,
  metadata: Pick<ModalContext, 'ticket'> & Partial<ModalContext>,
): ModalView => ({
  type: 'modal',
  callback_id: actionIds.submitPulse,
  private_metadata: writeModalContext({ ...nowhere, ...metadata }),
  title: plain(form.title, limits.modalTitle),
  submit: plain(form.submit.label, limits.modalButton),
  close: plain(form.cancel, limits.modalButton),
  blocks: [
    ...paragraphs(form.intro),
    ...form.questions.map(question),
    ...(form.comment === null ? [] : [commentInput(form.comment)]),
  ].slice(0, limits.viewBlocks),
});

const nowhere = { conversation: null, ref: null, replyUrl: null };

/** A message as a modal without buttons: the answer to a submitted form. */
export const slackNoticeModal = (message: ChatMessage, close: string): ModalView => ({
  type: 'modal',
  title: plain(message.title, limits.modalTitle),
  close: plain(close, limits.modalButton),
  blocks: messageBlocks([
    { type: 'paragraph', text: message.title, strong: true },
    ...message.parts.filter(({ type }) => type !== 'actions' && type !== 'chart'),
  ]).filter((block) => block.type !== 'data_visualization'),
});

const heading = (title: string): readonly HeaderBlock[] =>
  printable(title) === '' ? [] : [{ type: 'header', text: plain(title, limits.header) }];

const messageBlocks = (parts: readonly Part[]): SlackBlock[] => {
  let charts = 0;
  return parts.flatMap((part) => {
    if (part.type === 'chart') charts += 1;
    return blocksOf(part, charts <= limits.charts);
  });
};

const blocksOf = (part: Part, chartAllowed: boolean): SlackBlock[] => {
  switch (part.type) {
    case 'paragraph':
      return part.strong === true ? strong(part.text) : paragraphs(part.text);
    case 'facts':
      return facts(part.facts);
    case 'context':
      return context(part.text);
    case 'actions':
      return buttons(part.actions);
    case 'link':
      return [{ type: 'actions', elements: [opener(part.label, part.url)] }];
    case 'chart': {
      const chart = chartAllowed ? lineChart(part) : null;
      const words = chart === null ? `${part.title}: ${part.alternative}` : part.alternative;
      return [...(chart === null ? [] : [chart]), ...context(words)];
    }
  }
};

const paragraphs = (text: string): SectionBlock[] =>
  printable(text) === '' ? [] : [{ type: 'section', text: plain(text, limits.text) }];

/** Only bold text needs Slack's markup; everything that could mean something else in it is made harmless. */
const strong = (text: string): SectionBlock[] =>
  printable(text) === ''
    ? []
    : [{ type: 'section', text: markup(`*${clean(text, limits.text - 2)}*`) }];

const markup = (text: string) => ({ type: 'mrkdwn' as const, text, verbatim: true });

const facts = (list: readonly { label: string; value: string }[]): SectionBlock[] =>
  chunks(list, limits.fields).map((some) => ({
    type: 'section',
    fields: some.map(({ label, value }) => {
      const name = `*${clean(label, 200)}*\n`;
      return markup(`${name}${clean(value, limits.field - codePoints(name))}`);
    }),
  }));

const context = (text: string): ContextBlock[] =>
  printable(text) === '' ? [] : [{ type: 'context', elements: [plain(text, limits.text)] }];

const buttons = (actions: readonly Action[]): ActionsBlock[] =>
  chunks(actions, limits.actionElements).map((some) => ({
    type: 'actions',
    elements: some.map((action, index) => button(action, occurrence(some, index))),
  }));

const occurrence = (actions: readonly Action[], index: number): number =>
  actions.slice(0, index + 1).filter(({ id }) => id === actions[index]?.id).length;

const button = ({ id, label, value, style }: Action, nth: number): Button => ({
  type: 'button',
  action_id: writeActionId(id, nth),
  text: plain(label, limits.buttonText),
  // A cut value would be another value: this is a mistake of ours and must not reach a person.
  value: withinOrThrow(value, limits.buttonValue, id),
  ...(style === undefined ? {} : { style }),
});

/** Its id is none of our actions: the platform tells of the press, and the door lets it pass. */
const opener = (label: string, url: string): Button => ({
  type: 'button',
  action_id: 'open-page',
  text: plain(label, limits.buttonText),
  url: withinOrThrow(url, limits.buttonUrl, 'a link'),
  style: 'primary',
});

/** The value as it is; throws where it would have to be cut and so mean something else. */
export const withinOrThrow = (value: string, limit: number, what: string): string => {
  if (codePoints(value) > limit) throw new Error(`the value of ${what} is longer than ${limit}`);
  return value;
};

const question = ({ id, label, options }: Form['questions'][number]): InputBlock => ({
  type: 'input',
  block_id: withinOrThrow(id, limits.blockId, 'a question'),
  optional: true,
  label: plain(label, limits.label),
  element: {
    type: 'radio_buttons',
    action_id: 'choice',
    options: options.slice(0, limits.radioOptions).map((option) => ({
      text: plain(option.label, limits.optionText),
      value: withinOrThrow(option.value, limits.optionValue, 'an option'),
    })),
  },
});

const commentInput = ({ label, hint }: { label: string; hint: string }): InputBlock => ({
  type: 'input',
  block_id: commentId,
  optional: true,
  label: plain(label, limits.label),
  ...(printable(hint) === '' ? {} : { hint: plain(hint, limits.hint) }),
  element: {
    type: 'plain_text_input',
    action_id: 'words',
    multiline: true,
    max_length: limits.comment,
  } satisfies InputBlock['element'],
});

const chunks = <Item>(list: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
