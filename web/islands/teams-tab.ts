/** The personal tab: asks Teams who is there, fetches their Home, and sends what they press. */

/** What this page uses of Microsoft's library, which the page loads from its own address. */
type TeamsLibrary = {
  readonly app: {
    readonly initialize: () => Promise<void>;
    readonly getContext: () => Promise<{ readonly app: { readonly theme: string } }>;
    readonly registerOnThemeChangeHandler: (changed: (theme: string) => void) => void;
  };
  readonly authentication: { readonly getAuthToken: () => Promise<string> };
};

type Press = { readonly action: string; readonly value: string };

/** What the page says instead of, or above, the Home. */
const notes = ['menunggu', 'gagal', 'tertunda'] as const;

const say = (note: (typeof notes)[number] | null): void => {
  for (const id of notes) document.querySelector(`#${id}`)?.toggleAttribute('hidden', id !== note);
};

/** A fresh token for every request: the library keeps one as long as it is good. */
const show = async (teams: TeamsLibrary, place: Element, press: Press | null): Promise<void> => {
  try {
    const token = await teams.authentication.getAuthToken();
    const answer = await fetch(`${location.pathname}/home`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ ...press }),
    });
    if (!answer.ok) throw new Error(`the host answered ${answer.status}`);
    place.innerHTML = await answer.text();
    say(null);
    if (press !== null) focusOn(place, press);
  } catch {
    // What was there stays, and so does what was chosen in it.
    say('tertunda');
  }
};

/** The page was drawn anew: whoever uses a keyboard goes on where they were. */
const focusOn = (place: Element, { action, value }: Press): void => {
  const forms = [...place.querySelectorAll('form')].filter(
    (form) => form.dataset['press'] === action,
  );
  const same = forms.find((form) => new FormData(form).get('value') === value) ?? forms[0];
  same?.querySelector('button')?.focus({ preventScroll: true });
};

/** Teams has a light theme, a dark one and one of high contrast, which is dark as well. */
const dress = (theme: string): void => {
  document.documentElement.dataset['theme'] = theme === 'default' ? 'light' : 'dark';
};

const start = async (place: Element): Promise<void> => {
  const teams: TeamsLibrary | undefined = Reflect.get(window, 'microsoftTeams');
  if (teams === undefined) throw new Error('not inside Teams');
  await teams.app.initialize();
  dress((await teams.app.getContext()).app.theme);
  teams.app.registerOnThemeChangeHandler(dress);
  await show(teams, place, null);
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const value = String(new FormData(form).get('value') ?? '');
    void show(teams, place, { action: form.dataset['press'] ?? '', value });
  });
};

const place = document.querySelector('#isi');
if (place !== null) start(place).catch(() => say('gagal'));
