/** The Slack Home in the studio: opened as a person opens it, drawn as it was published last. */

import { byId, h } from '../dom.ts';
import type { Block } from './block.ts';
import { renderBlocks } from './block-kit.ts';

/** A pressed button or a chosen option, by the ids of the view. */
export type HomeAct = { readonly action: string; readonly value: string };

export type HomeInput = {
  readonly language: string;
  readonly words: { readonly empty: string; readonly unknown: string };
  readonly act: (act: HomeAct) => void;
};

/** The view as drawn last. */
let drawn: string | null = null;

/** Draws `view` where it differs from what is shown; the focus stays on the control with the same id. */
export const drawHome = (view: unknown, input: HomeInput): void => {
  const shown = JSON.stringify(view);
  if (shown === drawn) return;
  drawn = shown;
  const place = byId('beranda');
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const focused = active?.getAttribute('data-focus') ?? null;
  const { language, words, act } = input;
  place.replaceChildren(
    ...(view === null
      ? [h('p', { class: 'empty' }, words.empty)]
      : [
          h(
            'div',
            { class: 'chat-message' },
            ...renderBlocks((view as { readonly blocks?: readonly Block[] }).blocks ?? [], {
              language,
              unknown: words.unknown,
              press: (element) => act(actOf(element)),
            }),
          ),
        ]),
  );
  if (active === null) return;
  const same = [...place.querySelectorAll<HTMLElement>('[data-focus]')].find(
    (each) => each.dataset['focus'] === focused,
  );
  // What was pressed may be gone. As in a real client, the Home stays where it was scrolled to.
  (same ?? place).focus({ preventScroll: true });
};

const actOf = ({ action_id = '', value = '', selected_option: chosen }: Block): HomeAct => ({
  action: action_id,
  value: chosen?.value ?? value,
});

/** Whether the Home is what the Slack pane shows. */
export const isHomeShown = (): boolean => byId('panel-slack').dataset['tab'] === 'home';

/** The two buttons that choose between messages and Home; `open` is called whenever somebody goes to the Home. */
export const watchSlackTabs = (open: () => void): void => {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-tab-of-slack]')];
  for (const button of buttons)
    button.addEventListener('click', () => {
      byId('panel-slack').dataset['tab'] = button.dataset['tabOfSlack'] ?? '';
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
      if (isHomeShown()) open();
    });
};
