/** The preview page's island: puts the platform's look in place of the plain text, and follows the content files. */
import { platforms } from '../../core/ports.ts';
import { byId, h } from './dom.ts';
import { type TextObject, textNodes } from './slack/mrkdwn.ts';
import { showPayload } from './studio/payload.ts';

/** Draws every tile below `root` from the JSON that stands beside it. */
const drawTiles = (root: ParentNode): void => {
  for (const tile of root.querySelectorAll<HTMLElement>('.chat-message')) {
    const platform = platforms.find((each) => each === tile.dataset['platform']);
    const json = tile.closest('.tiles')?.querySelector('pre.json')?.textContent;
    if (platform === undefined || !json) continue;
    const payload: unknown = JSON.parse(json);
    const shown = showPayload(platform, payload, {
      language: tile.lang,
      unknownBlock: '?',
      // A preview answers nothing: its buttons can be reached and do nothing.
      press: () => undefined,
    });
    tile.replaceChildren(...(isModal(payload) ? inWindow(payload, shown) : shown));
  }
};

type Modal = {
  readonly type: 'modal';
  readonly title?: TextObject;
  readonly submit?: TextObject;
  readonly close?: TextObject;
};

const isModal = (payload: unknown): payload is Modal =>
  typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === 'modal';

/** A form as its own window: title above, its two buttons below. */
const inWindow = (
  { title, submit, close }: Modal,
  body: readonly HTMLElement[],
): readonly HTMLElement[] => [
  h('p', { class: 'window-title' }, ...textNodes(title)),
  ...body,
  h(
    'div',
    { class: 'buttons window-foot' },
    close ? h('button', { type: 'button' }, ...textNodes(close)) : null,
    submit ? h('button', { type: 'button', class: 'primary' }, ...textNodes(submit)) : null,
  ),
];

/** Each replaceable part as the server last sent it: a drawn part no longer shows that. */
const sent = new Map(
  [...document.querySelectorAll<HTMLElement>('[data-live]')].map((part) => [
    part.id,
    part.innerHTML,
  ]),
);

const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Puts the new contents into a part; what was open stays open, and the keyboard stays where it was. */
const replacePart = (part: HTMLElement, fresh: HTMLElement): void => {
  const opened = [...part.querySelectorAll('details')].map(({ open }) => open);
  const active = document.activeElement;
  const within = active !== null && part.contains(active);
  const at = active === null ? -1 : [...part.querySelectorAll(focusable)].indexOf(active);
  part.replaceChildren(...fresh.childNodes);
  drawTiles(part);
  part.querySelectorAll('details').forEach((each, index) => {
    each.open = opened[index] ?? false;
  });
  if (!within) return;
  const same = part.querySelectorAll<HTMLElement>(focusable)[at] ?? byId('isi');
  same.focus({ preventScroll: true });
};

/** Replaces what the host now says differently; true where anything was. */
const takeOver = (fresh: Document): boolean => {
  let changed = false;
  for (const [id, before] of sent) {
    const part = byId(id);
    const next = fresh.getElementById(id);
    if (next === null || next.innerHTML === before) continue;
    // A choice being made in the filters is not taken away; they follow with the next save.
    if (id === 'saringan' && part.contains(document.activeElement)) continue;
    sent.set(id, next.innerHTML);
    replacePart(part, next);
    changed = true;
  }
  return changed;
};

/** Says in the page's language what the page has just done. */
const tell = (what: 'following' | 'updated' | 'faulty' | 'lost'): void => {
  const time = new Date().toLocaleTimeString(
    document.documentElement.lang === 'en' ? 'en-GB' : 'id-ID',
  );
  const place = byId('kabar');
  place.textContent = (place.dataset[what] ?? '').replace('{time}', time);
};

let reading = false;
let stale = false;

/** Reads the page anew; a change that comes while reading is read once more afterwards. */
const refresh = async (): Promise<void> => {
  stale = true;
  if (reading) return;
  reading = true;
  try {
    while (stale) {
      stale = false;
      await readAnew();
    }
  } catch {
    tell('lost');
  } finally {
    reading = false;
  }
};

const readAnew = async (): Promise<void> => {
  const response = await fetch(location.href);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (takeOver(fresh)) tell(byId('galat').childElementCount > 0 ? 'faulty' : 'updated');
};

drawTiles(document);

const place = byId('kabar');
if (place.textContent === '') {
  const events = new EventSource('/pratinjau/peristiwa');
  events.addEventListener('berubah', () => void refresh());
  events.addEventListener('error', () => tell('lost'));
  events.addEventListener('open', () => {
    tell('following');
    document.documentElement.dataset['ready'] = 'yes';
    // Whatever changed while the line was down is read when it stands again.
    void refresh();
  });
}
