/** Block Kit as elements: the blocks that Langkah sends, close to what a Slack client shows. */

import { h } from '../dom.ts';
import { lineChart } from '../line-chart.ts';
import { openedHere } from '../link.ts';
import type { Block } from './block.ts';
import { inputBlock } from './block-inputs.ts';
import { type TextObject, textNodes } from './mrkdwn.ts';

export type BlockContext = {
  /** Receives the pressed element as it stands in the payload. */
  readonly press: (element: Block) => void;
  readonly language: string;
  /** Words for a block this stand-in cannot draw. */
  readonly unknown: string;
};

/** The blocks in order. */
export const renderBlocks = (
  blocks: readonly Block[],
  context: BlockContext,
): readonly HTMLElement[] =>
  blocks.map((block) => (drawers[block.type ?? ''] ?? unknownBlock)(block, context));

type Drawer = (block: Block, context: BlockContext) => HTMLElement;

const unknownBlock: Drawer = (block, { unknown }) =>
  h('p', { class: 'failed' }, `${unknown} ${block.type ?? '?'}`);

const drawers: Readonly<Record<string, Drawer>> = {
  header: ({ text }) => h('h3', { class: 'bk-header' }, ...textNodes(textOf(text))),
  section: (block, context) =>
    h(
      'div',
      { class: block.accessory ? 'bk-section bk-with-accessory' : 'bk-section' },
      block.text ? h('p', {}, ...textNodes(textOf(block.text))) : null,
      block.fields
        ? h(
            'div',
            { class: 'bk-fields' },
            ...block.fields.map((field) => h('p', {}, ...textNodes(field))),
          )
        : null,
      block.accessory ? accessory(block, block.accessory, context) : null,
    ),
  context: ({ elements = [] }) =>
    h(
      'p',
      { class: 'bk-context' },
      ...elements.flatMap((each, index) => [
        ...(index === 0 ? [] : [' · ']),
        ...textNodes({ ...(each.type ? { type: each.type } : {}), text: plain(each) }),
      ]),
    ),
  actions: ({ elements = [] }, context) =>
    h('div', { class: 'bk-actions' }, ...elements.map((each) => element(each, context))),
  divider: () => h('hr'),
  input: (block) => inputBlock(block),
  image: (block) => h('p', { class: 'bk-context' }, block.alt_text ?? ''),
  data_visualization: (block, { language }) => {
    const series = block.chart?.series ?? [];
    const categories =
      block.chart?.axis_config?.categories ??
      series[0]?.data?.map(({ label }) => label ?? '') ??
      [];
    return lineChart({
      title: typeof block.title === 'string' ? block.title : (block.title?.text ?? ''),
      categories,
      table: language,
      lines: series.map(({ name = '', data = [] }) => ({
        name,
        values: categories.map(
          (category) => data.find(({ label }) => label === category)?.value ?? null,
        ),
      })),
    });
  },
};

/** A select is named by the text beside it. */
const accessory = (section: Block, given: Block, context: BlockContext): HTMLElement =>
  given.type === 'static_select'
    ? select(given, { ...context, label: textOf(section.text)?.text ?? '' })
    : element(given, context);

const select = (
  block: Block,
  { press, label }: BlockContext & { readonly label: string },
): HTMLElement => {
  const { options = [], initial_option: initial, placeholder } = block;
  const list = h(
    'select',
    { 'aria-label': label, 'data-focus': block.action_id ?? '' },
    ...(initial === undefined
      ? [h('option', { value: '', selected: true, disabled: true }, placeholder?.text ?? '')]
      : []),
    ...options.map(({ text, value = '' }) =>
      h('option', { value, selected: value === initial?.value }, text?.text ?? ''),
    ),
  );
  list.addEventListener('change', () => {
    const chosen = options.find(({ value }) => value === list.value);
    if (chosen !== undefined) press({ ...block, selected_option: chosen });
  });
  return list;
};

const element: Drawer = (block, context) =>
  block.type === 'button' ? button(block, context) : unknownBlock(block, context);

const button: Drawer = (block, context) =>
  block.url === undefined ? pressed(block, context) : link(block, block.url);

const link = (block: Block, url: string): HTMLElement =>
  h(
    'a',
    {
      class: `bk-button ${block.style ?? ''}`,
      href: openedHere(url),
      target: '_blank',
      rel: 'noreferrer',
    },
    ...textNodes(textOf(block.text)),
  );

const pressed: Drawer = (block, context) =>
  h(
    'button',
    {
      type: 'button',
      class: `bk-button ${block.style ?? ''}`,
      'aria-label': block.accessibility_label,
      'data-focus': `${block.action_id ?? ''} ${block.value ?? ''}`,
      click: () => context.press(block),
    },
    ...textNodes(textOf(block.text)),
  );

// A context element is itself a text object: its text is a string.
const plain = (block: Block): string =>
  typeof block.text === 'string' ? block.text : (block.text?.text ?? block.alt_text ?? '');

const textOf = (text: Block['text']): TextObject | undefined =>
  typeof text === 'string' ? { text } : text;
