/** The message list of one chat: only what changed is drawn again, and the focus stays where it was. */
import type { Language } from '../../core/language.ts';
import { formatInstant } from '../format.ts';
import type { StudioMessage } from '../studio/port.ts';
import { h } from './dom.ts';
import { type Pressed, showPayload } from './studio/payload.ts';

export type ChatInput = {
  readonly language: Language;
  readonly words: { readonly inspect: string; readonly unknown: string };
  readonly press: (message: StudioMessage, pressed: Pressed) => void;
  readonly inspect: (message: StudioMessage) => void;
};

/** Last drawn payload of each message element. */
const drawn = new WeakMap<Element, string>();

/** Draws `messages`, oldest first, into `list`; new ones are scrolled into view. */
export const drawChat = (
  list: HTMLElement,
  messages: readonly StudioMessage[],
  input: ChatInput & { readonly empty: readonly (Node | string)[] },
): void => {
  const kept = new Map(
    [...list.querySelectorAll<HTMLElement>('article')].map((each) => [each.dataset['ref'], each]),
  );
  const before = list.querySelector('article:last-of-type')?.getAttribute('data-ref');
  list.querySelector('.empty')?.remove();
  if (messages.length === 0) {
    list.replaceChildren(h('div', { class: 'empty' }, h('p', {}, ...input.empty)));
    return;
  }
  for (const message of messages) {
    const article = kept.get(message.ref) ?? frame(message, input);
    kept.delete(message.ref);
    redraw(article, message, input);
    // Moving an element in view would drop its focus: only a new one is put in place.
    if (article.parentElement !== list) list.append(article);
  }
  for (const gone of kept.values()) gone.remove();
  if (messages.at(-1)?.ref !== before) scrollToNewest(list);
};

/** Draws another payload into a shown message, as a client does with the answer to a press. */
export const replaceBody = (
  list: HTMLElement,
  message: StudioMessage,
  input: ChatInput & { readonly payload: unknown },
): void => {
  const article = [...list.querySelectorAll<HTMLElement>('article')].find(
    (each) => each.dataset['ref'] === message.ref,
  );
  if (article) fill(article, { ...message, payload: input.payload }, input);
};

const scrollToNewest = (list: HTMLElement): void => {
  const newest = list.querySelector<HTMLElement>('article:last-of-type');
  // To the top of the newest message, so that a long one is read from its beginning.
  if (newest) list.scrollTop = newest.offsetTop - list.offsetTop - 8;
};

const frame = (message: StudioMessage, input: ChatInput): HTMLElement =>
  h(
    'article',
    { 'data-ref': message.ref, tabindex: -1 },
    h(
      'header',
      {},
      h('strong', {}, 'Langkah'),
      h(
        'time',
        { datetime: message.sentAt },
        formatInstant(new Date(message.sentAt), input.language),
      ),
      h('button', { type: 'button', class: 'link-button' }, input.words.inspect),
    ),
    h('div', { class: 'chat-message' }),
  );

const redraw = (article: HTMLElement, message: StudioMessage, input: ChatInput): void => {
  const button = article.querySelector<HTMLButtonElement>('header button');
  if (button) button.onclick = () => input.inspect(message);
  const payload = JSON.stringify(message.payload);
  if (drawn.get(article) === payload) return;
  drawn.set(article, payload);
  fill(article, message, input);
};

const fill = (article: HTMLElement, message: StudioMessage, input: ChatInput): void => {
  const body = article.querySelector('.chat-message');
  if (body === null) return;
  const active = document.activeElement;
  const focused = active !== null && body.contains(active) ? (active.textContent ?? '') : null;
  body.replaceChildren(
    ...showPayload(message.platform, message.payload, {
      language: input.language,
      unknownBlock: input.words.unknown,
      press: (pressed) => input.press(message, pressed),
    }),
  );
  if (focused === null) return;
  const same = [...body.querySelectorAll('button')].find(
    (button) => button.textContent === focused,
  );
  (same ?? article).focus();
};
