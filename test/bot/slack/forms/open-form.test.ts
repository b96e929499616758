import { describe, expect, it } from 'vitest';
import { languages } from '../../../../core/language.ts';
import { catalogue, modalOf, open, pulse, shownTo, userId } from '../../../support/slack/sari.ts';
import { slackHouse } from '../../../support/slack/workspace.ts';

describe('opening the pulse', () => {
  it.each(languages)(
    'takes the trigger with a light modal, then shows the form, in %s',
    async (language) => {
      const house = slackHouse(catalogue);
      const { ref } = await pulse(house, language);
      house.requests.length = 0;
      expect((await open(house, ref)).status).toBe(200);
      const api = 'https://slack.com/api/';
      expect(house.requests).toEqual([`${api}views.open`, `${api}views.update`]);
      expect(modalOf(house).view.blocks.some(({ type }) => type === 'input')).toBe(true);
    },
  );

  it('shows the form although it comes later than the trigger lives', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    house.state.lag = 2_000;
    await open(house, ref);
    expect(modalOf(house).view.blocks.some(({ type }) => type === 'input')).toBe(true);
    expect(shownTo(house)).not.toContain('tekan lagi');
  });

  it('says to press again when the trigger has expired, and opens nothing', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    house.state.lag = 3_001;
    expect((await open(house, ref)).status).toBe(200);
    expect(house.workspace.modalOf(userId)).toBeNull();
    expect(shownTo(house)).toContain('Silakan tekan lagi');
  });

  it('says so, on the screen and below the message, when the form does not come', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    house.failing.add('views.update');
    expect((await open(house, ref)).status).toBe(200);
    const { view } = modalOf(house);
    expect(JSON.stringify(view)).toContain('silakan tutup jendela ini');
    expect(view.blocks.every(({ type }) => type !== 'input')).toBe(true);
    expect(shownTo(house)).toContain('Formulir belum dapat dibuka');
    expect(house.lines.join()).toContain('internal_error');
  });
});
