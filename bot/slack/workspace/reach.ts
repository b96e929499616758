/** In which workspaces a token works: its own one, or those that an organisation lets the app into. */

import * as z from 'zod';
import type { InstallationPlace, Reach } from '../../../core/installation.ts';
import type { Failure } from '../../../core/ports.ts';
import { type SlackClient, slackClient } from '../client.ts';
import { isTokenRefused } from '../outcome.ts';

type Settings = { readonly fetch: typeof fetch; readonly apiUrl: string };

const teamsSchema = z.object({
  teams: z.array(z.object({ id: z.string().min(1) })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Pages of workspaces read at most; an organisation has hundreds of workspaces, not tens of thousands. */
const mostPages = 100;

/** Asks Slack with the token itself (auth.test; auth.teams.list for an organisation). */
export const slackReach =
  (settings: Settings) =>
  ({ teamId }: InstallationPlace, token: string): Promise<Reach> => {
    const client = slackClient({ ...settings, token: async () => token });
    return teamId === null ? ofOrganisation(client) : ofWorkspace(client, teamId);
  };

const ofWorkspace = async (client: SlackClient, teamId: string): Promise<Reach> => {
  const asked = await client.ask(teamId, {
    method: 'auth.test',
    arguments: {},
    schema: z.unknown(),
  });
  return asked.ok ? { state: 'reaches', workspaces: [teamId] } : notReached(asked.failure);
};

const ofOrganisation = async (client: SlackClient): Promise<Reach> => {
  const workspaces: string[] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const asked = await client.ask('', {
      method: 'auth.teams.list',
      arguments: { limit: 100, ...(cursor === '' ? {} : { cursor }) },
      schema: teamsSchema,
    });
    if (!asked.ok) return notReached(asked.failure);
    workspaces.push(...asked.value.teams.map(({ id }) => id));
    cursor = asked.value.response_metadata?.next_cursor ?? '';
    if (cursor === '') return { state: 'reaches', workspaces };
  }
  return { state: 'unclear', reason: 'too-many-workspaces' };
};

const notReached = (failure: Failure): Reach => ({
  state: isTokenRefused(failure) ? 'lost' : 'unclear',
  reason: failure.reason,
});
