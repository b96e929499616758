/** The studio and the other pages over a house, served on loopback; everybody acts only when the test says so. */
import { afterAll } from 'vitest';
import { createApp } from '../../../functions/app/app.ts';
import { localPages } from '../../../functions/local/pages.ts';
import { samplePeople } from '../../../functions/local/sample/agency.ts';
import { serveOn } from '../../../functions/local/serve.ts';
import { studioBallots } from '../../../functions/local/story/ballot-page.ts';
import { openStory } from '../../../functions/local/story/story.ts';
import { openJourney } from '../../../functions/local/studio/journey.ts';
import { openStudio } from '../../../functions/local/studio/studio.ts';
import type { House } from '../house.ts';

const anyLeave = { from: '2026-01-01', to: '2026-01-01' };

/** Serves the house's pages; gives their address. They stop after the file's tests. */
export const serveHouse = async ({ host }: House): Promise<string> => {
  const everybody = samplePeople({ leave: anyLeave }).flatMap(({ identities }) =>
    identities.map(({ userId }) => userId),
  );
  const story = await openStory(host, new Set(everybody));
  const journey = openJourney(story, () => performance.now());
  const pages = localPages(host.context, openStudio(story, journey), 'id');
  const ballots = studioBallots(host.ballots, journey.meanwhile);
  const { doors, context } = host;
  const serving = await serveOn(createApp({ ...doors, ballots, pages, log: context.log }), 0);
  afterAll(async () => {
    journey.cancel();
    await journey.rest();
    await serving.stop();
  });
  return `http://127.0.0.1:${serving.port}`;
};
