import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { leaderRoutes } from '../../../web/leader/routes.tsx';
import { longRequest } from '../../functions/long-body.ts';
import { leaderData, site } from './fixtures.ts';
import { units } from './release-fixtures.ts';

const words = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const read = async (response: Response) => parseHTML(await response.text()).document;

const press = (act: string, unit = '4', origin = 'http://localhost') => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
  body: new URLSearchParams({ unit, prompt: 'mulai-dari-satu-layanan', act }).toString(),
});

describe('the leader page', () => {
  it('has three numbers, one chart and one thing to do', async () => {
    const document = await read(await leaderRoutes(leaderData(), site).request('/pimpinan?unit=4'));
    expect([...document.querySelectorAll('.figure dt')].map(words)).toEqual([
      'Kiat ditanggapi',
      'Kekhawatiran terhadap perubahan',
      'Ikut serta',
    ]);
    expect(document.querySelectorAll('[role="img"]')).toHaveLength(1);
    expect([...document.querySelectorAll('.buttons button')].map(words)).toEqual([
      'Akan saya lakukan',
      'Sudah saya lakukan',
    ]);
  });

  it('shows the unit above and the reason when the own figures are hidden', async () => {
    const document = await read(await leaderRoutes(leaderData(), site).request('/pimpinan?unit=6'));
    expect(words(document.querySelector('.notice'))).toBe(
      'Tidak ditampilkan: jawaban terlalu sedikit (Direktorat Inovasi Layanan). Yang tampil adalah unit di atasnya, Direktorat Jenderal Layanan Publik.',
    );
    expect(words(document.querySelector('.legend'))).not.toContain('Inovasi');
  });

  it('shows a unit younger than the release under its parent', async () => {
    const [ministry] = units;
    if (ministry === undefined) throw new Error('the fixtures hold no unit');
    const young = { ...ministry, unit: 99, parent: 4, name: 'Subdirektorat Baru', depth: 3 };
    const data = leaderData({ units: async () => [...units, young] });
    const document = await read(await leaderRoutes(data, site).request('/pimpinan?unit=99'));
    expect(words(document.querySelector('.notice'))).toBe(
      'Belum ditampilkan: unit ini belum tercatat saat periode survei dimulai (Subdirektorat Baru). Yang tampil adalah unit di atasnya, Biro Perencanaan.',
    );
    expect(document.querySelectorAll('.figure')).toHaveLength(3);
    expect(words(document.querySelector('.legend'))).toContain('Biro Perencanaan');
  });

  it('records an intention and then the deed, and says so once each', async () => {
    const app = leaderRoutes(leaderData(), site);
    const planned = await app.request('/pimpinan?bahasa=id', press('commit'));
    expect(planned.status).toBe(303);
    const after = await read(await app.request(planned.headers.get('location') ?? ''));
    expect(words(after.querySelector('output'))).toBe('Rencana Anda tercatat. Terima kasih.');
    expect([...after.querySelectorAll('.buttons button')].map(words)).toEqual([
      'Sudah saya lakukan',
    ]);
    await app.request('/pimpinan', press('done'));
    const done = await read(await app.request('/pimpinan?unit=4'));
    expect(done.querySelectorAll('.buttons button')).toHaveLength(0);
    expect(words(done.querySelector('.prompt-title .badge'))).toBe('Sudah dilakukan');
  });

  it('offers nothing to note, and thanks nobody, where nobody leads the unit', async () => {
    const data = leaderData({ record: async () => false });
    const pressed = await leaderRoutes(data, site).request('/pimpinan', press('done'));
    expect(pressed.headers.get('location')).not.toContain('tercatat');
    const prompt = await leaderData().prompt(4);
    const vacant = leaderData({ prompt: async () => prompt && { ...prompt, state: null } });
    const page = await read(await leaderRoutes(vacant, site).request('/pimpinan?unit=4&bahasa=id'));
    expect(page.querySelectorAll('.buttons button')).toHaveLength(0);
    expect(words(page.querySelector('main'))).toContain('belum memuat pimpinan unit ini');
  });

  it('refuses a press from another site, an unknown unit and an unknown act', async () => {
    const recorded: unknown[] = [];
    const data = leaderData({
      record: async (act) => {
        recorded.push(act);
        return true;
      },
    });
    const app = leaderRoutes(data, site);
    const foreign = await app.request('/pimpinan', press('done', '4', 'https://jahat.example'));
    expect(foreign.status).toBe(403);
    expect((await app.request('/pimpinan', press('done', '99'))).status).toBe(400);
    expect((await app.request('/pimpinan', press('hapus'))).status).toBe(400);
    expect(recorded).toEqual([]);
  });

  it('turns a form away unread that is far longer than any of ours', async () => {
    const long = longRequest('http://localhost/pimpinan', { chunked: true });
    expect((await leaderRoutes(leaderData(), site).request(long.request)).status).toBe(413);
    expect(long.read()).toBeLessThan(1024 * 1024);
  });

  it('says when the first results come before there are any', async () => {
    const data = leaderData({ releases: async () => [], prompt: async () => null });
    const document = await read(await leaderRoutes(data, site).request('/pimpinan'));
    expect([...document.querySelectorAll('.empty-title')].map(words)).toEqual([
      'Belum ada hasil survei',
      'Belum ada saran pekan ini',
    ]);
  });
});
