/** The studio's island: shows the host's state, sends presses back, and follows its changes. */
import { type Platform, platforms } from '../../core/ports.ts';
import {
  clockSteps,
  type PressResult,
  type StudioMessage,
  type StudioState,
} from '../studio/port.ts';
import type { IslandTexts } from '../studio/texts.ts';
import * as api from './api.ts';
import { type ChatInput, drawChat, replaceBody } from './chat.ts';
import { byId, carried } from './dom.ts';
import { drawHome, type HomeAct, isHomeShown, watchSlackTabs } from './slack/home.ts';
import { openModal } from './slack/modal.ts';
import { drawClock, drawFaults, drawRolePage, drawTimeline, watchPanes } from './studio/frame.ts';
import { drawInspector } from './studio/inspector.ts';
import type { Pressed } from './studio/payload.ts';

const texts = carried('teks') as IslandTexts;
let state = carried('keadaan') as StudioState;
/** Who is looked at. Kept apart from the state: a late answer about one persona must not undo the choice of another. */
let persona = state.persona;
let chosen: string | null = null;

const list = (platform: Platform): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-messages="${platform}"]`);
  if (found === null) throw new Error(`the page has no list of ${platform} messages`);
  return found;
};

const tell = (words: string): void => {
  const place = byId('kabar');
  // Emptied first, so that the same words twice are announced twice.
  place.textContent = '';
  requestAnimationFrame(() => {
    place.textContent = words;
  });
};

const chatInput: ChatInput = {
  language: texts.language,
  words: { inspect: texts.inspect, unknown: texts['unknown-block'] },
  press: (message, pressed) => void answerPress(message, pressed),
  inspect: (message) => {
    chosen = key(message);
    drawAll();
    document.querySelector<HTMLButtonElement>('[data-show="inspector"]')?.click();
  },
};

const key = ({ platform, ref }: StudioMessage): string => `${platform} ${ref}`;

const drawAll = (): void => {
  for (const platform of platforms)
    drawChat(
      list(platform),
      state.messages.filter((message) => message.platform === platform),
      { ...chatInput, empty: [texts.empty] },
    );
  drawHome(state.home, {
    language: texts.language,
    words: { empty: texts['home.empty'], unknown: texts['unknown-block'] },
    act: (done: HomeAct) => void act(api.actHome({ persona, ...done })),
  });
  drawClock(state, { cancel: texts.cancel, stop: () => void act(api.cancel()) });
  drawRolePage(state, { hr: texts['to-hr'], leader: texts['to-leader'] });
  drawFaults(state, {
    language: texts.language,
    set: (id, on) => {
      const sent = api.setFault(id, on);
      void act(sent);
      return sent;
    },
  });
  drawTimeline(state, texts['timeline.empty']);
  drawInspector(byId('inspektur'), inspected(), { texts, copied: tell });
};

/** The chosen message while it exists, else the newest. */
const inspected = (): StudioMessage | null =>
  state.messages.find((message) => key(message) === chosen) ??
  [...state.messages].sort((a, b) => a.sentAt.localeCompare(b.sentAt)).at(-1) ??
  null;

let reading: Promise<void> | null = null;
let stale = false;

/** Reads the state; a change that comes while reading is read once more afterwards. */
const refresh = (): Promise<void> => {
  stale = true;
  reading ??= readUntilFresh();
  return reading;
};

const readUntilFresh = async (): Promise<void> => {
  try {
    while (stale) {
      stale = false;
      const asked = persona;
      const read = await api.readState(asked, texts.language);
      // An answer about someone no longer looked at is dropped; the loop asks again.
      if (asked !== persona) continue;
      state = read;
      drawAll();
    }
  } catch {
    tell(texts.offline);
  } finally {
    reading = null;
  }
};

const act = async (sent: Promise<PressResult>): Promise<PressResult> => {
  const result = await sent.catch((): PressResult => ({ error: texts.offline }));
  if (result.error) tell(result.error);
  await refresh();
  return result;
};

const openHome = (): Promise<PressResult> => act(api.openHome(persona));

/** How each client shows what a press brought back. */
const views: Readonly<
  Record<Platform, (message: StudioMessage, result: PressResult) => Promise<void>>
> = {
  slack: async (_, { view, viewId = '' }) => {
    const dialog = byId('modal');
    if (!(dialog instanceof HTMLDialogElement)) return;
    const opener = document.activeElement;
    await openModal({
      dialog,
      view,
      language: texts.language,
      words: { close: texts.close, unknown: texts['unknown-block'] },
      send: (values) => act(api.submit({ persona, viewId, values })),
    });
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  },
  teams: async (message, { view }) => {
    const payload = { attachments: [{ content: view }] };
    replaceBody(list('teams'), message, { ...chatInput, payload });
  },
};

const answerPress = async (message: StudioMessage, { action, inputs }: Pressed): Promise<void> => {
  const { platform, ref } = message;
  const result = await act(api.press({ persona, platform, ref, action, inputs }));
  if (result.view !== undefined) await views[platform](message, result);
};

for (const form of document.querySelectorAll<HTMLFormElement>('[data-type]'))
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = form.querySelector('input');
    const platform = platforms.find((each) => each === form.dataset['type']);
    const text = input?.value.trim() ?? '';
    if (!input || !platform || text === '') return;
    input.value = '';
    void act(api.type({ persona, platform, text }));
  });

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-step]'))
  button.addEventListener('click', () => {
    const step = clockSteps.find((each) => each === button.dataset['step']);
    if (step) void act(api.advance(step));
  });

byId('peran').addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLSelectElement)) return;
  persona = event.target.value;
  chosen = null;
  keepInAddress(persona);
  void (isHomeShown() ? openHome() : refresh());
});

/** The address and the switches of the masthead follow the persona. */
const keepInAddress = (id: string): void => {
  const here = new URL(location.href);
  here.searchParams.set('peran', id);
  history.replaceState(null, '', here);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.choice a')) {
    const there = new URL(link.href);
    there.searchParams.set('peran', id);
    link.href = there.href;
  }
};

const events = new EventSource('/studio/peristiwa');
events.addEventListener('berubah', () => void refresh());
// Whatever changed while the line was down is read when it stands again.
events.addEventListener('open', () => void refresh());

watchPanes();
watchSlackTabs(() => void openHome());
drawAll();
document.documentElement.dataset['ready'] = 'yes';
