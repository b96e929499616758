/** The inspector: why a message was sent, which rules it keeps, and its JSON. */
import type { StudioMessage } from '../../studio/port.ts';
import type { IslandTexts } from '../../studio/texts.ts';
import { h } from '../dom.ts';
import { toastOf } from './payload.ts';

/** Draws the message's story; `copied` is told how the copying went. */
export const drawInspector = (
  place: HTMLElement,
  message: StudioMessage | null,
  { texts, copied }: { readonly texts: IslandTexts; readonly copied: (words: string) => void },
): void => {
  // Drawn again only when it tells something else, so that the keyboard's focus stays in it.
  const told = JSON.stringify(message);
  if (place.dataset['told'] === told) return;
  place.dataset['told'] = told;
  if (message === null) {
    place.replaceChildren(h('p', { class: 'quiet' }, texts['inspect.none']));
    return;
  }
  const { why, rules, payload, platform } = message;
  const json = JSON.stringify(payload, null, 2);
  const opened = place.querySelector('details')?.open ?? false;
  const focused = place.contains(document.activeElement);
  const copy = h(
    'button',
    {
      type: 'button',
      click: () =>
        void navigator.clipboard.writeText(json).then(
          () => copied(texts.copied),
          () => copied(texts.failed),
        ),
    },
    texts.copy,
  );
  place.replaceChildren(
    h('h3', {}, texts.why),
    h('ul', {}, ...why.map((sentence) => h('li', {}, sentence))),
    h('h3', {}, texts.toast),
    h('p', { class: 'plain-text' }, toastOf(platform, payload)),
    h('h3', {}, texts.rules),
    h(
      'p',
      { class: rules.failed.length > 0 ? 'failed' : '' },
      `${rules.passed} ${texts['rules.passed']} · ${rules.failed.length} ${texts['rules.failed']}`,
    ),
    ...(rules.failed.length === 0
      ? []
      : [h('ul', { class: 'failed' }, ...rules.failed.map((rule) => h('li', {}, rule)))]),
    h(
      'details',
      { open: opened },
      h('summary', {}, texts.json),
      h('pre', { class: 'json', tabindex: 0 }, json),
    ),
    copy,
  );
  if (focused) copy.focus();
};
