/** The personal tab: asks Teams who is there, fetches their Home, and sends what they press. */

/** What this page uses of Microsoft's library, which the page loads from its own address. */
type TeamsLibrary = {
  readonly app: { readonly initialize: () => Promise<void> };
  readonly authentication: { readonly getAuthToken: () => Promise<string> };
};

const place = document.querySelector('#isi');

const fail = (): void => {
  document.querySelector('#menunggu')?.setAttribute('hidden', '');
  document.querySelector('#gagal')?.removeAttribute('hidden');
};

/** A fresh token for every request: the library keeps one as long as it is good. */
const show = async (teams: TeamsLibrary, press: URLSearchParams): Promise<void> => {
  const token = await teams.authentication.getAuthToken();
  const answer = await fetch(`${location.pathname}/home`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: press,
  });
  if (!answer.ok || place === null) throw new Error(`the host answered ${answer.status}`);
  place.innerHTML = await answer.text();
};

const start = async (): Promise<void> => {
  const teams: TeamsLibrary | undefined = Reflect.get(window, 'microsoftTeams');
  if (teams === undefined) throw new Error('not inside Teams');
  await teams.app.initialize();
  await show(teams, new URLSearchParams());
  place?.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const value = new FormData(form).get('value');
    const press = { action: form.dataset['press'] ?? '', value: String(value ?? '') };
    show(teams, new URLSearchParams(press)).catch(fail);
  });
};

start().catch(fail);
