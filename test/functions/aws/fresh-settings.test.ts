import { describe, expect, it } from 'vitest';
import { withFreshSettings } from '../../../functions/aws/fresh-settings.ts';

/** A warm function by the settings of one secret; what it did, and a minute of it. */
const openWarm = async () => {
  const env: Record<string, string> = { SETTINGS_SECRETS: 'langkah/jobs' };
  let now = new Date('2026-10-12T00:00:00Z').getTime();
  const state = { secret: '{"AGENCY_NAME":"Kementerian Contoh"}', opened: 0 };
  const lines: string[] = [];
  const note = (event: string) => void lines.push(event);
  const handle = await withFreshSettings<string, string>({
    env,
    secrets: { get: async () => state.secret },
    open: async (settings) => {
      state.opened += 1;
      return {
        handle: async (event) => `${event} ${settings['AGENCY_NAME']}`,
        close: async () => undefined,
      };
    },
    clock: { now: () => new Date(now) },
    log: { info: note, warn: note, error: note },
  });
  const minute = (event: string): Promise<string> => {
    now += 60_000;
    // As the runtime does before each event.
    env['_X_AMZN_TRACE_ID'] = `Root=1-${event}`;
    return handle(event);
  };
  return { state, lines, minute };
};

describe('a warm function', () => {
  // Its environment changes with every event, and each time it opened everything anew.
  it('opens nothing anew while its settings stay as they are, whatever Lambda notes of each event', async () => {
    const { state, lines, minute } = await openWarm();
    for (let at = 1; at <= 20; at += 1)
      expect(await minute(`${at}`)).toBe(`${at} Kementerian Contoh`);
    expect([state.opened, lines]).toEqual([1, []]);
  });

  it('opens anew by a changed secret, once', async () => {
    const { state, lines, minute } = await openWarm();
    state.secret = '{"AGENCY_NAME":"Badan Contoh"}';
    const said: string[] = [];
    for (let at = 1; at <= 12; at += 1) said.push(await minute(`${at}`));
    expect(said.slice(3, 5)).toEqual(['4 Kementerian Contoh', '5 Badan Contoh']);
    expect([state.opened, lines]).toEqual([2, ['settings.taken-up']]);
  });
});
