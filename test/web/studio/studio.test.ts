import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { studioRoutes } from '../../../web/studio/routes.tsx';
import { site } from '../hr/fixtures.ts';
import { type StudioRecord, studioPort } from './studio-port.ts';

const json = (body: unknown, type = 'application/json') => ({
  method: 'POST',
  headers: { 'content-type': type },
  body: JSON.stringify(body),
});

describe('the studio host', () => {
  it('hands a press, typed words, a fault and a clock step to the port', async () => {
    const record: StudioRecord[] = [];
    const app = studioRoutes(studioPort(record), site);
    const press = {
      persona: 'p1',
      platform: 'slack',
      ref: 'slack-lesson',
      action: { type: 'button', action_id: 'quiz.answer' },
      inputs: {},
    };
    expect((await app.request('/studio/tekan', json(press))).status).toBe(200);
    const words = { persona: 'p1', platform: 'teams', text: ' apa ini? ' };
    await app.request('/studio/ketik', json(words));
    await app.request('/studio/gangguan', json({ id: 'slow', on: true }));
    await app.request('/studio/maju', json({ step: 'workday' }));
    await app.request('/studio/batal', json({}));
    expect(record).toEqual([
      { act: 'press', input: press },
      { act: 'type', input: { ...words, text: 'apa ini?' } },
      { act: 'fault', input: { id: 'slow', on: true } },
      { act: 'advance', input: 'workday' },
      { act: 'cancel', input: null },
    ]);
  });

  it('takes nothing from a form of another site and nothing it does not know', async () => {
    const record: StudioRecord[] = [];
    const app = studioRoutes(studioPort(record), site);
    const form = await app.request('/studio/maju', json({ step: 'day' }, 'text/plain'));
    expect(form.status).toBe(415);
    const unknown = await app.request('/studio/maju', json({ step: 'century' }));
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ error: expect.stringContaining('step') });
    expect(record).toEqual([]);
  });

  it('carries its state in the page without letting a text end the script', async () => {
    const port = studioPort();
    const hostile = {
      ...port,
      state: async (query: Parameters<typeof port.state>[0]) => ({
        ...(await port.state(query)),
        timeline: [{ date: '2026-12-07', text: '</script><img src=x>' }],
      }),
    };
    const page = await (await studioRoutes(hostile, site).request('/?peran=p2')).text();
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('img')).toHaveLength(0);
    const carried = JSON.parse(document.querySelector('#keadaan')?.textContent ?? '');
    expect(carried.persona).toBe('p2');
    expect(carried.timeline[0].text).toBe('</script><img src=x>');
  });

  it('tells a listener of every change', async () => {
    const port = studioPort();
    const response = await studioRoutes(port, site).request('/studio/peristiwa');
    const reader = response.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toContain('event: detak');
    await port.setFault('slow', true);
    expect(await next()).toContain('event: berubah');
    await port.setFault('slow', false);
    expect(await next()).toContain('event: berubah');
    await reader?.cancel();
  });
});
