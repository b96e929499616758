import { sql } from 'kysely';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { findWave } from '../../../core/store/pulse/waves.ts';
import { wavesData } from '../../../functions/app/pages/waves-data.ts';
import { previewRules } from '../../../functions/local/preview/rules.ts';
import { wavesRoutes } from '../../../web/hr/waves/routes.tsx';
import { type House, openHouse } from '../../support/house.ts';
import { site } from './fixtures.ts';

const viewer = { id: 'Analis SDM', en: 'HR analyst' };
const host = 'http://localhost';
const usual = ['reg-2', 'dat-2', 'ppl-2', 'inf-2', 'cul-2'];

const pagesOf = (house: House) => {
  const app = wavesRoutes(wavesData(house.host.context, viewer, previewRules), site);
  const open = async (path: string, status = 200) => {
    const response = await app.request(host + path);
    expect(response.status, path).toBe(status);
    return parseHTML(await response.text()).document;
  };
  const send = (
    path: string,
    fields: readonly (readonly [string, string])[],
    headers: Record<string, string> = { origin: host },
  ) =>
    app.request(host + path, {
      method: 'POST',
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  return { open, send };
};

const words = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const newWave = (opens: string, items: readonly string[] = usual): [string, string][] => [
  ['opens', opens],
  ...items.map((id): [string, string] => ['rotating', id]),
  ['depth', ''],
  ['act', 'schedule'],
];

describe('the pages of the survey periods', () => {
  let house: House;
  let pages: ReturnType<typeof pagesOf>;
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
    pages = pagesOf(house);
  });

  it('tell the schedule with dates, places, depths and items in both languages', async () => {
    const rows = async (language: string) =>
      [...(await pages.open(`/hr/periode?bahasa=${language}`)).querySelectorAll('tbody tr')].map(
        words,
      );
    const [id] = await rows('id');
    expect(id).toMatch(/^Periode w1 ?pengukuran awal/);
    expect(id).toContain('12 Okt 2026 sampai 23 Okt 2026');
    expect(id).toContain('sampai setiap unit kerja');
    expect(id).toContain('reg-1, dat-1, ppl-1, inf-1, cul-1');
    const [, , third] = await rows('en');
    expect(third).toContain('the agency and the units right below it (Sekretariat, Direktorat)');
  });

  it('refuse what is not allowed with every reason, in the reader’s language, and keep what was entered', async () => {
    const response = await pages.send(
      '/hr/periode?bahasa=id',
      newWave('2026-10-31', ['reg-1', 'reg-2', 'ppl-1', 'inf-1', 'cul-1']),
    );
    expect(response.status).toBe(422);
    const { document } = parseHTML(await response.text());
    const reasons = [...document.querySelectorAll('[role="alert"] li')].map(words);
    expect(reasons).toEqual([
      'Tanggal dibuka: 31 Okt 2026 bukan hari kerja. Hari kerja berikutnya 2 Nov 2026.',
      'Butir bergilir untuk aspek Regulasi: ditemukan reg-1, reg-2, dibutuhkan tepat satu.',
      'Butir bergilir untuk aspek Data: ditemukan –, dibutuhkan tepat satu.',
    ]);
    expect(document.querySelector('input[name="opens"]')?.getAttribute('value')).toBe('2026-10-31');
    expect(document.querySelector('option[value="ppl-1"]')?.hasAttribute('selected')).toBe(true);
    const english = await pages.send('/hr/periode?bahasa=en', newWave('2026-10-20'));
    expect(
      words(parseHTML(await english.text()).document.querySelector('[role="alert"]')),
    ).toContain('20 Oct 2026 to 2 Nov 2026 overlaps with period w1, 12 Oct 2026 to 23 Oct 2026.');
    const { rows } = await sql`SELECT 1 FROM wave_plans`.execute(house.db);
    expect(rows).toEqual([]);
  });

  it('schedule a new one, and go back to the page so that reloading sends nothing again', async () => {
    const response = await pages.send('/hr/periode?bahasa=en', newWave('2027-03-15'));
    expect(response.status).toBe(303);
    const location = response.headers.get('location') ?? '';
    expect(location).toBe('/hr/periode?bahasa=en&selesai=schedule');
    const document = await pages.open(location);
    expect(words(document.querySelector('output'))).toBe('The new period is scheduled.');
    expect([...document.querySelectorAll('tbody th a')].map(words)).toContain('Period w5');
    const again = await pages.send('/hr/periode?bahasa=en', newWave('2027-03-15'));
    expect([again.status, again.headers.get('location')]).toEqual([303, location]);
    const { rows } = await sql`SELECT 1 FROM wave_plans`.execute(house.db);
    expect(rows).toHaveLength(1);
  });

  it('believe no address that says of a period what is not true of it, and announce nothing of a cancelled one', async () => {
    const closed = await pages.open('/hr/periode/w5?bahasa=en&selesai=close');
    expect(closed.querySelector('output')).toBeNull();
    const facts = async () =>
      words((await pages.open('/hr/periode/w5?bahasa=en')).querySelector('dl'));
    expect(await facts()).toContain('Invitation');
    const cancelled = await pages.send('/hr/periode/w5?bahasa=en', [['act', 'cancel']]);
    const after = await pages.open(cancelled.headers.get('location') ?? '');
    expect(words(after.querySelector('output'))).toContain('This period is cancelled');
    expect(await facts()).not.toMatch(/Invitation|Reminders/);
    const current = after.querySelector('nav a[aria-current]');
    expect(current === null || current.getAttribute('href')?.startsWith('/hr')).toBe(true);
  });

  it('show one period as staff will see it, in both chats and both languages, with its dates', async () => {
    const document = await pages.open('/hr/periode/w3/pratinjau?bahasa=id');
    const cards = [...document.querySelectorAll('section.card h2')].map(words);
    expect(cards).toEqual([
      'Yang ditanyakan',
      'Undangan · Bahasa Indonesia',
      'Formulir · Bahasa Indonesia',
      'Pengingat · Bahasa Indonesia',
      'Undangan · Bahasa Inggris',
      'Formulir · Bahasa Inggris',
      'Pengingat · Bahasa Inggris',
    ]);
    const [asked] = document.querySelectorAll('section.card');
    expect(asked?.querySelectorAll('tbody tr')).toHaveLength(10);
    const text = words(document.querySelector('main'));
    for (const said of [
      'Jumat, 18 Desember 2026',
      'Friday, 18 December 2026',
      'Standar data yang berbeda',
      'Different data standards',
      'Lewati periode ini',
    ])
      expect(text.includes(said), said).toBe(true);
    expect(words(document.querySelector('.failed'))).toBe('');
    const chats = [...document.querySelectorAll('.tiles-head strong')].map(words);
    expect(chats.filter((chat) => chat === 'Slack')).toHaveLength(6);
    expect(chats.filter((chat) => chat === 'Teams')).toHaveLength(4);
    const facts = words(
      await pages.open('/hr/periode/w3?bahasa=id').then((d) => d.querySelector('dl')),
    );
    expect(facts).toContain('9 Des 2026 dan 15 Des 2026');
  });

  it('know no period that is not there', async () => {
    for (const path of ['/hr/periode/w99', '/hr/periode/w99/pratinjau'])
      await pages.open(path, 404);
    const response = await pages.send('/hr/periode/w99', [['act', 'cancel']]);
    expect(response.status).toBe(404);
  });

  it('take no form from another site', async () => {
    for (const headers of [
      { origin: 'https://lain.example' },
      { origin: 'https://lain.example', 'sec-fetch-site': 'cross-site' },
      {},
    ]) {
      const response = await pages.send('/hr/periode/w3', [['act', 'cancel']], headers);
      expect(response.status).toBe(403);
    }
    const document = await pages.open('/hr/periode/w3');
    expect(words(document.querySelector('dl dd'))).toBe('terjadwal');
  });

  it('close an open one only after the statement was ticked', async () => {
    await house.tickAt('2026-10-12T00:00:00Z');
    const unsure = await pages.send('/hr/periode/w1?bahasa=en', [['act', 'close']]);
    expect(unsure.status).toBe(422);
    expect(words(parseHTML(await unsure.text()).document.querySelector('[role="alert"] li'))).toBe(
      'Tick the statement that this period cannot be opened again.',
    );
    expect((await findWave(house.db, 'w1'))?.closesAt).toEqual(new Date('2026-10-23T10:00:00Z'));
    const sure = await pages.send('/hr/periode/w1', [
      ['sure', 'yes'],
      ['act', 'close'],
    ]);
    expect(sure.status).toBe(303);
    expect((await findWave(house.db, 'w1'))?.closesAt).toEqual(house.host.clock.now());
  });
});
