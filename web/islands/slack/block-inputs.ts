/** Inputs of a Slack modal: their elements, and their values as `view.state.values` has them. */

import { h } from '../dom.ts';
import type { Block } from './block.ts';
import { textNodes } from './mrkdwn.ts';

type StateValue =
  | {
      readonly type: 'radio_buttons';
      readonly selected_option: unknown;
    }
  | { readonly type: 'plain_text_input'; readonly value: string | null };

/** What reads an input's value; kept beside its element. */
const readers = new WeakMap<
  Element,
  { readonly block: string; readonly action: string; readonly read: () => StateValue }
>();

let made = 0;

/** An input block with its label, hint and a place for its error. */
export const inputBlock = (block: Block): HTMLElement => {
  made += 1;
  const id = `masukan-${made}`;
  const box = block.element?.type === 'radio_buttons' ? radios(block, id) : textInput(block, id);
  box.dataset['block'] = block.block_id ?? '';
  return box;
};

/** The values of every input below `root`, by block and action. */
export const stateValues = (root: ParentNode): Record<string, Record<string, StateValue>> => {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const element of root.querySelectorAll('[data-block]')) {
    const reader = readers.get(element);
    if (reader) values[reader.block] = { ...values[reader.block], [reader.action]: reader.read() };
  }
  return values;
};

/** Shows each block's error beneath it and moves the focus to the first. */
export const showErrors = (root: ParentNode, errors: Readonly<Record<string, string>>): void => {
  let first: HTMLElement | null = null;
  for (const element of root.querySelectorAll<HTMLElement>('[data-block]')) {
    const place = element.querySelector<HTMLElement>('.bk-error');
    const message = errors[element.dataset['block'] ?? ''] ?? '';
    if (place) place.textContent = message;
    for (const input of element.querySelectorAll('input, textarea'))
      input.setAttribute('aria-invalid', String(message !== ''));
    if (message !== '') first ??= element.querySelector<HTMLElement>('input, textarea');
  }
  first?.focus();
};

const radios = (block: Block, id: string): HTMLElement => {
  const options = block.element?.options ?? [];
  const initial = block.element?.initial_option?.value;
  const box = h(
    'fieldset',
    { class: 'bk-input', 'aria-describedby': `${id}-galat` },
    h('legend', {}, ...textNodes(block.label)),
    ...options.map((option, at) =>
      h(
        'label',
        { class: 'bk-option' },
        h('input', { type: 'radio', name: id, value: at, checked: option.value === initial }),
        h('span', {}, ...textNodes(option.text)),
      ),
    ),
    error(id),
  );
  keep(box, block, () => {
    const at = box.querySelector<HTMLInputElement>('input:checked')?.value;
    return {
      type: 'radio_buttons',
      selected_option: at === undefined ? null : (options[Number(at)] ?? null),
    };
  });
  return box;
};

const textInput = (block: Block, id: string): HTMLElement => {
  const attributes = {
    id,
    maxlength: block.element?.max_length,
    'aria-describedby': `${id}-petunjuk ${id}-galat`,
  };
  const input = block.element?.multiline
    ? h('textarea', { ...attributes, rows: 3 })
    : h('input', attributes);
  input.value = block.element?.initial_value ?? '';
  const hint = block.hint ?? block.element?.placeholder;
  const box = h(
    'div',
    { class: 'bk-input' },
    h('label', { for: id }, ...textNodes(block.label)),
    input,
    h('p', { class: 'quiet', id: `${id}-petunjuk` }, ...textNodes(hint)),
    error(id),
  );
  keep(box, block, () => ({ type: 'plain_text_input', value: input.value || null }));
  return box;
};

const error = (id: string): HTMLElement =>
  h('p', { class: 'bk-error', id: `${id}-galat`, 'aria-live': 'polite' });

const keep = (box: Element, block: Block, read: () => StateValue): void => {
  readers.set(box, {
    block: block.block_id ?? '',
    action: block.element?.action_id ?? '',
    read,
  });
};
