/** A Slack modal in a dialog: opened by a press, sent by its own button. */
import type { PressResult } from '../../studio/port.ts';
import { h } from '../dom.ts';
import type { Block } from './block.ts';
import { showErrors, stateValues } from './block-inputs.ts';
import { renderBlocks } from './block-kit.ts';
import { type TextObject, textNodes } from './mrkdwn.ts';

type View = {
  readonly title?: TextObject;
  readonly submit?: TextObject;
  readonly close?: TextObject;
  readonly blocks?: readonly Block[];
};

export type ModalInput = {
  readonly dialog: HTMLDialogElement;
  readonly view: unknown;
  readonly language: string;
  readonly words: { readonly close: string; readonly unknown: string };
  /** Sends the values; its answer closes the modal, marks its fields or shows a new view. */
  readonly send: (values: unknown) => Promise<PressResult>;
};

/** Shows the view and resolves when it closes; a view that comes back takes its place, as a client does. */
export const openModal = (input: ModalInput): Promise<void> =>
  new Promise((done) => {
    const { dialog } = input;
    const show = (view: unknown): void => {
      const form = draw({ ...input, view }, async () => {
        const answer = await input.send(stateValues(dialog));
        if (answer.errors) showErrors(dialog, answer.errors);
        else if (answer.view === undefined) dialog.close();
        else show(answer.view);
      });
      dialog.replaceChildren(form);
      form.querySelector<HTMLElement>('input, textarea, button')?.focus();
    };
    dialog.addEventListener('close', () => done(), { once: true });
    dialog.showModal();
    show(input.view);
  });

const draw = (
  { dialog, view, language, words }: ModalInput,
  submitted: () => Promise<void>,
): HTMLElement => {
  const { title, submit, close, blocks = [] } = view as View;
  const send = submit
    ? h('button', { type: 'submit', class: 'primary' }, ...textNodes(submit))
    : null;
  return h(
    'form',
    {
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        if (send === null || send.disabled) return;
        send.disabled = true;
        void submitted().finally(() => {
          send.disabled = false;
        });
      },
    },
    h('h2', { id: 'modal-judul' }, ...textNodes(title)),
    h(
      'div',
      { class: 'modal-body' },
      ...renderBlocks(blocks, { language, unknown: words.unknown, press: () => undefined }),
    ),
    h(
      'div',
      { class: 'buttons modal-foot' },
      h(
        'button',
        { type: 'button', click: () => dialog.close() },
        ...(close ? textNodes(close) : [words.close]),
      ),
      send,
    ),
  );
};
