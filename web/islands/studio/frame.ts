/** The studio's edges: clock, fault switches, timeline, and one pane at a time on a phone. */
import type { Language } from '../../../core/language.ts';
import { formatDate, formatPercent } from '../../format.ts';
import type { StudioState } from '../../studio/port.ts';
import { byId, h } from '../dom.ts';

/** The simulated time, and how far it still has to go while it moves. */
export const drawClock = (
  { now, nowLabel, running }: StudioState,
  { cancel, stop }: { readonly cancel: string; readonly stop: () => void },
): void => {
  const clock = byId('jam');
  clock.textContent = nowLabel;
  clock.setAttribute('datetime', now);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-step]')) {
    // Not `disabled`: a disabled button would throw the keyboard's focus away.
    button.setAttribute('aria-disabled', String(running !== null));
  }
  const place = byId('jalan');
  place.hidden = running === null;
  if (running === null) {
    place.replaceChildren();
    return;
  }
  const language = document.documentElement.lang === 'en' ? 'en' : 'id';
  const words = `${running.label} · ${formatPercent(running.fraction, language)}`;
  const bar = place.querySelector('progress');
  const label = place.querySelector('span');
  if (bar && label) {
    bar.value = running.fraction;
    bar.setAttribute('aria-label', running.label);
    label.textContent = words;
    return;
  }
  place.replaceChildren(
    h('progress', { max: 1, value: running.fraction, 'aria-label': running.label }),
    h('span', {}, words),
    h('button', { type: 'button', click: stop }, cancel),
  );
};

const rolePages = { hr: '/hr', leader: '/pimpinan', staff: null, operator: null } as const;

/** The page on which the persona works besides the chats, if there is one. */
export const drawRolePage = (
  { personas, persona }: StudioState,
  words: { readonly hr: string; readonly leader: string },
): void => {
  const role = personas.find(({ id }) => id === persona)?.role ?? 'staff';
  const page = rolePages[role];
  byId('peran-halaman').replaceChildren(
    ...(page === null || (role !== 'hr' && role !== 'leader')
      ? []
      : [h('a', { href: `${page}?bahasa=${document.documentElement.lang}` }, words[role])]),
  );
};

/** Check boxes whose change the host has not answered yet: what was read before it would take the tick away again. */
const asked = new Set<HTMLInputElement>();

/** A check box a fault; `set` ends when the host has answered. */
export const drawFaults = (
  { faults }: StudioState,
  {
    language,
    set,
  }: {
    readonly language: Language;
    readonly set: (id: string, on: boolean) => Promise<unknown>;
  },
): void => {
  const place = byId('gangguan');
  const boxes = [...place.querySelectorAll('input')];
  if (boxes.length !== faults.length) {
    place.replaceChildren(
      ...faults.map(({ id, label }) => {
        const box = h('input', { type: 'checkbox', value: id });
        box.addEventListener('change', () => {
          asked.add(box);
          const answered = (): void => void asked.delete(box);
          set(id, box.checked).then(answered, answered);
        });
        return h('label', {}, box, h('span', {}, label[language]));
      }),
    );
  }
  for (const box of place.querySelectorAll('input'))
    if (!asked.has(box)) box.checked = faults.find(({ id }) => id === box.value)?.on ?? false;
};

/** Newest first. */
export const drawTimeline = ({ timeline }: StudioState, empty: string): void => {
  const language = document.documentElement.lang === 'en' ? 'en' : 'id';
  const rows = [...timeline]
    .reverse()
    .map(({ date, text }) =>
      h('li', {}, h('time', { datetime: date }, formatDate(date, language)), h('span', {}, text)),
    );
  byId('linimasa').replaceChildren(
    ...(rows.length > 0 ? rows : [h('li', { class: 'quiet' }, empty)]),
  );
};

/** The buttons that choose the one pane a phone shows. */
export const watchPanes = (): void => {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-show]')];
  for (const button of buttons)
    button.addEventListener('click', () => {
      byId('studio').dataset['pane'] = button.dataset['show'] ?? '';
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
    });
};
