/** Every card of the shipped content in Microsoft's own renderer: drawn, and each button sends what the parser reads. */
import { describe, expect, it } from 'vitest';
import { parseTeams } from '../../../bot/teams/parse.ts';
import { teamsCard } from '../../../bot/teams/view.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import { everySample } from '../../support/every-sample.ts';
import { showCard } from '../../support/teams/card-client.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';
import { now, pressOf } from '../../support/teams/tokens.ts';

const samples = await everySample(await shippedCatalogue(), 'teams');

describe('every card of the shipped content', () => {
  it('is drawn without a complaint, and a real click on any button is understood', () => {
    const faults = samples.flatMap(({ name, message }) => {
      const shown = showCard(teamsCard(message));
      // Charts are newer than the renderer: it says so and shows the words instead.
      const complaints = shown.complaints.filter((one) => !one.includes('Chart.'));
      const offered = message.parts.flatMap((part) =>
        part.type === 'actions' ? part.actions : [],
      );
      const lost = offered
        .filter(({ id }) => !(message.form && id === actionIds.openPulse))
        .filter(({ id, label, value }) => {
          const clicked = shown.click(label);
          const event = clicked === null ? null : parseTeams(pressOf(clicked), now, null);
          return event?.kind !== 'action' || event.action !== id || event.value !== value;
        });
      return [...complaints, ...lost.map(({ label }) => `lost: ${label}`)].map(
        (one) => `${name}: ${one}`,
      );
    });
    expect(faults).toEqual([]);
    expect(samples.length).toBeGreaterThan(500);
  });
});
